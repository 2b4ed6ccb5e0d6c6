#include "mockd/core/session.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "mockd/base/check.h"
#include "mockd/base/clock.h"
#include "mockd/http/json.h"

enum { TRIM_BATCH = 64, TRIM_PAUSE = 512, FIRST_ID = 1000000 };

struct sessions {
    struct session_defaults defaults;
    pthread_mutex_t lock; /* guards list and n */
    pthread_cond_t idle;  /* a session lost its last user */
    struct session *list[SESSIONS_MAX];
    size_t n;
    uint64_t made; /* for ids of our own making */
};

/* splitmix64: well spread, and the same on every machine. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

uint64_t session_mix(const struct session *s, uint64_t n)
{
    return mix(mix(s->seed) ^ n);
}

int64_t session_now_ms(const struct session *s)
{
    return session_clock_now_ms(&s->clock);
}

int64_t session_take_ids(struct session *s, int64_t n)
{
    const int64_t first = s->next_id;
    s->next_id += n;
    return first;
}

/* The accounts every session starts with, unless its database already has some. */
static enum err add_default_accounts(struct accounts *accounts,
                                     const struct session_defaults *d,
                                     int64_t now_ms,
                                     struct arena *a,
                                     struct problem *p)
{
    size_t i = 0;
    if (accounts_count(accounts))
        return ERR_OK;
    for (const struct cJSON *doc = json_first(d->accounts); doc; doc = json_next(doc), i++) {
        struct account *made;
        *p = (struct problem){0};
        const enum err e = accounts_apply(accounts, a, doc, true, now_ms, &made, p);
        if (e == ERR_CONFLICT)
            *p = (struct problem){STR("/key"), STR("stands twice")};
        if (e != ERR_OK) {
            p->pointer = arena_printf(a, "/accounts/%zu%.*s", i, STR_ARG(p->pointer));
            return e;
        }
    }
    return ERR_OK;
}

static int64_t first_id(uint64_t seed)
{
    return FIRST_ID + (int64_t)(mix(seed) % FIRST_ID);
}

/* The stored half of a session. */
struct world {
    struct store *store;
    struct accounts *accounts;
};

static void world_close(struct world *w)
{
    accounts_close(w->accounts);
    store_close(w->store);
    *w = (struct world){0};
}

static enum err world_open(struct world *out,
                           const struct session_defaults *d,
                           const char *path,
                           bool empty,
                           struct arena *a,
                           struct problem *p)
{
    struct world w = {0};
    const int64_t now_ms = d->frozen ? d->frozen_at_ms : clock_wall_ms();
    enum err e = store_open(&w.store, path);
    if (e == ERR_OK && empty)
        e = store_clear(w.store);
    if (e == ERR_OK)
        e = accounts_open(&w.accounts, w.store);
    if (e == ERR_OK)
        e = store_begin(w.store);
    if (e == ERR_OK)
        e = store_finish(w.store, add_default_accounts(w.accounts, d, now_ms, a, p));
    if (e == ERR_OK)
        *out = w;
    else
        world_close(&w);
    return e;
}

void session_count_limits(struct session *s)
{
    int limits = 0;
    for (size_t i = 0; i < accounts_count(s->accounts); i++)
        limits += accounts_at(s->accounts, i)->max_binds > 0;
    atomic_store(&s->bind_limits, limits);
}

/* Everything that a reset makes anew. After an error the session is as it was. */
static enum err session_fill(struct session *s,
                             const struct session_defaults *d,
                             const char *path,
                             bool empty,
                             struct arena *a,
                             struct problem *p)
{
    struct world new;
    struct world old = {s->store, s->accounts};
    const enum err e = world_open(&new, d, path, empty, a, p);
    if (e != ERR_OK)
        return e;
    world_close(&old);
    s->store = new.store;
    s->accounts = new.accounts;
    session_clock_init(&s->clock);
    if (d->frozen)
        session_clock_freeze(&s->clock, d->frozen_at_ms);
    s->settings = d->settings;
    s->next_id = first_id(s->seed);
    store_message_next_id(s->store, &s->next_id);
    store_message_count(s->store, &s->messages);
    s->trim_at = 0;
    s->last_request = 0;
    s->unmatched = 0;
    journal_clear(s->journal);
    session_count_limits(s);
    memset(s->sender_rates, 0, sizeof(s->sender_rates));
    memset(s->downloads, 0, sizeof(s->downloads));
    session_settle(s, INT64_MIN); /* finds out when there is something to do */
    rates_release(&s->rates);
    return ERR_OK;
}

static void session_free(struct session *s)
{
    if (!s)
        return;
    accounts_close(s->accounts);
    store_close(s->store);
    journal_close(s->journal);
    rates_release(&s->rates);
    free((void *)(uintptr_t)s->id.p);
    free(s);
}

static enum err session_new(struct session **out,
                            const struct session_defaults *d,
                            struct str id,
                            const char *path,
                            struct arena *a,
                            struct problem *p)
{
    struct session *s = calloc(1, sizeof(*s));
    char *name = malloc(id.n + 1);
    CHECK(s && name);
    memcpy(name, id.p, id.n);
    name[id.n] = '\0';
    s->id = (struct str){name, id.n};
    s->seed = d->seed;
    journal_open(&s->journal, d->journal_entries, d->journal_bytes);
    const enum err e = session_fill(s, d, path, false, a, p);
    if (e != ERR_OK) {
        session_free(s);
        return e;
    }
    *out = s;
    return ERR_OK;
}

