#include "mockd/providers/smspartner/hlr.h"

#include "mockd/domain/money.h"
#include "mockd/domain/msisdn.h"
#include "mockd/domain/routes.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/verify.h"

/* POST /v1/hlr/notify: what the operators' registers know of numbers (smspartner.md 5.8). */
struct looked_up {
    struct str number;         /* E.164, or as given when it cannot be */
    const struct route *route; /* NULL: no country */
};

struct campaign {
    struct looked_up *to;
    size_t n;
    size_t asked;
    int64_t cost_e8;
};

/* ---- reading ---------------------------------------------------------------- */

/* The country of a number that cannot be read, such as one that is too short for it. */
static const struct route *country_of(struct arena *a, struct str raw)
{
    char *p = arena_alloc(a, raw.n + 2);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        if (raw.p[i] >= '0' && raw.p[i] <= '9')
            p[n++] = raw.p[i];
        else if (raw.p[i] != '+' && raw.p[i] != ' ' && raw.p[i] != '.' && raw.p[i] != '-')
            return NULL;
    }
    const struct str digits = {p, n};
    if (raw.p[0] == '+')
        return route_find(digits);
    if (str_starts(digits, STR("00")))
        return route_find(str_from(digits, 2));
    return str_starts(digits, STR("0")) || str_starts(digits, STR("33")) ? route_by_iso2(STR("FR"))
                                                                         : NULL;
}

static struct looked_up read_number(struct arena *a, struct str raw)
{
    struct looked_up to = {.number = raw};
    if (msisdn_parse(a, raw, &to.number) == MSISDN_BAD)
        to.route = country_of(a, raw);
    else
        to.route = route_find(str_from(to.number, 1));
    return to;
}

static enum verdict check_prices(struct rq *rq)
{
    const struct tokens *t = tokens_of(rq);
    struct campaign *c = arena_new(rq->arena, struct campaign);
    c->to = arena_array(rq->arena, struct looked_up, t->n);
    for (size_t i = 0; i < t->n; i++) {
        const struct str raw = str_trim(t->raw[i]);
        if (raw.n)
            c->to[c->n++] = read_number(rq->arena, raw);
    }
    c->asked = c->n;
    rq->work = c;
    for (size_t i = 0; i < c->n; i++) {
        if (c->to[i].route && c->to[i].route->hlr_e8 != ROUTE_NO_PRICE)
            continue;
        rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_VERIFY_13],
                      arena_printf(rq->arena, "The price list has no country for %.*s.",
                                   STR_ARG(c->to[i].number)));
        return STOP;
    }
    return PASS;
}

/* Numbers on the STOP list are left out, as they are when something is sent. */
static enum verdict check_stopped(struct rq *rq)
{
    struct campaign *c = rq->work;
    size_t kept = 0;
    for (size_t i = 0; i < c->n && rq->account->stop_count; i++) {
        bool listed = false;
        store_stop_has(rq->session->store, rq->account->id, c->to[i].number, &listed);
        if (!listed)
            c->to[kept++] = c->to[i];
    }
    if (rq->account->stop_count)
        c->n = kept;
    if (c->n)
        return PASS;
    return rq_stop(
        rq, &k_smspartner_errors[c->asked == 1 ? SMSPARTNER_VERIFY_14 : SMSPARTNER_VERIFY_55]);
}

static enum verdict check_credit(struct rq *rq)
{
    struct campaign *c = rq->work;
    for (size_t i = 0; i < c->n; i++)
        c->cost_e8 += c->to[i].route->hlr_e8;
    if (c->cost_e8 <= rq->account->balance_e8)
        return PASS;
    const struct str cost = money_short(rq->arena, c->cost_e8, 3);
    const struct str balance = money_text(rq->arena, rq->account->balance_e8, 3);
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_VERIFY_11],
                  arena_printf(rq->arena, "This costs %.*s EUR, and the balance is %.*s EUR.",
                               STR_ARG(cost), STR_ARG(balance)));
    return STOP;
}

step_fn *const k_hlr_checks[] = {verify_check_numbers, check_prices, check_stopped, check_credit,
                                 NULL};

/* ---- looking up --------------------------------------------------------------- */

/* What the outbox shows of a status: by the first word of its name. */
static enum receipt receipt_of(const struct catalogue_entry *status)
{
    static const struct {
        struct str begins;
        enum receipt receipt;
    } k_groups[] = {
        {STR_INIT("PENDING"), RECEIPT_PENDING},   {STR_INIT("UNDELIVERABLE"), RECEIPT_UNDELIV},
        {STR_INIT("DELIVERED"), RECEIPT_DELIVRD}, {STR_INIT("EXPIRED"), RECEIPT_EXPIRED},
        {STR_INIT("REJECTED"), RECEIPT_REJECTD},
    };
    for (size_t i = 0; i < sizeof(k_groups) / sizeof(k_groups[0]); i++) {
        if (str_starts(status->name, k_groups[i].begins))
            return k_groups[i].receipt;
    }
    return RECEIPT_UNKNOWN;
}

static struct message row_for(struct rq *rq, const struct looked_up *to, int64_t batch, size_t i)
{
    const struct hlr_outcome found = smspartner_hlr_outcome(rq->arena, to->number);
    const struct str text[] = {found.status->name, STR(", "), found.error->name};
    return (struct message){
        .id = batch + (int64_t)i,
        .batch = batch,
        .account = rq->account->id,
        .provider = PROVIDER_SMSPARTNER,
        .kind = MESSAGE_HLR,
        .recipient = to->number,
        .text = arena_join(rq->arena, text, 3),
        .tag = partner_tag(rq->arena, rq_text(rq, HLR_TAG)),
        .network = to->route->network,
        .url_dlr = rq_text(rq, HLR_URL),
        .parts = 1,
        .cost_e8 = to->route->hlr_e8,
        .created_ms = rq->now_ms,
        .send_ms = rq->now_ms,
        .final_ms = rq->now_ms + rq->session->settings.dlr_delay_ms,
        .receipt = receipt_of(found.status),
        .err_code = found.error_id,
    };
}

struct str smspartner_campaign_id(struct arena *a, const struct message *m)
{
    return arena_printf(a, "HLR%lld", (long long)m->batch);
}

enum err smspartner_hlr_notify(struct rq *rq)
{
    struct out *o = &rq->out;
    const struct campaign *c = rq->work;
    struct message *rows = arena_array(rq->arena, struct message, c->n);
    const int64_t batch = session_take_ids(rq->session, (int64_t)c->n);
    for (size_t i = 0; i < c->n; i++)
        rows[i] = row_for(rq, &c->to[i], batch, i);
    const enum err e = session_send(rq->session, rq->account, rows, c->n, c->cost_e8);
    if (e != ERR_OK)
        return e;
    rq->accepted = (int64_t)c->n;
    rq->charged_e8 = c->cost_e8;
    partner_success(rq);
    out_str(o, STR("campaign_id"), smspartner_campaign_id(rq->arena, &rows[0]));
    out_int(o, STR("number"), (int64_t)c->n);
    out_raw(o, STR("cost"), money_short(rq->arena, c->cost_e8, 3));
    out_str(o, STR("currency"), STR("EUR"));
    partner_end(rq);
    return ERR_OK;
}
