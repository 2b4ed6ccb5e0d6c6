# Runs one case on the stand-in server; the exit code and every wanted text must be as stated.
execute_process(COMMAND "${RUNNER}" --server "${SERVER}" "${CASE}"
  RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
if(NOT code STREQUAL CODE)
  message(FATAL_ERROR "exit code ${code}, expected ${CODE}\n${out}${err}")
endif()
foreach(wanted IN LISTS WANTED)
  string(FIND "${out}" "${wanted}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "this text is missing:\n${wanted}\nin:\n${out}${err}")
  endif()
endforeach()
