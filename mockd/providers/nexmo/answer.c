#include "mockd/providers/nexmo/answer.h"

#include "mockd/domain/money.h"
#include "mockd/providers/nexmo/ids.h"
#include "mockd/providers/nexmo/knobs.h"
#include "mockd/providers/nexmo/work.h"
#include "nexmo_errors.h"

/* The members of an entry of "messages". What is absent is left out. */
enum item {
    ITEM_TO,
    ITEM_ID,
    ITEM_STATUS,
    ITEM_TEXT,
    ITEM_BALANCE,
    ITEM_PRICE,
    ITEM_NETWORK,
    ITEM_CLIENT_REF,
    ITEM_ACCOUNT_REF,
    ITEM__COUNT
};

static const struct {
    struct str json, xml;
} k_names[ITEM__COUNT] = {
    [ITEM_TO] = {STR_INIT("to"), STR_INIT("to")},
    [ITEM_ID] = {STR_INIT("message-id"), STR_INIT("messageId")},
    [ITEM_STATUS] = {STR_INIT("status"), STR_INIT("status")},
    [ITEM_TEXT] = {STR_INIT("error-text"), STR_INIT("errorText")},
    [ITEM_BALANCE] = {STR_INIT("remaining-balance"), STR_INIT("remainingBalance")},
    [ITEM_PRICE] = {STR_INIT("message-price"), STR_INIT("messagePrice")},
    [ITEM_NETWORK] = {STR_INIT("network"), STR_INIT("network")},
    [ITEM_CLIENT_REF] = {STR_INIT("client-ref"), STR_INIT("clientRef")},
    [ITEM_ACCOUNT_REF] = {STR_INIT("account-ref"), STR_INIT("accountRef")},
};

/* Orders of the members. Clients do not mind, but people who compare with the real thing do. */
static const enum item k_json[ITEM__COUNT] = {ITEM_TO,      ITEM_ID,         ITEM_STATUS,
                                              ITEM_TEXT,    ITEM_BALANCE,    ITEM_PRICE,
                                              ITEM_NETWORK, ITEM_CLIENT_REF, ITEM_ACCOUNT_REF};
static const enum item k_json_quota[ITEM__COUNT] = {
    ITEM_TO,      ITEM_TEXT,    ITEM_PRICE,      ITEM_STATUS,     ITEM_ID,
    ITEM_BALANCE, ITEM_NETWORK, ITEM_CLIENT_REF, ITEM_ACCOUNT_REF};
static const enum item k_xml[ITEM__COUNT] = {ITEM_ID,     ITEM_TO,      ITEM_CLIENT_REF,
                                             ITEM_STATUS, ITEM_TEXT,    ITEM_BALANCE,
                                             ITEM_PRICE,  ITEM_NETWORK, ITEM_ACCOUNT_REF};

struct entry {
    struct str item[ITEM__COUNT];
};

struct str nexmo_digits(struct arena *a, int64_t v)
{
    return money_text(a, v * MONEY_EUR, 0);
}

static void begin(struct rq *rq, int entries)
{
    struct out *o = &rq->out;
    const struct str count = nexmo_digits(rq->arena, entries);
    if (o->format != OUT_JSON)
        buf_add(o->to, STR("<?xml version='1.0' encoding='UTF-8' ?>\n"));
    out_object_begin(o, STR("mt-submission-response"));
    if (o->format == OUT_JSON)
        out_str(o, STR("message-count"), count);
    out_array_begin(o, STR("messages"));
    out_attribute(o, STR("count"), count);
}

static void end(struct rq *rq)
{
    out_end(&rq->out);
    out_end(&rq->out);
}

static void put_entry(struct rq *rq, const struct entry *e, const enum item *json_order)
{
    struct out *o = &rq->out;
    const bool json = o->format == OUT_JSON;
    const enum item *order = json ? json_order : k_xml;
    out_object_begin(o, STR("message"));
    for (size_t i = 0; i < ITEM__COUNT; i++) {
        const enum item item = order[i];
        /* No element is ever empty in the platform's XML. */
        if (json ? e->item[item].p != NULL : e->item[item].n > 0)
            out_str(o, json ? k_names[item].json : k_names[item].xml, e->item[item]);
    }
    out_end(o);
}

static struct str id_text(const struct rq *rq, const struct knobs *k, int64_t id)
{
    return k->id_format == ID_UUID ? nexmo_id_uuid(rq->arena, rq->session, id)
                                   : nexmo_id_hex16(rq->arena, rq->session, id);
}

