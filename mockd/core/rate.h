#ifndef MOCKD_CORE_RATE_H
#define MOCKD_CORE_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "mockd/base/str.h"

/*
 * How often somebody asked: one sliding window for each asker and limit, in session time. Every
 * request counts, one that is refused here too: who goes on asking stays out.
 *
 * Limits up to RATE_EXACT are exact to the millisecond. Above that, requests within a sixtieth of
 * the window leave it together, with the last of them, so that memory is bounded; what there is of
 * it is bounded too, and those who were quiet for longest are forgotten first.
 *
 * Not thread-safe by itself: the session's lock covers it.
 */
struct rate_limit {
    int64_t max;
    int64_t window_ms;
};

enum { RATE_EXACT = 60, RATE_ROWS_MAX = 1024 };

struct rate_row;

/* Starts as {0}; rates_release() leaves it so. */
struct rates {
    struct rate_row *rows;
    size_t n, cap;
};

/*
 * Counts a request of `who` (an account's id, or rate_who()) at now_ms against a limit, whose
 * address tells it from others: let it live in a static table. 0 when it is within the limit, else
 * after how many whole seconds of silence the next one will be: Retry-After.
 */
int64_t rates_hit(struct rates *r, uint64_t who, const struct rate_limit *limit, int64_t now_ms);

/* A number for who is known by a text, such as an address. */
uint64_t rate_who(struct str text);

/* Empties the windows of one asker. */
void rates_forget(struct rates *r, uint64_t who);

/* Empties every window. */
void rates_release(struct rates *r);

#endif
