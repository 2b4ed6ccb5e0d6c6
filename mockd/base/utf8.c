#include "mockd/base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

/* Length of the well-formed sequence at the start of s (n > 0), 0 when there is none. */
static size_t sequence(struct str s, uint32_t *cp)
{
    const unsigned char *b = (const unsigned char *)s.p;
    if (b[0] < 0x80) {
        *cp = b[0];
        return 1;
    }
    const size_t len = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
    static const uint32_t k_least[] = {[2] = 0x80, [3] = 0x800, [4] = 0x10000};
    if (b[0] < 0xC2 || b[0] > 0xF4 || s.n < len)
        return 0;
    uint32_t v = b[0] & (0xFFU >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0;
        v = v << 6 | (b[i] & 0x3FU);
    }
    if (v < k_least[len] || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
        return 0;
    *cp = v;
    return len;
}

bool utf8_next(struct str *rest, uint32_t *cp)
{
    if (rest->n == 0)
        return false;
    size_t len = sequence(*rest, cp);
    if (len == 0) {
        *cp = REPLACEMENT;
        len = 1;
    }
    rest->p += len;
    rest->n -= len;
    return true;
}

bool utf8_valid(struct str s)
{
    uint32_t cp;
    size_t i = 0;
    while (i < s.n) {
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        const size_t len = sequence((struct str){s.p + i, s.n - i}, &cp);
        if (len == 0)
            return false;
        i += len;
    }
    return true;
}

struct str utf8_cut(struct str s, size_t n)
{
    struct str rest = s;
    uint32_t cp;
    while (n > 0 && utf8_next(&rest, &cp))
        n--;
    return (struct str){s.p, s.n - rest.n};
}

size_t utf8_put(char *out, uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    const size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    static const unsigned char k_lead[] = {[2] = 0xC0, [3] = 0xE0, [4] = 0xF0};
    out[0] = (char)(k_lead[len] | cp);
    return len;
}

struct str utf8_repaired(struct arena *a, struct str s)
{
    if (utf8_valid(s))
        return s;
    char *p = arena_alloc(a, s.n * 3);
    size_t n = 0;
    uint32_t cp;
    while (utf8_next(&s, &cp))
        n += utf8_put(p + n, cp);
    return (struct str){p, n};
}