struct str nexmo_message_id(const struct rq *rq, const struct message *m)
{
    const struct account *acc;
    for (size_t i = 0; (acc = accounts_at(rq->session->accounts, i)); i++) {
        if (acc->id == m->account)
            break;
    }
    const struct knobs k = nexmo_account_knobs(rq->session, acc);
    return id_text(rq, &k, m->id);
}

void nexmo_accept(struct rq *rq, const struct message *m, int64_t balance_e8)
{
    const struct knobs k = nexmo_knobs(rq);
    const int64_t price_e8 = m->cost_e8 / m->parts;
    struct entry e = {
        .item = {[ITEM_TO] = m->recipient,
                 [ITEM_STATUS] = STR("0"),
                 [ITEM_PRICE] = money_text(rq->arena, price_e8, 8),
                 [ITEM_NETWORK] = m->network,
                 [ITEM_CLIENT_REF] = rq->param[IN_CLIENT_REF].text,
                 [ITEM_ACCOUNT_REF] = rq->param[IN_ACCOUNT_REF].text},
    };
    begin(rq, m->parts);
    for (int i = 0; i < m->parts; i++) {
        const int64_t later_e8 =
            k.balance_style == BALANCE_STEPWISE ? price_e8 * (m->parts - 1 - i) : 0;
        e.item[ITEM_BALANCE] = money_text(rq->arena, balance_e8 + later_e8, 8);
        e.item[ITEM_ID] = id_text(rq, &k, m->id + i);
        put_entry(rq, &e, k_json);
    }
    end(rq);
}

/* Which refusals name the recipient: those of the routing stage, whose number differs by table. */
enum shape { SHAPE_SHORT, SHAPE_ROUTED, SHAPE_QUOTA };

static const enum shape k_shapes[NEXMO__ERRORS] = {
    [NEXMO_SMS_6] = SHAPE_ROUTED,          [NEXMO_SMS_7] = SHAPE_ROUTED,
    [NEXMO_SMS_9] = SHAPE_QUOTA,           [NEXMO_SMS_15] = SHAPE_ROUTED,
    [NEXMO_SMS_22] = SHAPE_ROUTED,         [NEXMO_SMS_29] = SHAPE_ROUTED,
    [NEXMO_SMS_33] = SHAPE_ROUTED,         [NEXMO_SMS_CURRENT_6] = SHAPE_ROUTED,
    [NEXMO_SMS_CURRENT_9] = SHAPE_QUOTA,   [NEXMO_SMS_CURRENT_14] = SHAPE_ROUTED,
    [NEXMO_SMS_CURRENT_29] = SHAPE_ROUTED,
};

/* A 9 has prices to show only when the account and the route are known; a forced one may come
 * before either. */
static bool has_prices(const struct rq *rq, struct work *w)
{
    if (!w->route) {
        w->route = route_find(w->to);
        w->network = w->route ? w->route->network : (struct str){0};
    }
    return rq->account && w->route;
}

static enum shape shape_of(const struct rq *rq, const struct catalogue_entry *e, struct work *w)
{
    if (w->sender_throttled)
        return SHAPE_ROUTED;
    const enum shape s = k_shapes[e - k_nexmo_errors];
    return w->short_entry || (s == SHAPE_QUOTA && !has_prices(rq, w)) ? SHAPE_SHORT : s;
}

static void refuse_sms(struct rq *rq, const struct catalogue_entry *e)
{
    struct work *w = nexmo_work(rq);
    const enum shape shape = shape_of(rq, e, w);
    if (e == &k_nexmo_errors[NEXMO_SMS_5] && nexmo_knobs(rq).table == TABLE_CLOSED) {
        rq->status = 500; /* the closed table has no number for it */
        out_object_begin(&rq->out, STR("mt-submission-response"));
        out_end(&rq->out);
        return;
    }
    struct entry out = {.item = {[ITEM_STATUS] = nexmo_digits(rq->arena, e->code),
                                 [ITEM_TEXT] = nexmo_error_text(rq, e)}};
    if (shape != SHAPE_SHORT) {
        out.item[ITEM_TO] = w->to;
        out.item[ITEM_CLIENT_REF] = inputs_get(&rq->in, STR("client-ref")).text;
    }
    if (shape == SHAPE_QUOTA || w->sender_throttled)
        out.item[ITEM_NETWORK] = w->network;
    if (shape == SHAPE_QUOTA) {
        out.item[ITEM_PRICE] = money_text(rq->arena, w->route->nexmo_e8, 8);
        out.item[ITEM_BALANCE] = money_text(rq->arena, rq->account->balance_e8, 8);
    }
    begin(rq, 1);
    put_entry(rq, &out, shape == SHAPE_QUOTA ? k_json_quota : k_json);
    end(rq);
}

