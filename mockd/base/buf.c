#include "mockd/base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void buf_release(struct buf *b)
{
    free(b->p);
    buf_init(b, b->max);
}

static bool reserve(struct buf *b, size_t more)
{
    if (b->overflowed || more > b->max - b->n) {
        b->overflowed = true;
        return false;
    }
    if (b->n + more <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 256;
    while (cap < b->n + more)
        cap *= 2;
    char *p = realloc(b->p, cap);
    if (!p) {
        fprintf(stderr, "mockd: out of memory (%zu bytes)\n", cap);
        abort();
    }
    b->p = p;
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, struct str s)
{
    if (s.n == 0 || !reserve(b, s.n))
        return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_add_char(struct buf *b, char c)
{
    if (!b->overflowed && b->n < b->cap && b->n < b->max)
        b->p[b->n++] = c;
    else
        buf_add(b, (struct str){&c, 1});
}

void buf_add_int(struct buf *b, int64_t v)
{
    char room[INT_TEXT_MAX];
    buf_add(b, int_text(room, v));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    char tmp[128];
    va_list ap;
    va_start(ap, fmt);
    const int n = vsnprintf(tmp, sizeof(tmp), fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof(tmp)) {
        b->overflowed = true; /* only for short, bounded formats: numbers, escapes */
        return;
    }
    buf_add(b, (struct str){tmp, (size_t)n});
}
