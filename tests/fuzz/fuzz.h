#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* What each fuzz_<name>.c defines; libFuzzer and replay.c call it. Returns 0; aborts on a bug. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
