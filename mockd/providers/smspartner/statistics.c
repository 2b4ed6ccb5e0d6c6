#include "mockd/core/rate.h"
#include "mockd/domain/civil.h"
#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"

/* GET /v1/statistics/cost-resume: one item a calendar month, Paris time. */
const struct param k_cost_params[COST__COUNT] = {
    [COST_INTERVAL] = {.name = STR_INIT("interval")},
    [COST_FROM] = {.name = STR_INIT("from")},
    [COST_TO] = {.name = STR_INIT("to")},
};

const struct rate_limit k_cost_limits[] = {{5, 60000}, {0}};

enum { MONTHS = 12, MONTHS_MAX = 1200 };

struct month {
    int64_t cost_e8, sent;
};

/* The instants the sums are over, and the months they touch. */
struct span {
    int64_t from_ms, until_ms;
    int first; /* months since year 0 */
    int n;
    struct month *month;
};

static int month_of(int64_t ms)
{
    const struct civil c = civil_paris(ms);
    return c.year * MONTHS + c.month - 1;
}

static struct civil first_day(int month)
{
    return (struct civil){.year = month / MONTHS, .month = month % MONTHS + 1, .day = 1};
}

static int64_t month_ms(int month)
{
    const struct civil c = first_day(month);
    return civil_paris_ms(&c);
}

static bool whole_months(struct span *s, int first, int n)
{
    *s = (struct span){month_ms(first), month_ms(first + n), first, n, NULL};
    return true;
}

/* ---- the intervals: false leaves why it cannot be in *why --------------------- */

static bool last_month(struct rq *rq, struct span *s, struct str *why)
{
    (void)why;
    return whole_months(s, month_of(rq->now_ms) - 1, 1);
}

/* This month is the last of them. */
static bool last_twelve_months(struct rq *rq, struct span *s, struct str *why)
{
    (void)why;
    return whole_months(s, month_of(rq->now_ms) - MONTHS + 1, MONTHS);
}

static bool digits(struct str s, size_t at, size_t n, int *out)
{
    uint64_t v;
    if (!str_to_uint((struct str){s.p + at, n}, 9999, &v))
        return false;
    *out = (int)v;
    return true;
}

/* dd-mm-yyyy of a day that exists. */
static bool read_day(struct str s, struct civil *day)
{
    *day = (struct civil){0};
    return s.n == 10 && s.p[2] == '-' && s.p[5] == '-' && digits(s, 0, 2, &day->day) &&
           digits(s, 3, 2, &day->month) && digits(s, 6, 4, &day->year) &&
           civil_valid(day->year, day->month, day->day);
}

/* Both days belong to it. */
static bool custom(struct rq *rq, struct span *s, struct str *why)
{
    struct civil from;
    struct civil to;
    *why = STR("The interval \"custom\" needs from and to as dd-mm-yyyy.");
    if (!read_day(rq_text(rq, COST_FROM), &from) || !read_day(rq_text(rq, COST_TO), &to))
        return false;
    const int first = from.year * MONTHS + from.month - 1;
    const int n = to.year * MONTHS + to.month - first;
    to.day++;
    *s = (struct span){civil_paris_ms(&from), civil_paris_ms(&to), first, n, NULL};
    *why = STR("The day in from is later than the one in to.");
    if (s->from_ms >= s->until_ms)
        return false;
    *why = arena_printf(rq->arena, "From and to are %d months apart; here %d are the most.", n,
                        MONTHS_MAX);
    return n <= MONTHS_MAX;
}

static const struct {
    struct str name;
    bool (*read)(struct rq *rq, struct span *s, struct str *why);
} k_intervals[] = {
    {STR_INIT("last_month"), last_month},
    {STR_INIT("last_twelve_months"), last_twelve_months},
    {STR_INIT("custom"), custom},
};

/* Leaves the span in rq->work. Without an interval it is the last month. */
static enum verdict check_interval(struct rq *rq)
{
    const struct value v = rq->param[COST_INTERVAL];
    struct span *s = arena_new(rq->arena, struct span);
    struct str why = arena_printf(rq->arena, "There is no interval \"%.*s\".", STR_ARG(v.text));
    bool good = v.text.n == 0 && last_month(rq, s, &why);
    rq->work = s;
    for (size_t i = 0; i < sizeof(k_intervals) / sizeof(k_intervals[0]) && !good; i++)
        good = str_eq(k_intervals[i].name, v.text) && k_intervals[i].read(rq, s, &why);
    if (good)
        return PASS;
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_STATISTICS_49], why);
    return STOP;
}

step_fn *const k_cost_checks[] = {check_interval, NULL};

/* ---- the sums ------------------------------------------------------------------ */

static void add(void *ctx, int64_t created_ms, int64_t cost_e8, int parts)
{
    const struct span *s = ctx;
    struct month *m = &s->month[month_of(created_ms) - s->first];
    m->cost_e8 += cost_e8;
    m->sent += parts;
}

static void write_month(struct rq *rq, int month, const struct month *sum)
{
    static const struct str k_names[MONTHS] = {
        STR_INIT("january"),   STR_INIT("february"), STR_INIT("march"),    STR_INIT("april"),
        STR_INIT("may"),       STR_INIT("june"),     STR_INIT("july"),     STR_INIT("august"),
        STR_INIT("september"), STR_INIT("october"),  STR_INIT("november"), STR_INIT("december"),
    };
    struct out *o = &rq->out;
    const struct civil day = first_day(month);
    out_object_begin(o, STR("entry"));
    out_str(o, STR("month"), k_names[day.month - 1]);
    out_str(o, STR("year"), arena_printf(rq->arena, "%04d", day.year));
    out_str(o, STR("m"), arena_printf(rq->arena, "%02d", day.month));
    out_int(o, STR("date"), civil_paris_ms(&day) / 1000);
    out_str(o, STR("type"), STR("month"));
    out_str(o, STR("cost"), money_text(rq->arena, sum->cost_e8, 3));
    out_str(o, STR("nb_send"), arena_int(rq->arena, sum->sent));
    out_end(o);
}

enum err smspartner_cost_resume(struct rq *rq)
{
    struct span *s = rq->work;
    s->month = arena_array(rq->arena, struct month, (size_t)s->n);
    const enum err e = store_message_costs(rq->session->store, rq->account->id, PROVIDER_SMSPARTNER,
                                           s->from_ms, s->until_ms, add, s);
    if (e != ERR_OK)
        return e;
    partner_begin(rq);
    out_bool(&rq->out, STR("success"), true);
    out_array_begin(&rq->out, STR("datas"));
    for (int i = 0; i < s->n; i++)
        write_month(rq, s->first + i, &s->month[i]);
    out_end(&rq->out);
    partner_end(rq);
    return ERR_OK;
}
