#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/message.h"
#include "mockd/providers/smspartner/send.h"

/*
 * POST /v1/bulk-send: a text for each number. What is wrong with one entry is told in its place of
 * the answer, and the others are sent all the same; what is wrong with all of it refuses the
 * request.
 */
const struct param k_bulk_params[SEND__COUNT] = {
    [SEND_LIST] = {.name = STR_INIT("SMSList"),
                   .on_missing = &k_smspartner_errors[SMSPARTNER_SEND_2]},
    [SEND_RANGE] = {.name = STR_INIT("gamme"), .alias = STR_INIT("range")},
    [SEND_SENDER] = {.name = STR_INIT("sender")},
    [SEND_TAG] = {.name = STR_INIT("tag")},
    [SEND_DATE] = {.name = STR_INIT("scheduledDeliveryDate")},
    [SEND_TIME] = {.name = STR_INIT("time")},
    [SEND_MINUTE] = {.name = STR_INIT("minute")},
    [SEND_URL_RESPONSE] = {.name = STR_INIT("urlResponse")},
    [SEND_URL_DLR] = {.name = STR_INIT("urlDlr"), .alias = STR_INIT("webhookUrl")},
    [SEND_STOP_NOTICE] = {.name = STR_INIT("isStopSms")},
    [SEND_UNICODE] = {.name = STR_INIT("isUnicode")},
    [SEND_SANDBOX] = {.name = STR_INIT("sandbox")},
};

struct bulk_entry {
    struct recipient to;
    struct sms_text text;
    bool has_message;
    const struct catalogue_entry *refused; /* NULL: sent */
    struct str why;
};

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

/* ---- reading ------------------------------------------------------------------ */

static struct bulk_entry read_entry(struct rq *rq, const struct send *s, const struct cJSON *item)
{
    struct bulk_entry e = {0};
    const struct str number = json_scalar(rq->arena, json_get(item, STR("phoneNumber")));
    const struct str message = json_scalar(rq->arena, json_get(item, STR("message")));
    e.to = send_read_recipient(rq, str_trim(number.p ? number : STR("")));
    e.has_message = str_trim(message).n > 0;
    e.text = send_read_text(rq, s, message);
    return e;
}

static enum verdict check_list(struct rq *rq)
{
    const struct cJSON *list = partner_nested(rq->arena, rq->param[SEND_LIST]);
    const size_t n = json_kind(list) == JSON_ARRAY ? json_count(list) : 0;
    if (n == 0)
        return refuse(rq, SMSPARTNER_SEND_55,
                      json_kind(list) == JSON_ARRAY ? STR("SMSList is an empty list.")
                                                    : STR("SMSList is not a list."));
    if (n > PARTNER_NUMBERS_MAX)
        return refuse(rq, SMSPARTNER_SEND_50,
                      arena_printf(rq->arena, "SMSList has %zu entries.", n));
    struct send *s = send_read(rq);
    s->entries = arena_array(rq->arena, struct bulk_entry, n);
    for (const struct cJSON *item = json_first(list); item; item = json_next(item))
        s->entries[s->nentries++] = read_entry(rq, s, item);
    return PASS;
}

/* ---- judging each entry ------------------------------------------------------- */

/* One rule: why it forbids entry i, absent when it does not. */
typedef struct str rule_fn(struct rq *rq, struct send *s, size_t i);

static struct str bad_number(struct rq *rq, struct send *s, size_t i)
{
    const struct recipient *r = &s->entries[i].to;
    if (r->kind == MSISDN_FR_MOBILE || r->kind == MSISDN_FOREIGN)
        return (struct str){0};
    return arena_printf(rq->arena, "\"%.*s\" %s.", STR_ARG(r->raw),
                        r->kind == MSISDN_BAD ? "cannot be read as a phone number"
                                              : "is a French number but no mobile");
}

static struct str no_message(struct rq *rq, struct send *s, size_t i)
{
    (void)rq;
    return s->entries[i].has_message ? (struct str){0} : STR("The entry has no message.");
}

static struct str named_before(struct rq *rq, struct send *s, size_t i)
{
    const struct str number = s->entries[i].to.e164;
    for (size_t k = 0; k < i; k++) {
        if (str_eq(s->entries[k].to.e164, number))
            return arena_printf(rq->arena, "%.*s stands more than once in SMSList.",
                                STR_ARG(number));
    }
    return (struct str){0};
}

static struct str stopped(struct rq *rq, struct send *s, size_t i)
{
    const struct str number = s->entries[i].to.e164;
    bool listed = false;
    if (rq->account->stop_count && s->failed == ERR_OK)
        s->failed = store_stop_has(rq->session->store, rq->account->id, number, &listed);
    if (!listed)
        return (struct str){0};
    return arena_printf(rq->arena, "%.*s is on the account's STOP list.", STR_ARG(number));
}

static struct str not_for_low_cost(struct rq *rq, struct send *s, size_t i)
{
    return s->low_cost ? send_range_bar(rq, &s->entries[i].to) : (struct str){0};
}

static struct str long_for_low_cost(struct rq *rq, struct send *s, size_t i)
{
    const struct sms_text *text = &s->entries[i].text;
    if (!s->low_cost || text->parts == 1)
        return (struct str){0};
    return arena_printf(rq->arena,
                        "The text has %d characters once converted, and gamme=2 takes 160.",
                        text->units);
}

