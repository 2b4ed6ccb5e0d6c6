#ifndef MOCKD_BASE_BUF_H
#define MOCKD_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mockd/base/str.h"

/*
 * A growing byte buffer with a hard cap. Once an append would pass the cap the
 * buffer stops growing and stays `overflowed`; check it once at the end.
 */
struct buf {
    char *p;
    size_t n, cap, max;
    bool overflowed;
};

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
void buf_add(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_add_int(struct buf *b, int64_t v);

/* For short, bounded formats (numbers, escapes): at most 127 bytes, else `overflowed`. */
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Empties it and keeps its memory. */
static inline void buf_clear(struct buf *b)
{
    b->n = 0;
    b->overflowed = false;
}

/* Valid until the next buf_* call on the same buffer. */
static inline struct str buf_view(const struct buf *b)
{
    return (struct str){b->p ? b->p : "", b->n};
}

#endif
