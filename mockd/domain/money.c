#include "mockd/domain/money.h"

#include "mockd/base/check.h"

enum { E8_DECIMALS = 8, MAX_WHOLE_DIGITS = 10, TEXT_BYTES = 24 };

static const uint64_t k_pow10[E8_DECIMALS + 1] = {1,      10,      100,      1000,     10000,
                                                  100000, 1000000, 10000000, 100000000};

struct str money_text(struct arena *a, int64_t e8, int decimals)
{
    CHECK(decimals >= 0 && decimals <= E8_DECIMALS);
    const uint64_t magnitude = e8 < 0 ? 0 - (uint64_t)e8 : (uint64_t)e8;
    const uint64_t step = k_pow10[E8_DECIMALS - decimals];
    uint64_t rest = (magnitude + step / 2) / step;
    const bool negative = e8 < 0 && rest != 0;

    char *p = arena_alloc(a, TEXT_BYTES);
    char *end = p + TEXT_BYTES;
    char *at = end;
    for (int i = 0; i < decimals; i++) {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (decimals)
        *--at = '.';
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (negative)
        *--at = '-';
    return (struct str){at, (size_t)(end - at)};
}

struct str money_short(struct arena *a, int64_t e8, int decimals)
{
    struct str s = money_text(a, e8, decimals);
    if (decimals == 0)
        return s;
    while (s.p[s.n - 1] == '0')
        s.n--;
    if (s.p[s.n - 1] == '.')
        s.n--;
    return s;
}

/* The value of 1 to max digits. */
static bool digits(struct str s, size_t max, uint64_t *out)
{
    return s.n <= max && str_to_uint(s, k_pow10[E8_DECIMALS] * 100 - 1, out);
}

bool money_parse(struct str s, int64_t *e8)
{
    const bool negative = str_starts(s, STR("-"));
    if (negative)
        s = str_from(s, 1);
    const size_t point = str_find_char(s, '.');
    uint64_t whole = 0;
    uint64_t fraction = 0;
    if (!digits((struct str){s.p, point}, MAX_WHOLE_DIGITS, &whole))
        return false;
    if (point < s.n) {
        const struct str f = str_from(s, point + 1);
        if (!digits(f, E8_DECIMALS, &fraction))
            return false;
        fraction *= k_pow10[E8_DECIMALS - f.n];
    }
    const int64_t v = (int64_t)(whole * k_pow10[E8_DECIMALS] + fraction);
    *e8 = negative ? -v : v;
    return true;
}
