# Sources that the build writes for itself, all of them into MOCKD_GEN_DIR.

# mockd_error_catalogue(PROVIDER): mockd/providers/PROVIDER/errors.json becomes PROVIDER_errors.h and
# PROVIDER_errors.c, and those the library mockd_PROVIDER_errors. Include the header by its bare name.
function(mockd_error_catalogue provider)
  set(data "${PROJECT_SOURCE_DIR}/mockd/providers/${provider}/errors.json")
  set(out "${MOCKD_GEN_DIR}/${provider}_errors")
  add_custom_command(
    OUTPUT "${out}.c" "${out}.h"
    COMMAND gen_errors "${data}" "${MOCKD_GEN_DIR}"
    DEPENDS gen_errors "${data}"
    COMMENT "Generating the ${provider} error catalogue"
    VERBATIM)
  mockd_library(${provider}_errors "${out}.c" "${out}.h" LINK base)
endfunction()

# mockd_embed(TARGET FILE SYMBOL): FILE's text becomes `const char SYMBOL[]`, a C string in TARGET.
function(mockd_embed target file symbol)
  get_filename_component(path "${file}" ABSOLUTE)
  set(out "${MOCKD_GEN_DIR}/${symbol}.c")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND embed "${path}" "${out}" ${symbol}
    DEPENDS embed "${path}"
    COMMENT "Embedding ${file}"
    VERBATIM)
  target_sources(${target} PRIVATE "${out}")
endfunction()
