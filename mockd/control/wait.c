#include <errno.h>
#include <time.h>

#include "mockd/base/clock.h"
#include "mockd/control/internal.h"

enum { WAITS_MAX = 64, OTHERS_SHOWN = 10 };

struct wait {
    int64_t count, timeout_ms;
    struct match *match;
};

#define MEMBER(wire, member, ...)                                                                  \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct wait, member), __VA_ARGS__               \
    }

static const struct field k_fields[] = {
    MEMBER("count", count, .kind = FIELD_INT, .min = 1, .max = 1000000),
    MEMBER("timeoutMillis", timeout_ms, .kind = FIELD_INT, .min = 0, .max = 60000),
};

static bool read_wait(struct rq *rq, struct wait *w)
{
    struct problem p;
    struct str match_name = STR("match");
    const struct str_list also = {&match_name, 1};
    *w = (struct wait){.count = 1, .timeout_ms = 10000};
    if (rq->in.root && !fields_read(rq->arena, k_fields, sizeof(k_fields) / sizeof(k_fields[0]),
                                    rq->in.root, &also, w, &p)) {
        control_problem_at(rq, 400, &p);
        return false;
    }
    w->match = control_match(rq, json_get(rq->in.root, match_name), match_name);
    return w->match != NULL;
}

/* Of the entries after *seen, how many fit; moves *seen to the newest. */
static int64_t count_new(struct rq *rq, const struct match *m, int64_t *seen)
{
    struct journal *j = rq->session->journal;
    struct arena scratch;
    int64_t n = 0;
    int64_t id = *seen + 1 > journal_oldest(j) ? *seen + 1 : journal_oldest(j);
    arena_init(&scratch);
    for (; id <= journal_newest(j); id++) {
        const struct journal_entry *e = journal_get(j, id);
        if (e) {
            const struct match_subject s = match_subject_of_entry(e);
            n += match_fits(m, &scratch, &s) ? 1 : 0;
            arena_reset(&scratch);
        }
    }
    arena_release(&scratch);
    *seen = journal_newest(j);
    return n;
}

static bool is_closing(const struct rq *rq)
{
    return atomic_load(&rq->session->closing);
}

/*
 * Sleeps until enough entries fit, the time is over or the session ends. Only new entries are held
 * against the match each time, so a busy journal is not read again and again; what was counted may
 * have been dropped or deleted meanwhile, hence the look at all of them at the end.
 */
static struct found wait_for(struct rq *rq, const struct wait *w)
{
    struct session *s = rq->session;
    const int64_t until_us = clock_steady_us() + w->timeout_ms * 1000;
    struct found f = control_find(rq, w->match, INT64_MIN);
    int64_t n = (int64_t)f.n;
    int64_t seen = journal_newest(s->journal);
    bool in_time = true;
    while ((int64_t)f.n < w->count && in_time && !is_closing(rq)) {
        in_time = big_lock_wait(&s->lock, until_us);
        n += count_new(rq, w->match, &seen);
        if (n < w->count && in_time)
            continue;
        f = control_find(rq, w->match, INT64_MIN);
        n = (int64_t)f.n;
    }
    return f;
}

/* What came instead: the newest entries that do not fit. */
static void write_others(struct rq *rq, const struct match *m)
{
    struct journal *j = rq->session->journal;
    struct arena scratch;
    int shown = 0;
    arena_init(&scratch);
    out_array_begin(&rq->out, STR("others"));
    for (int64_t id = journal_newest(j); id >= journal_oldest(j) && shown < OTHERS_SHOWN; id--) {
        const struct journal_entry *e = journal_get(j, id);
        const struct match_subject s = e ? match_subject_of_entry(e) : (struct match_subject){0};
        arena_reset(&scratch);
        if (!e || match_fits(m, &scratch, &s))
            continue;
        control_entry_begin(rq, e);
        out_end(&rq->out);
        shown++;
    }
    out_end(&rq->out);
    arena_release(&scratch);
}

static enum err answer(struct rq *rq, const struct wait *w, const struct found *f)
{
    const struct page all = {.limit = INT32_MAX};
    const bool enough = (int64_t)f->n >= w->count;
    rq->now_ms = session_now_ms(rq->session);
    if (enough)
        out_object_begin(&rq->out, STR("answer"));
    else if (is_closing(rq))
        control_problem_begin(rq, 503, STR("The session ended before enough requests came."));
    else
        control_problem_begin(rq, 408,
                              arena_printf(rq->arena,
                                           "%zu of %lld requests that fit came within %lld ms.",
                                           f->n, (long long)w->count, (long long)w->timeout_ms));
    control_write_requests(rq, f, all);
    control_meta(rq, (int64_t)f->n);
    if (!enough)
        write_others(rq, w->match);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_wait_requests(struct rq *rq)
{
    struct wait w;
    struct server *server = rq->app->server;
    enum err e = ERR_OK;
    if (!read_wait(rq, &w))
        return ERR_OK;
    if (atomic_fetch_add(&server->long_calls, 1) < WAITS_MAX) {
        const struct found f = wait_for(rq, &w);
        e = answer(rq, &w, &f);
    } else {
        control_problem(rq, 503,
                        STR("64 calls are waiting already; try again when one has ended."));
        rq_reply_header(rq, STR("Retry-After"), STR("1"));
    }
    atomic_fetch_sub(&server->long_calls, 1);
    match_release(w.match);
    return e;
}
