#include "mockd/core/journal.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "mockd/base/check.h"

enum {
    BODY_MAX = 64 * 1024,     /* kept of a body */
    RING_LEAST = 1024 * 1024, /* more than the largest entry */
};

/* Written by the thread that answers, after it let the session's lock go. */
struct done {
    _Atomic int64_t id;
    _Atomic int64_t done_us, sent_bytes;
};

/* Where an entry stands in the ring of bytes: the struct, its headers, its text. */
struct slot {
    struct journal_entry *entry; /* NULL: deleted */
    size_t at, bytes;
};

/*
 * Entries are written one behind the other into one block of memory, which starts again at its
 * beginning when it is full: an allocation for each would cost more than all the copying. The
 * system gives the block its pages as they are first written.
 */
struct journal {
    struct slot *slot;
    struct done *done;
    size_t size;
    char *ring;
    size_t ring_bytes;
    size_t at; /* where the next entry goes */
    int64_t newest, oldest, dropped, count;
};

void journal_open(struct journal **out, size_t max_entries, size_t max_bytes)
{
    struct journal *j = calloc(1, sizeof(*j));
    CHECK(j);
    j->size = max_entries ? max_entries : 1;
    j->ring_bytes = max_bytes > RING_LEAST ? max_bytes : RING_LEAST;
    j->oldest = 1;
    j->ring = malloc(j->ring_bytes);
    j->slot = calloc(j->size, sizeof(*j->slot));
    j->done = calloc(j->size, sizeof(*j->done));
    CHECK(j->slot && j->done && j->ring);
    *out = j;
}

static struct slot *slot_of(const struct journal *j, int64_t id)
{
    return &j->slot[(size_t)id % j->size];
}

static void forget(struct journal *j, int64_t id)
{
    struct slot *s = slot_of(j, id);
    j->count -= s->entry != NULL;
    s->entry = NULL;
}

void journal_clear(struct journal *j)
{
    for (; j->oldest <= j->newest; j->oldest++)
        forget(j, j->oldest);
    for (size_t i = 0; i < j->size; i++)
        atomic_store(&j->done[i].id, 0);
}

void journal_delete(struct journal *j, int64_t id)
{
    if (journal_get(j, id))
        forget(j, id);
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    journal_clear(j);
    free(j->ring);
    free(j->slot);
    free(j->done);
    free(j);
}

/* Every text member of an entry, so that measuring and copying cannot disagree. */
typedef void text_fn(void *ctx, struct str *s);

static void each_text(struct journal_entry *e, text_fn *fn, void *ctx)
{
    struct str *const texts[] = {&e->provider, &e->endpoint,     &e->api_key,   &e->to,
                                 &e->method,   &e->url,          &e->client_ip, &e->body,
                                 &e->why,      &e->response_body};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        fn(ctx, texts[i]);
    for (size_t i = 0; i < e->nheaders; i++) {
        fn(ctx, &e->headers[i].name);
        fn(ctx, &e->headers[i].value);
    }
    for (size_t i = 0; i < e->nresponse_headers; i++) {
        fn(ctx, &e->response_headers[i].name);
        fn(ctx, &e->response_headers[i].value);
    }
}

static void measure(void *ctx, struct str *s)
{
    size_t *bytes = ctx;
    *bytes += s->n;
}

static void move(void *ctx, struct str *s)
{
    char **at = ctx;
    if (!s->p)
        return;
    if (s->n)
        memcpy(*at, s->p, s->n);
    s->p = *at;
    *at += s->n;
}

/* Cut where no UTF-8 sequence is split, so that what was text stays text. */
static struct str shortened(struct str body)
{
    if (body.n <= BODY_MAX)
        return body;
    size_t n = BODY_MAX;
    while (n > BODY_MAX - 4 && ((unsigned char)body.p[n] & 0xC0) == 0x80)
        n--;
    return (struct str){body.p, n};
}

static bool empty(const struct journal *j)
{
    return j->oldest > j->newest;
}

static void drop_oldest(struct journal *j)
{
    forget(j, j->oldest++);
    j->dropped++;
}

/* Makes place for an entry of that size, at the cost of the oldest ones. */
static char *make_place(struct journal *j, size_t bytes)
{
    if (!empty(j) && (size_t)(j->newest - j->oldest) + 1 >= j->size)
        drop_oldest(j);
    if (j->at + bytes > j->ring_bytes) {
        /* What stands between here and the end is older than what stands at the beginning. */
        while (!empty(j) && slot_of(j, j->oldest)->at >= j->at)
            drop_oldest(j);
        j->at = 0;
    }
    while (!empty(j)) {
        const struct slot *s = slot_of(j, j->oldest);
        if (s->at + s->bytes <= j->at || s->at >= j->at + bytes)
            break;
        drop_oldest(j);
    }
    return j->ring + j->at;
}

void journal_add(struct journal *j, const struct journal_entry *entry)
{
    struct journal_entry e = *entry;
    const size_t nheaders = e.nheaders + e.nresponse_headers;
    size_t bytes = sizeof(e) + nheaders * sizeof(struct header);
    e.body = shortened(e.body);
    e.response_body = shortened(e.response_body);
    each_text(&e, measure, &bytes);
    bytes = (bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    CHECK(bytes <= j->ring_bytes);

    if (e.id != j->newest + 1) /* ids jumped: nothing before it is here */
        j->oldest = e.id;
    char *place = make_place(j, bytes);
    struct journal_entry *kept = (struct journal_entry *)(void *)place;
    struct header *headers = (struct header *)(kept + 1);
    char *text = (char *)(headers + nheaders);
    if (e.nheaders)
        memcpy(headers, e.headers, e.nheaders * sizeof(*headers));
    if (e.nresponse_headers)
        memcpy(headers + e.nheaders, e.response_headers, e.nresponse_headers * sizeof(*headers));
    e.headers = headers;
    e.response_headers = headers + e.nheaders;
    each_text(&e, move, &text);
    *kept = e;
    j->newest = e.id;
    *slot_of(j, e.id) = (struct slot){kept, j->at, bytes};
    j->at += bytes;
    j->count++;
}

void journal_done(struct journal *j, int64_t id, int64_t done_us, int64_t sent_bytes)
{
    struct done *d = &j->done[(size_t)id % j->size];
    atomic_store_explicit(&d->done_us, done_us, memory_order_relaxed);
    atomic_store_explicit(&d->sent_bytes, sent_bytes, memory_order_relaxed);
    atomic_store_explicit(&d->id, id, memory_order_release);
}

const struct journal_entry *journal_get(struct journal *j, int64_t id)
{
    if (id < j->oldest || id > j->newest || !slot_of(j, id)->entry)
        return NULL;
    struct journal_entry *e = slot_of(j, id)->entry;
    struct done *d = &j->done[(size_t)id % j->size];
    if (atomic_load_explicit(&d->id, memory_order_acquire) == id) {
        e->done_us = atomic_load_explicit(&d->done_us, memory_order_relaxed);
        e->sent_bytes = atomic_load_explicit(&d->sent_bytes, memory_order_relaxed);
    }
    return e;
}

int64_t journal_oldest(const struct journal *j)
{
    return j->oldest;
}

int64_t journal_newest(const struct journal *j)
{
    return j->newest;
}

int64_t journal_count(const struct journal *j)
{
    return j->count;
}

int64_t journal_dropped(const struct journal *j)
{
    return j->dropped;
}
