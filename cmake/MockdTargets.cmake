# One way to add each kind of target, so that every target gets the same flags.
option(MOCKD_FUZZ "Build the libFuzzer targets (clang only)" OFF)
option(MOCKD_COVERAGE "Instrument for gcov" OFF)
set(MOCKD_SANITIZE "" CACHE STRING "Value for -fsanitize, e.g. address,undefined")
set(MOCKD_GEN_DIR "${PROJECT_BINARY_DIR}/gen")
file(MAKE_DIRECTORY "${MOCKD_GEN_DIR}")

add_library(mockd_flags INTERFACE)
target_compile_options(mockd_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
  -Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wcast-qual -Wcast-align -Wundef
  -Wvla -Wformat=2 -Wnull-dereference -Wdouble-promotion -Wswitch-enum -Wimplicit-fallthrough -Wframe-larger-than=8192
  $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wduplicated-branches>)
target_compile_definitions(mockd_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_include_directories(mockd_flags INTERFACE "${PROJECT_SOURCE_DIR}" "${MOCKD_GEN_DIR}")
if(MOCKD_SANITIZE)
  target_compile_options(mockd_flags INTERFACE
    -fsanitize=${MOCKD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(mockd_flags INTERFACE -fsanitize=${MOCKD_SANITIZE})
endif()
if(MOCKD_COVERAGE)
  target_compile_options(mockd_flags INTERFACE --coverage)
  target_link_options(mockd_flags INTERFACE --coverage)
endif()

# LINK names: one of ours without the prefix, or any CMake target.
function(mockd_resolve_links out)
  set(links "")
  foreach(l IN LISTS ARGN)
    if(l MATCHES "^[a-z_]+$")
      set(l mockd_${l})
    endif()
    list(APPEND links ${l})
  endforeach()
  set(${out} "${links}" PARENT_SCOPE)
endfunction()

# mockd_library(NAME sources... LINK others...)
function(mockd_library name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "" "LINK")
  mockd_resolve_links(links ${A_LINK})
  add_library(mockd_${name} STATIC ${A_UNPARSED_ARGUMENTS})
  target_link_libraries(mockd_${name} PRIVATE mockd_flags PUBLIC ${links})
endfunction()

# mockd_executable(NAME sources... LINK others...)
function(mockd_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "" "LINK")
  mockd_resolve_links(links ${A_LINK})
  add_executable(${name} ${A_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE mockd_flags ${links})
endfunction()

# mockd_tool(NAME source LINK others...): a program the build itself runs
function(mockd_tool name)
  mockd_executable(${name} ${ARGN})
endfunction()

# mockd_unit_test(NAME LINK others...): tests/unit/test_NAME.c becomes the test unit.NAME
function(mockd_unit_test name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "" "LINK")
  mockd_executable(test_${name} "${PROJECT_SOURCE_DIR}/tests/unit/test_${name}.c"
    LINK ${A_LINK} PkgConfig::CMOCKA)
  add_test(NAME "unit.${name}" COMMAND test_${name})
  set_tests_properties("unit.${name}" PROPERTIES TIMEOUT 60 LABELS unit)
endfunction()

# mockd_fuzz_target(NAME LINK others...): tests/fuzz/fuzz_NAME.c, with libFuzzer when MOCKD_FUZZ is
# on; in every build its corpus and past crashes are replayed by the test fuzz.NAME.
function(mockd_fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "" "LINK")
  set(source "${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_${name}.c")
  if(MOCKD_FUZZ)
    mockd_executable(fuzz_${name} ${source} LINK ${A_LINK})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endif()
  mockd_executable(replay_${name} ${source} "${PROJECT_SOURCE_DIR}/tests/fuzz/replay.c" LINK ${A_LINK})
  add_test(NAME "fuzz.${name}" COMMAND replay_${name}
    "${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name}" "${PROJECT_SOURCE_DIR}/tests/fuzz/regression/${name}")
  set_tests_properties("fuzz.${name}" PROPERTIES TIMEOUT 60 LABELS fuzz)
endfunction()
