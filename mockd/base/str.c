#include "mockd/base/str.h"

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    }
    return true;
}

size_t str_find_char(struct str s, char c)
{
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
    return at ? (size_t)(at - s.p) : s.n;
}

size_t str_find(struct str s, struct str what)
{
    for (size_t i = 0; i + what.n <= s.n; i++) {
        if (memcmp(s.p + i, what.p, what.n) == 0)
            return i;
    }
    return s.n;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_split(struct str *rest, char sep, struct str *piece)
{
    if (!rest->p)
        return false;
    const size_t at = str_find_char(*rest, sep);
    *piece = (struct str){rest->p, at};
    *rest = at < rest->n ? (struct str){rest->p + at + 1, rest->n - at - 1} : (struct str){0};
    return true;
}

bool str_to_uint(struct str s, uint64_t max, uint64_t *out)
{
    uint64_t v = 0;
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        const uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (v > (max - digit) / 10 || digit > max)
            return false;
        v = v * 10 + digit;
    }
    *out = v;
    return true;
}

struct str int_text(char room[static INT_TEXT_MAX], int64_t v)
{
    char *end = room + INT_TEXT_MAX;
    char *at = end;
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (v < 0)
        *--at = '-';
    return (struct str){at, (size_t)(end - at)};
}
