#include "mockd/providers/partner/ids.h"

#include "mockd/core/scramble.h"

enum { CHARS = 10, HALF_BITS = 29, BASE = 62 };

#define SALT UINT64_C(0x706172746E657200)

static const char k_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

struct str partner_id(struct arena *a, const struct session *s, enum partner_id purpose, int64_t id)
{
    uint64_t v = scramble(s, SALT + purpose, HALF_BITS, (uint64_t)id);
    char *p = arena_alloc(a, CHARS);
    for (size_t i = CHARS; i > 0; i--) {
        p[i - 1] = k_digits[v % BASE];
        v /= BASE;
    }
    return (struct str){p, CHARS};
}

bool partner_id_parse(const struct session *s,
                      enum partner_id purpose,
                      struct str text,
                      int64_t *id)
{
    uint64_t v = 0;
    if (text.n != CHARS)
        return false;
    for (size_t i = 0; i < CHARS; i++) {
        const char *digit = memchr(k_digits, text.p[i], BASE);
        if (!digit)
            return false;
        v = v * BASE + (uint64_t)(digit - k_digits);
    }
    if (v >> 2 * HALF_BITS)
        return false;
    *id = (int64_t)unscramble(s, SALT + purpose, HALF_BITS, v);
    return true;
}