enum err sessions_open(struct sessions **out,
                       const struct session_defaults *defaults,
                       struct arena *a,
                       struct problem *p)
{
    struct sessions *all = calloc(1, sizeof(*all));
    CHECK(all);
    all->defaults = *defaults;
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->idle, NULL);
    const enum err e =
        session_new(&all->list[0], defaults, STR("default"), defaults->db_path, a, p);
    all->n = e == ERR_OK ? 1 : 0;
    if (e != ERR_OK) {
        sessions_close(all);
        return e;
    }
    *out = all;
    return ERR_OK;
}

static void interrupt(void *ctx, struct session *s)
{
    (void)ctx;
    atomic_store(&s->closing, true);
    session_lock(s);
    big_lock_changed(&s->lock);
    session_unlock(s);
}

void sessions_interrupt(struct sessions *all)
{
    sessions_each(all, interrupt, NULL);
}

void sessions_close(struct sessions *all)
{
    if (!all)
        return;
    for (size_t i = 0; i < all->n; i++)
        session_free(all->list[i]);
    pthread_cond_destroy(&all->idle);
    pthread_mutex_destroy(&all->lock);
    free(all);
}

static size_t place_of(const struct sessions *all, struct str id)
{
    size_t i = 0;
    while (i < all->n && !str_eq(all->list[i]->id, id))
        i++;
    return i;
}

struct session *sessions_acquire(struct sessions *all, struct str id)
{
    struct session *s = NULL;
    if (!id.p) { /* "default" is there from start to end */
        atomic_fetch_add(&all->list[0]->users, 1);
        return all->list[0];
    }
    pthread_mutex_lock(&all->lock);
    const size_t i = place_of(all, id);
    if (i < all->n) {
        s = all->list[i];
        atomic_fetch_add(&s->users, 1);
    }
    pthread_mutex_unlock(&all->lock);
    return s;
}

void session_release(struct session *s)
{
    atomic_fetch_sub(&s->users, 1);
}

enum err sessions_create(struct sessions *all, struct str id, struct session **out)
{
    char made[32];
    enum err e = ERR_CONFLICT;
    struct session *s = NULL;
    struct problem p;
    struct arena a;

    arena_init(&a);
    pthread_mutex_lock(&all->lock);
    if (!id.p) {
        snprintf(made, sizeof(made), "s%llu", (unsigned long long)++all->made);
        id = str_from_cstr(made);
    }
    if (place_of(all, id) == all->n)
        e = all->n < SESSIONS_MAX ? session_new(&s, &all->defaults, id, NULL, &a, &p)
                                  : ERR_TOO_LARGE;
    if (e == ERR_OK) {
        all->list[all->n++] = s;
        atomic_fetch_add(&s->users, 1);
        *out = s;
    }
    pthread_mutex_unlock(&all->lock);
    arena_release(&a);
    return e;
}

enum err sessions_delete(struct sessions *all, struct str id)
{
    const struct timespec pause = {.tv_nsec = 200000};
    struct session *s = NULL;

    pthread_mutex_lock(&all->lock);
    const size_t i = place_of(all, id);
    const enum err e = i == all->n ? ERR_NOT_FOUND : i == 0 ? ERR_CONFLICT : ERR_OK;
    if (e == ERR_OK) {
        s = all->list[i];
        memmove(&all->list[i], &all->list[i + 1], (all->n - i - 1) * sizeof(struct session *));
        all->n--;
    }
    pthread_mutex_unlock(&all->lock);
    if (!s)
        return e;
    interrupt(NULL, s);
    while (atomic_load(&s->users)) /* nobody new can find it: its requests are short */
        nanosleep(&pause, NULL);
    session_free(s);
    return e;
}

void sessions_each(struct sessions *all, sessions_fn *fn, void *ctx)
{
    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < all->n; i++)
        fn(ctx, all->list[i]);
    pthread_mutex_unlock(&all->lock);
}

void session_lock(struct session *s)
{
    big_lock_take(&s->lock);
}

void session_unlock(struct session *s)
{
    big_lock_leave(&s->lock);
}

enum err session_reset(struct sessions *all, struct session *s)
{
    struct problem p;
    struct arena a;
    const char *path = s == all->list[0] ? all->defaults.db_path : NULL;
    arena_init(&a);
    const enum err e = session_fill(s, &all->defaults, path, true, &a, &p);
    arena_release(&a);
    return e;
}

/*
 * Few at a time, so that nobody waits long. Where most messages still wait for their hour there is
 * little to take away, and looking for it each time would be a walk through all of them.
 */
static void trim(struct session *s)
{
    int64_t gone = 0;
    if (s->messages <= s->settings.max_messages || s->messages < s->trim_at)
        return;
    /* A failure costs memory, not correctness: a later send tries again. */
    store_message_trim(s->store, session_now_ms(s), TRIM_BATCH, &gone);
    s->messages -= gone;
    s->trim_at = gone == TRIM_BATCH ? 0 : s->messages + TRIM_PAUSE;
}

enum err session_send(struct session *s,
                      struct account *account,
                      const struct message *messages,
                      size_t n,
                      int64_t charge_e8)
{
    const enum err e =
        store_message_add(s->store, messages, n, account->id, account->balance_e8 - charge_e8);
    if (e != ERR_OK)
        return e;
    account->balance_e8 -= charge_e8;
    s->messages += (int64_t)n;
    trim(s);
    return ERR_OK;
}

enum err session_cancel(struct session *s,
                        struct account *account,
                        struct message *m,
                        int64_t now_ms)
{
    m->flags |= MESSAGE_CANCELLED;
    m->final_ms = now_ms;
    const int64_t refund_e8 = m->flags & MESSAGE_SANDBOX ? 0 : m->cost_e8;
    const enum err e = store_message_update(s->store, m, account->balance_e8 + refund_e8);
    if (e == ERR_OK)
        account->balance_e8 += refund_e8;
    return e;
}