/* The neighbours' shapes: any endpoint may be asked for any code of the provider. */
static void refuse_insight(struct rq *rq, const struct catalogue_entry *e)
{
    out_object_begin(&rq->out, STR("lookup"));
    out_int(&rq->out, STR("status"), e->code);
    out_str(&rq->out, STR("status_message"), e->en);
    out_end(&rq->out);
}

static void refuse_rest(struct rq *rq, const struct catalogue_entry *e)
{
    out_object_begin(&rq->out, STR("response"));
    out_str(&rq->out, STR("error-code"), nexmo_digits(rq->arena, e->code));
    out_str(&rq->out, STR("error-code-label"), e->en);
    out_end(&rq->out);
}

static const struct {
    int status;
    struct str type, title;
} k_http[] = {
    {404, STR_INIT("NOT_FOUND"), STR_INIT("Not Found")},
    {408, STR_INIT("REQUEST_TIMEOUT"), STR_INIT("Request Timeout")},
    {411, STR_INIT("LENGTH_REQUIRED"), STR_INIT("Length Required")},
    {413, STR_INIT("PAYLOAD_TOO_LARGE"), STR_INIT("Payload Too Large")},
    {431, STR_INIT("HEADERS_TOO_LARGE"), STR_INIT("Request Header Fields Too Large")},
};

/* {"type":"NOT_FOUND","error_title":"Not Found"}, whatever format was asked for */
static void write_http(struct rq *rq, int status)
{
    struct str type = STR("BAD_REQUEST");
    struct str title = STR("Bad Request");
    for (size_t i = 0; i < sizeof(k_http) / sizeof(k_http[0]); i++) {
        if (k_http[i].status == status) {
            type = k_http[i].type;
            title = k_http[i].title;
        }
    }
    rq->status = status;
    rq->content_type = STR("application/json");
    out_init(&rq->out, OUT_JSON, rq->reply);
    out_object_begin(&rq->out, STR("error"));
    out_str(&rq->out, STR("type"), type);
    out_str(&rq->out, STR("error_title"), title);
    out_end(&rq->out);
}

static void refuse_http(struct rq *rq, const struct catalogue_entry *e)
{
    write_http(rq, e->http_status);
}

void nexmo_refuse(struct rq *rq, const struct catalogue_entry *e)
{
    static const struct {
        struct str group;
        void (*write)(struct rq *rq, const struct catalogue_entry *e);
    } k_writers[] = {
        {STR_INIT("sms"), refuse_sms},         {STR_INIT("sms-current"), refuse_sms},
        {STR_INIT("insight"), refuse_insight}, {STR_INIT("rest"), refuse_rest},
        {STR_INIT("http"), refuse_http},
    };
    for (size_t i = 0; i < sizeof(k_writers) / sizeof(k_writers[0]); i++) {
        if (str_eq(k_writers[i].group, e->group))
            k_writers[i].write(rq, e);
    }
}

/* The platform does not tell an unknown path from a method that the path does not take. */
void nexmo_miss(struct rq *rq, enum miss why)
{
    rq_refuse_why(rq, &k_nexmo_errors[NEXMO_HTTP_404],
                  arena_printf(rq->arena,
                               why == MISS_METHOD ? "%.*s does not take the method %.*s."
                                                  : "Nexmo has no path %.*s here (%.*s).",
                               STR_ARG(rq->path), STR_ARG(rq->method_text)));
}

void nexmo_unreadable(struct rq *rq, int status)
{
    if (status == 413)
        rq->error = &k_nexmo_errors[NEXMO_HTTP_413];
    write_http(rq, status);
}

void nexmo_headers(struct rq *rq)
{
    /* Before the answer leaves: a client that has it may open its next submission. */
    nexmo_unbind(rq);
    if (!rq->endpoint)
        return;
    rq_reply_header(rq, STR("Cache-Control"), STR("max-age=1"));
    rq_reply_header(rq, STR("Content-Disposition"), STR("attachment; filename=\"api.txt\""));
    rq_reply_header(rq, STR("X-Frame-Options"), STR("deny"));
    rq_reply_header(rq, STR("X-XSS-Protection"), STR("1; mode=block;"));
    rq_reply_header(rq, STR("X-Nexmo-Trace-Id"),
                    nexmo_trace_id(rq->arena, rq->session, rq->journal_id));
}
