#ifndef TESTS_UNIT_STR_ASSERT_H
#define TESTS_UNIT_STR_ASSERT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "mockd/base/str.h"

/* Both slices are printed when they differ; absent and empty are not the same. */
#define assert_str(actual, expected) str_assert_at((actual), (expected), __FILE__, __LINE__)

static inline void str_assert_at(struct str actual, struct str expected, const char *file, int line)
{
    if (str_eq(actual, expected) && !actual.p == !expected.p)
        return;
    print_error("\"%.*s\"%s is not \"%.*s\"%s\n", STR_ARG(actual), actual.p ? "" : " (absent)",
                STR_ARG(expected), expected.p ? "" : " (absent)");
    _fail(file, line);
}

#endif
