#include "mockd/providers/mailpartner/send.h"

#include "mockd/providers/mailpartner/content.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"

/* What is kept of the text of one mail, and of all mails of one request. */
enum { CONTENT_MAX = 64 * 1024, CONTENTS_MAX = 1024 * 1024 };

const struct param k_mail_send_params[SEND__COUNT] = {
    [SEND_CONTENT] = {.name = STR_INIT("htmlContent")},
    [SEND_TAG] = {.name = STR_INIT("tag")},
    [SEND_DATE] = {.name = STR_INIT("scheduledDeliveryDate")},
    [SEND_TIME] = {.name = STR_INIT("time")},
    [SEND_MINUTE] = {.name = STR_INIT("minute")},
    [SEND_SANDBOX] = {.name = STR_INIT("sandbox")},
};

/* The provider's order (smspartner.md 7). */
step_fn *const k_mail_send_checks[] = {
    mail_check_content,      mail_check_recipients, mail_check_people,      mail_check_twice,
    mail_check_from,         mail_check_reply,      mail_check_attachments, mail_check_when,
    mail_check_unsubscribed, mail_check_credit,     mail_check_queue,       NULL,
};

/* ---- reading ------------------------------------------------------------------ */

static bool read_person(const struct rq *rq, struct str name, struct person *out)
{
    const struct value v = mail_field(rq, name);
    if (!v.text.p && json_kind(v.node) < JSON_ARRAY)
        return false;
    *out = person_read(rq->arena, partner_nested(rq->arena, v));
    return true;
}

/* What there is beyond three is ignored. */
static void read_attachments(struct rq *rq, struct mail *m)
{
    struct arena *a = rq->arena;
    const struct cJSON *list = partner_nested(a, mail_field(rq, STR("attachments")));
    if (json_kind(list) != JSON_ARRAY)
        return;
    for (const struct cJSON *c = json_first(list); c && m->nattachments < ATTACHMENTS_MAX;
         c = json_next(c))
        m->attachment[m->nattachments++] = (struct attachment){
            .content = json_text(json_get(c, STR("base64Content"))),
            .url = str_trim(json_scalar(a, json_get(c, STR("url")))),
            .type = str_trim(json_scalar(a, json_get(c, STR("contentType")))),
            .name = str_trim(json_scalar(a, json_get(c, STR("filename")))),
        };
}

static void read_time(struct rq *rq, struct mail *m)
{
    m->when = partner_when_read(rq->param[SEND_DATE], rq->param[SEND_TIME], rq->param[SEND_MINUTE]);
    m->send_ms = rq->now_ms;
    if (m->when.date == WHEN_GOOD)
        m->send_ms = m->when.latest_ms;
    else if (rq->account->flags & ACCOUNT_MARKETING)
        m->send_ms = partner_marketing_ms(rq->now_ms);
    m->later = m->when.date == WHEN_GOOD || m->send_ms != rq->now_ms;
}

static enum verdict refuse(struct rq *rq, enum mailpartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_mailpartner_errors[code], why);
    return STOP;
}

enum verdict mail_check_recipients(struct rq *rq)
{
    const struct cJSON *list = mail_recipients(rq);
    const size_t n = json_count(list);
    struct mail *m = arena_new(rq->arena, struct mail);
    if (n == 0)
        return rq_stop(rq, &k_mailpartner_errors[MAILPARTNER_SEND_22]);
    if (n > RECIPIENTS_MAX)
        return refuse(rq, MAILPARTNER_SEND_50,
                      arena_printf(rq->arena, "The list (to) names %zu recipients.", n));
    if ((int64_t)n > rq->account->max_recipients)
        return refuse(rq, MAILPARTNER_SEND_17,
                      arena_printf(rq->arena,
                                   "%zu recipients, and the account's maxRecipients is %lld.", n,
                                   (long long)rq->account->max_recipients));
    m->to = arena_array(rq->arena, struct person, n);
    for (const struct cJSON *c = json_first(list); c; c = json_next(c))
        m->to[m->n++] = person_read(rq->arena, c);
    m->has_from = read_person(rq, STR("from"), &m->from);
    m->has_reply = read_person(rq, STR("replyTo"), &m->reply);
    m->sandbox = partner_flag(rq_text(rq, SEND_SANDBOX));
    read_attachments(rq, m);
    read_time(rq, m);
    rq->work = m;
    return PASS;
}

/* ---- sending ------------------------------------------------------------------ */

/* What all rows of the request have in common. */
static struct message common_row(struct rq *rq, const struct mail *m)
{
    const struct str from = m->has_from ? m->from.email : rq->account->email;
    const size_t share = CONTENTS_MAX / m->n;
    const struct cJSON *variables = partner_nested(rq->arena, mail_field(rq, STR("variables")));
    return (struct message){
        .account = rq->account->id,
        .provider = PROVIDER_MAILPARTNER,
        .kind = MESSAGE_MAIL,
        .flags = m->sandbox ? MESSAGE_SANDBOX : 0,
        .sender = from.n ? from : (struct str){0},
        .text = mail_content(rq->arena, rq_text(rq, SEND_CONTENT), variables,
                             share < CONTENT_MAX ? share : CONTENT_MAX),
        .tag = partner_tag(rq->arena, rq_text(rq, SEND_TAG)),
        .parts = 1,
        .cost_e8 = PRICE_MAIL_E8,
        .created_ms = rq->now_ms,
        .send_ms = m->sandbox ? rq->now_ms : m->send_ms,
        .final_ms = m->sandbox ? rq->now_ms : m->send_ms + rq->session->settings.dlr_delay_ms,
        .receipt = RECEIPT_DELIVRD,
    };
}

static void write_sent(struct rq *rq, const struct mail *m, int64_t batch)
{
    struct out *o = &rq->out;
    partner_success(rq);
    out_str(o, STR("messageId"), partner_id(rq->arena, rq->session, PARTNER_ID_MAIL, batch));
    out_int(o, STR("nbMail"), (int64_t)m->n);
    out_int(o, STR("cost"), (int64_t)m->n); /* in mail credits, whatever the currency says */
    out_str(o, STR("currency"), STR("EUR"));
    if (m->later)
        out_str(o, STR("scheduledDeliveryDate"), civil_paris_sql(rq->arena, m->send_ms));
    partner_end(rq);
}

enum err mailpartner_send(struct rq *rq)
{
    const struct mail *m = mail_of(rq);
    if (m->failed != ERR_OK)
        return m->failed;
    const int64_t charge_e8 = m->sandbox ? 0 : m->cost_e8;
    const struct message common = common_row(rq, m);
    struct message *rows = arena_array(rq->arena, struct message, m->n);
    const int64_t batch = session_take_ids(rq->session, (int64_t)m->n);
    for (size_t i = 0; i < m->n; i++) {
        rows[i] = common;
        rows[i].batch = batch;
        rows[i].id = batch + (int64_t)i;
        rows[i].recipient = m->to[i].email;
    }
    const enum err e = session_send(rq->session, rq->account, rows, m->n, charge_e8);
    if (e != ERR_OK)
        return e;
    rq->accepted = (int64_t)m->n;
    rq->charged_e8 = charge_e8;
    write_sent(rq, m, batch);
    return ERR_OK;
}
