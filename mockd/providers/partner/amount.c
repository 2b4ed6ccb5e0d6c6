#include "mockd/providers/partner/amount.h"

#include "mockd/domain/money.h"

enum { PLACES = 8, PAGE_MAX = 1000000 };

/* More than accounts can have, and far from the end of the type. */
#define WHOLE_MAX UINT64_C(50000000000)

bool partner_amount(struct str text, int64_t *e8)
{
    struct str s = str_trim(text);
    const size_t point = str_find_char(s, '.');
    const struct str places = str_from(s, point + 1);
    uint64_t whole = 0;
    uint64_t part = 0;
    for (size_t i = 0; i < point; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        whole = whole < WHOLE_MAX ? whole * 10 + (uint64_t)(s.p[i] - '0') : WHOLE_MAX;
    }
    for (size_t i = 0; i < places.n; i++) {
        if (places.p[i] < '0' || places.p[i] > '9')
            return false;
    }
    for (size_t i = 0; i < PLACES; i++)
        part = part * 10 + (i < places.n ? (uint64_t)(places.p[i] - '0') : 0);
    if (point == 0 || (point < s.n && places.n == 0))
        return false;
    whole = whole < WHOLE_MAX ? whole : WHOLE_MAX;
    *e8 = (int64_t)whole * MONEY_EUR + (int64_t)part;
    return true;
}

int64_t partner_page(struct str text)
{
    uint64_t page = 1;
    str_to_uint(text, PAGE_MAX, &page);
    return page ? (int64_t)page : 1;
}
