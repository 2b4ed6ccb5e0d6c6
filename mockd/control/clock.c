#include <stdlib.h>

#include "mockd/control/internal.h"
#include "mockd/domain/civil.h"

/* 9999-12-31T23:59:59.999Z: later has no four-digit year. */
#define LATEST_MS INT64_C(253402300799999)

enum { FIRED_MAX = 50000, RATE_MAX = 1000000 };

enum action { ACTION_FREEZE, ACTION_ADVANCE, ACTION_SET, ACTION_RESUME, ACTION__COUNT };

struct change {
    int action;
    struct str instant, duration;
    int64_t milliseconds, timeout_ms;
    double rate;
    int64_t to_ms; /* what the first three come to */
};

static const char *const k_actions[] = {[ACTION_FREEZE] = "freeze",
                                        [ACTION_ADVANCE] = "advance",
                                        [ACTION_SET] = "set",
                                        [ACTION_RESUME] = "resume",
                                        NULL};

#define MEMBER(wire, member, ...)                                                                  \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct change, member), __VA_ARGS__             \
    }

static const struct field k_fields[] = {
    MEMBER("action", action, .kind = FIELD_WORD, .words = k_actions),
    MEMBER("instant", instant, .kind = FIELD_TEXT),
    MEMBER("duration", duration, .kind = FIELD_TEXT),
    MEMBER("milliseconds", milliseconds, .kind = FIELD_INT, .min = 0, .max = LATEST_MS),
    MEMBER("timeoutMillis", timeout_ms, .kind = FIELD_INT, .min = 0, .max = 600000),
};

/* Which members go with which action. */
static const struct {
    struct str name;
    bool with[ACTION__COUNT];
} k_with[] = {
    {STR_INIT("instant"), {[ACTION_FREEZE] = true, [ACTION_SET] = true}},
    {STR_INIT("duration"), {[ACTION_ADVANCE] = true}},
    {STR_INIT("milliseconds"), {[ACTION_ADVANCE] = true}},
    {STR_INIT("rate"), {[ACTION_RESUME] = true}},
};

static bool bad(struct rq *rq, struct str pointer, struct str detail)
{
    const struct problem p = {pointer, detail};
    control_problem_at(rq, 400, &p);
    return false;
}

static bool members_fit_action(struct rq *rq, const struct change *c)
{
    for (size_t i = 0; i < sizeof(k_with) / sizeof(k_with[0]); i++) {
        if (json_get(rq->in.root, k_with[i].name) && !k_with[i].with[c->action])
            return bad(rq, arena_printf(rq->arena, "/%.*s", STR_ARG(k_with[i].name)),
                       arena_printf(rq->arena, "does not go with the action \"%s\"",
                                    k_actions[c->action]));
    }
    return true;
}

static bool read_rate(struct rq *rq, struct change *c)
{
    const struct cJSON *rate = json_get(rq->in.root, STR("rate"));
    c->rate = rate ? json_number(rate) : 1.0;
    if (c->rate > 0.0 && c->rate <= (double)RATE_MAX)
        return true;
    return bad(rq, STR("/rate"),
               STR("must be a number above 0, up to 1000000: session seconds a second"));
}

static bool read_instant(struct rq *rq, struct change *c)
{
    if (!c->instant.p && c->action == ACTION_SET)
        return bad(rq, STR("/instant"), STR("is required: 2026-11-22T09:00:00+01:00"));
    if (!c->instant.p)
        return true;
    if (iso8601_parse(c->instant, &c->to_ms) && c->to_ms >= 0 && c->to_ms <= LATEST_MS)
        return true;
    return bad(rq, STR("/instant"),
               STR("must be an instant with its offset, such as 2026-11-22T09:00:00+01:00, from "
                   "1970 to 9999"));
}

static bool read_advance(struct rq *rq, struct change *c)
{
    int64_t by_ms = c->milliseconds;
    const bool given = json_get(rq->in.root, STR("milliseconds")) != NULL;
    if (c->duration.p && given)
        return bad(rq, STR("/milliseconds"), STR("cannot stand beside duration"));
    if (!c->duration.p && !given)
        return bad(rq, STR("/duration"), STR("is required (such as PT6M), or milliseconds"));
    if (c->duration.p && !iso8601_duration_parse(c->duration, &by_ms))
        return bad(
            rq, STR("/duration"),
            STR("must be a duration such as PT6M, P1D or P1DT2H3M4.5S; years and months have "
                "no fixed length"));
    if (by_ms > LATEST_MS - rq->now_ms)
        return bad(rq, c->duration.p ? STR("/duration") : STR("/milliseconds"),
                   STR("leads past the year 9999"));
    c->to_ms = rq->now_ms + by_ms;
    return true;
}

