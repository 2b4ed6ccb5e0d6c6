#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/send.h"

/*
 * POST /v1/rcs/send: rich content instead of a text. What is in it is documented in part only, so
 * it is kept as it came. The failover is for handsets without RCS; here all have it.
 */
const struct param k_rcs_params[SEND__COUNT] = {
    [SEND_NUMBERS] = {.name = STR_INIT("phoneNumbers"),
                      .on_missing = &k_smspartner_errors[SMSPARTNER_SEND_2]},
    [SEND_CONTENT] = {.name = STR_INIT("richContent")},
    [SEND_DATE] = {.name = STR_INIT("scheduledDeliveryDate")},
    [SEND_TIME] = {.name = STR_INIT("time")},
    [SEND_MINUTE] = {.name = STR_INIT("minute")},
};

/* It is kept once a recipient. */
enum { CONTENT_MAX = 16 * 1024 };

/* Printed without blanks; longer than CONTENT_MAX comes out empty. */
static struct str content_text(struct rq *rq, struct value content)
{
    struct buf b;
    const struct cJSON *json = partner_nested(rq->arena, content);
    if (!json)
        return content.text.n <= CONTENT_MAX ? content.text : STR("");
    buf_init(&b, CONTENT_MAX);
    json_print(rq->arena, &b, json);
    const struct str text = b.overflowed ? STR("") : arena_strdup(rq->arena, buf_view(&b));
    buf_release(&b);
    return text;
}

struct str rcs_content_bar(struct rq *rq, struct value content)
{
    const struct cJSON *json = partner_nested(rq->arena, content);
    const struct cJSON *talk = json_get(json, STR("conversation"));
    const struct cJSON *card = json_get(talk, STR("richCard"));
    const struct cJSON *lists[] = {json_get(talk, STR("suggestions")),
                                   json_get(card, STR("suggestions"))};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        const size_t n = json_kind(lists[i]) == JSON_ARRAY ? json_count(lists[i]) : 0;
        if (n > RCS_SUGGESTIONS_MAX)
            return arena_printf(rq->arena, "The richContent has %zu suggestions of at most %d.", n,
                                RCS_SUGGESTIONS_MAX);
    }
    if (content_text(rq, content).n == 0)
        return arena_printf(rq->arena, "The richContent is longer than %d bytes.", CONTENT_MAX);
    return (struct str){0};
}

static enum verdict read_content(struct rq *rq)
{
    struct send *s = send_of(rq);
    s->kind = MESSAGE_RCS;
    s->text = (struct sms_text){
        .shown = content_text(rq, rq->param[SEND_CONTENT]), .encoding = SMS_UCS2, .parts = 1};
    return PASS;
}

step_fn *const k_rcs_checks[] = {
    send_check_recipients,
    send_check_rcs_fields,
    read_content,
    send_check_hour,
    send_check_day,
    send_check_twice,
    send_check_stopped,
    send_check_prices,
    send_check_credit,
    send_check_queue,
    NULL,
};

enum err smspartner_rcs_send(struct rq *rq)
{
    const struct send *s = send_of(rq);
    struct out *o = &rq->out;
    int64_t id;
    const enum err e = send_keep(rq, s, &id);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(o, STR("message_id"), id);
    out_int(o, STR("nb_rcs"), send_parts(s));
    out_raw(o, STR("cost"), money_short(rq->arena, s->cost_e8, 3));
    out_str(o, STR("currency"), STR("EUR"));
    partner_end(rq);
    return ERR_OK;
}
