#ifndef MOCKD_BASE_STR_H
#define MOCKD_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * A borrowed slice: bytes and a length, no ownership, not NUL-terminated.
 * It lives as long as whatever it points into: a literal, the request arena,
 * or the caller's buffer. Pass it by value.
 *
 * p == NULL means absent; p != NULL with n == 0 means present and empty. The
 * store keeps the difference (NULL and '').
 */
struct str {
    const char *p;
    size_t n;
};

/* A literal as a slice: STR_INIT in the initialiser of a static table, STR everywhere else. */
#define STR_INIT(lit)                                                                              \
    {                                                                                              \
        "" lit "", sizeof(lit) - 1                                                                 \
    }
#define STR(lit) ((struct str)STR_INIT(lit))

/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

static inline struct str str_from_cstr(const char *s)
{
    return (struct str){s, s ? strlen(s) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || (a.p && memcmp(a.p, b.p, a.n) == 0));
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n &&
           (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* The rest of s from byte `from` on; empty when there is none. */
static inline struct str str_from(struct str s, size_t from)
{
    return from < s.n ? (struct str){s.p + from, s.n - from} : (struct str){s.p, 0};
}

/* ASCII letters compare without case. */
bool str_eq_nocase(struct str a, struct str b);

/* Position of the first byte c, or s.n. */
size_t str_find_char(struct str s, char c);

/* Position of the first occurrence of what, or s.n when there is none. */
size_t str_find(struct str s, struct str what);

/* Without leading and trailing ASCII white space. */
struct str str_trim(struct str s);

/* Takes the piece before the first `sep` off *rest. False when *rest is used up (absent). */
bool str_split(struct str *rest, char sep, struct str *piece);

/* All digits, at least one, value in [0, max]. *out is untouched on failure. */
bool str_to_uint(struct str s, uint64_t max, uint64_t *out);

enum { INT_TEXT_MAX = 20 };

/* v in decimal, written to the end of room; printf takes ten times as long. */
struct str int_text(char room[static INT_TEXT_MAX], int64_t v);

#endif
