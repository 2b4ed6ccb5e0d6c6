#include "scenarios/runner/bytes.h"

#include "mockd/base/utf8.h"

static int digit(char c)
{
    const char low = (char)(c | 0x20);
    if (c >= '0' && c <= '9')
        return c - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool bytes_from_hex(struct arena *a, struct str hex, struct str *out)
{
    char *bytes = arena_alloc(a, hex.n / 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < hex.n; i += 2) {
        while (i < hex.n && hex.p[i] == ' ')
            i++;
        if (i == hex.n)
            break;
        const int high = digit(hex.p[i]);
        const int low = i + 1 < hex.n ? digit(hex.p[i + 1]) : -1;
        if (high < 0 || low < 0)
            return false;
        bytes[n++] = (char)(high * 16 + low);
    }
    *out = (struct str){bytes, n};
    return true;
}

struct str bytes_repeat(struct arena *a, struct str text, size_t times)
{
    char *bytes = arena_alloc(a, text.n * times + 1);
    for (size_t i = 0; i < times && text.n; i++)
        memcpy(bytes + i * text.n, text.p, text.n);
    return (struct str){bytes, text.n * times};
}

void bytes_show(struct buf *b, struct str s, size_t max)
{
    struct str rest = {s.p, s.n < max ? s.n : max};
    while (rest.n) {
        uint32_t cp = 0;
        const struct str before = rest;
        utf8_next(&rest, &cp);
        const struct str one = {before.p, before.n - rest.n};
        const bool broken = cp == 0xFFFD && one.n == 1;
        if (broken || (cp < 0x20 && cp != '\n' && cp != '\t' && cp != '\r') || cp == 0x7F)
            buf_addf(b, "\\x%02X", (unsigned)(unsigned char)one.p[0]);
        else if (cp != '\r')
            buf_add(b, one);
    }
    if (s.n > max)
        buf_addf(b, "... (%zu bytes)", s.n);
}