/* False: answered. */
static bool read_change(struct rq *rq, struct change *c)
{
    struct problem p;
    struct str rate = STR("rate");
    const struct str_list also = {&rate, 1};
    *c = (struct change){.to_ms = rq->now_ms};
    if (!fields_read(rq->arena, k_fields, sizeof(k_fields) / sizeof(k_fields[0]), rq->in.root,
                     &also, c, &p)) {
        control_problem_at(rq, 400, &p);
        return false;
    }
    if (!json_get(rq->in.root, STR("action")))
        return bad(rq, STR("/action"),
                   STR("is required: \"freeze\", \"advance\", \"set\" or \"resume\""));
    return members_fit_action(rq, c) && read_instant(rq, c) &&
           (c->action != ACTION_ADVANCE || read_advance(rq, c)) &&
           (c->action != ACTION_RESUME || read_rate(rq, c));
}

static void apply(struct session_clock *clock, const struct change *c)
{
    switch ((enum action)c->action) {
    case ACTION_FREEZE:
        session_clock_freeze(clock, c->to_ms);
        return;
    case ACTION_ADVANCE:
    case ACTION_SET:
        session_clock_set(clock, c->to_ms);
        return;
    case ACTION_RESUME:
        session_clock_run(clock, c->to_ms, c->rate);
        return;
    case ACTION__COUNT:
        return;
    }
}

/* Windows that began later than now would never end. */
static void empty_windows(struct session *s)
{
    struct account *acc;
    for (size_t i = 0; (acc = accounts_at(s->accounts, i)); i++)
        acc->throughput = (struct window){0};
    rates_release(&s->rates);
}

/* ---- what became due ------------------------------------------------------- */

struct fired {
    int64_t at_ms;
    const struct message *m;
    bool final;
};

static int by_time(const void *x, const void *y)
{
    const struct fired *a = x;
    const struct fired *b = y;
    if (a->at_ms != b->at_ms)
        return a->at_ms < b->at_ms ? -1 : 1;
    if (a->m->id != b->m->id)
        return a->m->id < b->m->id ? -1 : 1;
    return (int)a->final - (int)b->final;
}

static size_t list_fired(
    const struct message *list, size_t n, int64_t after_ms, int64_t until_ms, struct fired *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const struct message *m = &list[i];
        if (m->flags & (MESSAGE_CANCELLED | MESSAGE_SANDBOX))
            continue;
        if (m->send_ms > after_ms && m->send_ms <= until_ms)
            out[k++] = (struct fired){m->send_ms, m, false};
        if (m->final_ms > after_ms && m->final_ms <= until_ms)
            out[k++] = (struct fired){m->final_ms, m, true};
    }
    return k;
}

static void write_fired(struct rq *rq, const struct fired *f)
{
    struct out *o = &rq->out;
    out_object_begin(o, STR("item"));
    out_str(o, STR("at"), iso8601_utc(rq->arena, f->at_ms));
    out_str(o, STR("kind"), f->final ? STR("message.final") : STR("message.sent"));
    out_str(o, STR("message"), arena_printf(rq->arena, "%lld", (long long)f->m->id));
    out_str(o, STR("status"), f->final ? message_outcome(f->m) : STR("sent"));
    out_end(o);
}

/* Everything that happened to messages in (after, until], in time order. */
static enum err find_fired(
    struct rq *rq, int64_t after_ms, int64_t until_ms, struct fired **out, size_t *n)
{
    const struct message_filter f = {
        .changed_after_ms = after_ms, .changed_until_ms = until_ms, .limit = FIRED_MAX};
    struct message *list;
    size_t count;
    *n = 0;
    if (until_ms <= after_ms)
        return ERR_OK;
    const enum err e = store_message_list(rq->session->store, rq->arena, &f, &list, &count);
    if (e != ERR_OK)
        return e;
    *out = arena_array(rq->arena, struct fired, 2 * count);
    *n = list_fired(list, count, after_ms, until_ms, *out);
    if (*n)
        qsort(*out, *n, sizeof(**out), by_time);
    return ERR_OK;
}

enum err control_put_clock(struct rq *rq)
{
    struct change c;
    struct fired *fired = NULL;
    size_t n;
    if (!read_change(rq, &c))
        return ERR_OK;
    const enum err e = find_fired(rq, rq->now_ms, c.to_ms, &fired, &n);
    if (e != ERR_OK)
        return e;
    apply(&rq->session->clock, &c);
    if (c.to_ms < rq->now_ms)
        empty_windows(rq->session);
    rq->now_ms = c.to_ms;
    big_lock_changed(&rq->session->lock);

    out_object_begin(&rq->out, STR("answer"));
    out_str(&rq->out, STR("status"), STR("ready"));
    out_str(&rq->out, STR("now"), iso8601_utc(rq->arena, c.to_ms));
    out_array_begin(&rq->out, STR("fired"));
    for (size_t i = 0; i < n; i++)
        write_fired(rq, &fired[i]);
    out_end(&rq->out);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_get_clock(struct rq *rq)
{
    const struct session_clock *c = &rq->session->clock;
    out_object_begin(&rq->out, STR("clock"));
    out_str(&rq->out, STR("now"), iso8601_utc(rq->arena, rq->now_ms));
    out_bool(&rq->out, STR("frozen"), c->frozen);
    /* a rate above 10 digits cannot be set, so %.6g says it all */
    out_raw(&rq->out, STR("rate"),
            c->frozen ? STR("0") : arena_printf(rq->arena, "%.10g", c->rate));
    out_end(&rq->out);
    return ERR_OK;
}
