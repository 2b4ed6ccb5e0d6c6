#include "mockd/domain/money.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/location.h"

/* POST /v1/location/optin: volume and price of a targeting, and its rental. */
const struct param k_optin_params[OPTIN__COUNT] = {
    [OPTIN_OP] = {.name = STR_INIT("op"),
                  .on_missing = &k_smspartner_errors[SMSPARTNER_LOCATION_4]},
    [OPTIN_PARAMETERS] = {.name = STR_INIT("parameters")},
    [OPTIN_VOLUMES] = {.name = STR_INIT("volumes")},
    [OPTIN_URL] = {.name = STR_INIT("urlNotification")},
};

/* What bounds the rentals of an account; steps from the request to the file. */
enum { RENTALS_MAX = 1000, STEPS = 2 };

static bool is_rent(const struct targeting *t)
{
    return str_eq(t->op, STR("rent"));
}

static enum verdict check_credit(struct rq *rq)
{
    const struct targeting *t = targeting_of(rq);
    if (!is_rent(t) || t->cost_e8 <= rq->account->balance_e8)
        return PASS;
    const struct str cost = money_short(rq->arena, t->cost_e8, 3);
    const struct str balance = money_text(rq->arena, rq->account->balance_e8, 3);
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_LOCATION_11],
                  arena_printf(rq->arena, "This costs %.*s EUR, and the balance is %.*s EUR.",
                               STR_ARG(cost), STR_ARG(balance)));
    return STOP;
}

static enum verdict check_room(struct rq *rq)
{
    int64_t n = 0;
    if (!is_rent(targeting_of(rq)) ||
        (store_rental_count(rq->session->store, rq->account->id, &n) == ERR_OK && n < RENTALS_MAX))
        return PASS;
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_SEND_500],
                  arena_printf(rq->arena, "An account has %d rentals here at most.", RENTALS_MAX));
    return STOP;
}

step_fn *const k_optin_checks[] = {
    location_check_op,
    location_check_parameters,
    location_check_url,
    location_check_elements,
    location_check_results,
    location_check_volumes,
    check_credit,
    check_room,
    NULL,
};

/* ---- renting ------------------------------------------------------------------------- */

static struct str volumes_text(struct rq *rq, const struct targeting *t)
{
    struct str *lines = arena_array(rq->arena, struct str, t->n);
    for (size_t i = 0; i < t->n; i++) {
        const struct locality *p = &t->places[i];
        lines[i] = arena_printf(rq->arena, "%s %.*s %lld %lld\n", p->zip ? "CP" : "DEP",
                                STR_ARG(p->name), (long long)p->wanted, (long long)p->available);
    }
    return arena_join(rq->arena, lines, t->n);
}

static struct str text_or_absent(struct rq *rq, struct str name)
{
    const struct str text = targeting_text(rq, name);
    return text.n ? text : (struct str){0};
}

static int64_t age(struct rq *rq, struct str name)
{
    uint64_t n = 0;
    str_to_uint(targeting_text(rq, name), UINT32_MAX, &n);
    return (int64_t)n;
}

/* A place list as it was given; an array of places becomes a text. */
static struct str places_text(struct rq *rq, const struct targeting *t, struct str name)
{
    struct str list = {0};
    if (json_kind(json_get(t->parameters, name)) < JSON_ARRAY)
        return text_or_absent(rq, name);
    for (const struct cJSON *c = json_first(json_get(t->parameters, name)); c; c = json_next(c)) {
        const struct str one = json_scalar(rq->arena, c);
        list =
            arena_printf(rq->arena, "%.*s%s%.*s", STR_ARG(list), list.n ? "," : "", STR_ARG(one));
    }
    return list;
}

static enum err rent(struct rq *rq, const struct targeting *t, struct rental *row)
{
    struct session *s = rq->session;
    const int64_t left_e8 = rq->account->balance_e8 - t->cost_e8;
    enum err e = store_begin(s->store);
    if (e != ERR_OK)
        return e;
    e = store_rental_add(s->store, row);
    if (e == ERR_OK)
        e = store_account_balance(s->store, rq->account->id, left_e8);
    e = store_finish(s->store, e);
    if (e != ERR_OK)
        return e;
    rq->account->balance_e8 = left_e8;
    rq->charged_e8 = t->cost_e8;
    if (row->fate == RENTAL_FAILS && row->ready_ms < s->settle_ms)
        s->settle_ms = row->ready_ms;
    return ERR_OK;
}

static struct rental row_of(struct rq *rq, const struct targeting *t)
{
    const struct str url = rq_text(rq, OPTIN_URL);
    return (struct rental){
        .account = rq->account->id,
        .sex = targeting_text(rq, STR("sexe")),
        .min_age = age(rq, STR("minAge")),
        .max_age = age(rq, STR("maxAge")),
        .department = places_text(rq, t, STR("department")),
        .zipcode = places_text(rq, t, STR("zipcode")),
        .interest = text_or_absent(rq, STR("interest")),
        .sub_interest = text_or_absent(rq, STR("subInterest")),
        .category = text_or_absent(rq, STR("category")),
        .volumes = volumes_text(rq, t),
        .quantity = t->quantity,
        .cost_e8 = t->cost_e8,
        .url = url.n ? url : (struct str){0},
        .created_ms = rq->now_ms,
        .ready_ms = rq->now_ms + STEPS * rq->session->settings.rental_step_s * 1000,
        .fate = rq->account->flags & ACCOUNT_RENTAL_FAILS ? RENTAL_FAILS : RENTAL_GOOD,
    };
}

/* ---- the answer ------------------------------------------------------------------------ */

static void write_place(struct out *o, struct str type, struct str name, int64_t volume)
{
    out_object_begin(o, STR("place"));
    out_str(o, STR("Type"), type);
    out_str(o, STR("Localite"), name);
    out_int(o, STR("Volume"), volume);
    out_end(o);
}

static void write_volumes(struct rq *rq, const struct targeting *t)
{
    struct out *o = &rq->out;
    out_array_begin(o, STR("datas"));
    for (size_t i = 0; i < t->n; i++)
        write_place(o, t->places[i].zip ? STR("CP") : STR("DEP"), t->places[i].name,
                    t->places[i].wanted);
    write_place(o, STR("total"), STR("total"), t->quantity);
    out_end(o);
    out_object_begin(o, STR("cost"));
    out_int(o, STR("quantity"), t->quantity);
    out_raw(o, STR("total"), money_short(rq->arena, t->cost_e8, 3));
    out_raw(o, STR("cost_unity"), money_short(rq->arena, PRICE_CONTACT_E8, 3));
    out_end(o);
}

enum err smspartner_optin(struct rq *rq)
{
    const struct targeting *t = targeting_of(rq);
    struct rental row = {0};
    if (is_rent(t)) {
        row = row_of(rq, t);
        const enum err e = rent(rq, t, &row);
        if (e != ERR_OK)
            return e;
    }
    partner_begin(rq);
    out_bool(&rq->out, STR("success"), true);
    out_str(&rq->out, STR("op"), t->op);
    if (is_rent(t))
        out_str(&rq->out, STR("token"),
                partner_id(rq->arena, rq->session, PARTNER_ID_RENTAL, row.id));
    write_volumes(rq, t);
    partner_end(rq);
    return ERR_OK;
}