static struct str too_long(struct rq *rq, struct send *s, size_t i)
{
    const struct sms_text *text = &s->entries[i].text;
    if (text->parts <= PARTS_MAX)
        return (struct str){0};
    return arena_printf(rq->arena, "The text has %d characters and needs %d parts.", text->units,
                        text->parts);
}

static struct str no_price(struct rq *rq, struct send *s, size_t i)
{
    struct recipient *r = &s->entries[i].to;
    const int64_t price_e8 = send_price(s, r);
    if (price_e8 == ROUTE_NO_PRICE)
        return arena_printf(rq->arena, "The price list has no country for %.*s.", STR_ARG(r->e164));
    r->cost_e8 = price_e8 * r->text->parts;
    return (struct str){0};
}

/* In the order in which they are looked at; the first hit is the entry's. */
static const struct {
    rule_fn *forbids;
    enum smspartner_error code;
} k_rules[] = {
    {bad_number, SMSPARTNER_SEND_PAGE_9},   {no_message, SMSPARTNER_SEND_43},
    {named_before, SMSPARTNER_SEND_15},     {stopped, SMSPARTNER_SEND_14},
    {not_for_low_cost, SMSPARTNER_SEND_51}, {long_for_low_cost, SMSPARTNER_SEND_42},
    {too_long, SMSPARTNER_SEND_52},         {no_price, SMSPARTNER_SEND_13},
};

static void judge(struct rq *rq, struct send *s, size_t i)
{
    struct bulk_entry *e = &s->entries[i];
    for (size_t k = 0; k < sizeof(k_rules) / sizeof(k_rules[0]) && !e->refused; k++) {
        e->why = k_rules[k].forbids(rq, s, i);
        if (e->why.p)
            e->refused = &k_smspartner_errors[k_rules[k].code];
    }
}

/* ---- the answer --------------------------------------------------------------- */

static void write_refused(struct rq *rq, const struct bulk_entry *e)
{
    const bool bad = e->refused == &k_smspartner_errors[SMSPARTNER_SEND_PAGE_9];
    out_bool(&rq->out, STR("success"), false);
    out_int(&rq->out, STR("code"), e->refused->code);
    out_str(&rq->out, STR("message"),
            bad ? send_bad_number_text(rq, e->to.raw) : partner_message(rq, e->refused));
}

static void write_list(struct rq *rq, const struct send *s)
{
    struct out *o = &rq->out;
    out_array_begin(o, STR("SMSResponse_List"));
    for (size_t i = 0; i < s->nentries; i++) {
        const struct bulk_entry *e = &s->entries[i];
        out_object_begin(o, STR("entry"));
        if (e->refused) {
            write_refused(rq, e);
        } else {
            out_bool(o, STR("success"), true);
            out_int(o, STR("code"), 200);
            out_int(o, STR("nbSms"), e->text.parts);
            out_raw(o, STR("cost"), money_short(rq->arena, e->to.cost_e8, 3));
        }
        out_str(o, STR("phoneNumber"), e->to.e164.p ? e->to.e164 : e->to.raw);
        out_end(o);
    }
    out_end(o);
}

/* ---- sending ------------------------------------------------------------------ */

/* Leaves in s->to who is sent to; 55 when that is nobody. */
static enum verdict check_entries(struct rq *rq)
{
    struct send *s = send_of(rq);
    struct str why = {0};
    s->to = arena_array(rq->arena, struct recipient, s->nentries);
    for (size_t i = 0; i < s->nentries; i++) {
        struct bulk_entry *e = &s->entries[i];
        e->to.text = &e->text;
        judge(rq, s, i);
        if (e->refused) {
            why = why.p ? why : e->why;
            continue;
        }
        s->cost_e8 += e->to.cost_e8;
        s->to[s->n++] = e->to;
    }
    if (s->failed != ERR_OK)
        return PASS;
    if (s->n < s->nentries)
        why = arena_printf(rq->arena, "%zu of %zu entries were refused; the first: %.*s",
                           s->nentries - s->n, s->nentries, STR_ARG(why));
    if (s->n > 0) {
        rq->why = why;
        return PASS;
    }
    const struct catalogue_entry *none = &k_smspartner_errors[SMSPARTNER_SEND_55];
    rq_refuse_why(rq, none, why);
    rq_restart(rq);
    partner_error_begin(rq, none, partner_message(rq, none));
    write_list(rq, s);
    partner_end(rq);
    return STOP;
}

step_fn *const k_bulk_checks[] = {
    check_list,        send_check_bulk_fields, send_check_registered,
    send_check_hour,   send_check_day,         check_entries,
    send_check_credit, send_check_queue,       NULL,
};

enum err smspartner_bulk_send(struct rq *rq)
{
    const struct send *s = send_of(rq);
    struct out *o = &rq->out;
    int64_t id;
    const enum err e = send_keep(rq, s, &id);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(o, STR("message_id"), id);
    out_str(o, STR("currency"), STR("EUR"));
    out_raw(o, STR("cost"), money_short(rq->arena, s->cost_e8, 3));
    out_int(o, STR("nbSMS"), send_parts(s));
    write_list(rq, s);
    partner_end(rq);
    return ERR_OK;
}
