#include "mockd/core/rate.h"

#include <stdlib.h>

#include "mockd/base/check.h"

enum { SLOTS = RATE_EXACT + 2, FIRST_ROWS = 4 };

/* Requests that leave the window together. */
struct slot {
    int64_t first_ms, last_ms;
    int64_t n;
};

struct rate_row {
    uint64_t who;
    const struct rate_limit *limit;
    int64_t last_ms;
    size_t nslots;
    struct slot slot[SLOTS]; /* oldest first */
};

static struct rate_row *find(const struct rates *r, uint64_t who, const struct rate_limit *limit)
{
    for (size_t i = 0; i < r->n; i++) {
        if (r->rows[i].who == who && r->rows[i].limit == limit)
            return &r->rows[i];
    }
    return NULL;
}

static struct rate_row *longest_quiet(const struct rates *r)
{
    struct rate_row *row = &r->rows[0];
    for (size_t i = 1; i < r->n; i++) {
        if (r->rows[i].last_ms < row->last_ms)
            row = &r->rows[i];
    }
    return row;
}

static struct rate_row *free_row(struct rates *r)
{
    if (r->n == RATE_ROWS_MAX)
        return longest_quiet(r);
    if (r->n == r->cap) {
        r->cap = r->cap ? 2 * r->cap : FIRST_ROWS;
        r->rows = realloc(r->rows, r->cap * sizeof(*r->rows));
        CHECK(r->rows);
    }
    return &r->rows[r->n++];
}

static void drop_oldest(struct rate_row *row, size_t n)
{
    row->nslots -= n;
    memmove(&row->slot[0], &row->slot[n], row->nslots * sizeof(row->slot[0]));
}

/* What has left the window. */
static void drop_old(struct rate_row *row, int64_t now_ms)
{
    size_t gone = 0;
    while (gone < row->nslots && now_ms - row->slot[gone].last_ms >= row->limit->window_ms)
        gone++;
    drop_oldest(row, gone);
}

static void add(struct rate_row *row, int64_t now_ms)
{
    const int64_t step_ms =
        row->limit->max > RATE_EXACT ? row->limit->window_ms / RATE_EXACT : INT64_C(1);
    struct slot *last = row->nslots ? &row->slot[row->nslots - 1] : NULL;
    row->last_ms = now_ms;
    if (last && now_ms - last->first_ms < step_ms) {
        last->last_ms = now_ms;
        last->n++;
        return;
    }
    if (row->nslots == SLOTS) /* more than the limit are younger: the verdict stays the same */
        drop_oldest(row, 1);
    row->slot[row->nslots++] = (struct slot){now_ms, now_ms, 1};
}

/* When one more will fit; now_ms when it does. */
static int64_t open_at(const struct rate_row *row, int64_t now_ms)
{
    int64_t n = 0;
    for (size_t i = row->nslots; i-- > 0;) {
        n += row->slot[i].n;
        if (n >= row->limit->max)
            return row->slot[i].last_ms + row->limit->window_ms;
    }
    return now_ms;
}

int64_t rates_hit(struct rates *r, uint64_t who, const struct rate_limit *limit, int64_t now_ms)
{
    struct rate_row *row = find(r, who, limit);
    if (!row) {
        row = free_row(r);
        *row = (struct rate_row){.who = who, .limit = limit};
    }
    drop_old(row, now_ms);
    const bool full = open_at(row, now_ms) > now_ms;
    add(row, now_ms);
    return full ? (open_at(row, now_ms) - now_ms + 999) / 1000 : 0;
}

uint64_t rate_who(struct str text)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001B3);
    return h;
}

void rates_forget(struct rates *r, uint64_t who)
{
    for (size_t i = 0; i < r->n;) {
        if (r->rows[i].who == who)
            r->rows[i] = r->rows[--r->n];
        else
            i++;
    }
}

void rates_release(struct rates *r)
{
    free(r->rows);
    *r = (struct rates){0};
}
