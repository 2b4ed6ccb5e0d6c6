#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/domain/msisdn.h"

/* What is read as a number is +digits, and reading that again changes nothing. */
static void check_number(struct arena *a, enum msisdn_kind kind, struct str e164)
{
    struct str again = {0};
    int last4 = -1;
    CHECK(e164.n >= 7 && e164.n <= 16 && e164.p[0] == '+');
    CHECK(msisdn_is_digits(str_from(e164, 1), 6, 15));
    CHECK(msisdn_parse(a, e164, &again) == kind && str_eq(again, e164));
    if (msisdn_fr_fiction(e164, &last4))
        CHECK(kind == MSISDN_FR_MOBILE && last4 >= 0 && last4 <= 9999);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    struct str e164 = {0};
    struct arena a;
    arena_init(&a);
    const enum msisdn_kind kind = msisdn_parse(&a, s, &e164);
    if (kind == MSISDN_BAD)
        CHECK(!e164.p);
    else
        check_number(&a, kind, e164);
    arena_release(&a);
    return 0;
}
