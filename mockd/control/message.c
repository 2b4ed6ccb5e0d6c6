#include "mockd/control/internal.h"
#include "mockd/domain/civil.h"
#include "mockd/domain/gsm.h"
#include "mockd/domain/money.h"

/* Each final receipt: its code, our word for it, and what else people call it. */
static const struct outcome {
    struct str code, word, alias;
} k_outcomes[] = {
    [RECEIPT_DELIVRD] = {STR_INIT("DELIVRD"), STR_INIT("delivered"), STR_INIT("delivered")},
    [RECEIPT_PENDING] = {STR_INIT("PENDING"), STR_INIT("pending"), STR_INIT("pending")},
    [RECEIPT_UNDELIV] = {STR_INIT("UNDELIV"), STR_INIT("failed"), STR_INIT("not delivered")},
    [RECEIPT_ACCEPTD] = {STR_INIT("ACCEPTD"), STR_INIT("accepted"), STR_INIT("accepted")},
    [RECEIPT_UNKNOWN] = {STR_INIT("UNKNOWN"), STR_INIT("unknown"), STR_INIT("unknown")},
    [RECEIPT_ENROUTE] = {STR_INIT("ENROUTE"), STR_INIT("enroute"), STR_INIT("buffered")},
    [RECEIPT_EXPIRED] = {STR_INIT("EXPIRED"), STR_INIT("expired"), STR_INIT("expired")},
    [RECEIPT_REJECTD] = {STR_INIT("REJECTD"), STR_INIT("rejected"), STR_INIT("rejected")},
    [RECEIPT_KO] = {STR_INIT("KO"), STR_INIT("ko"), STR_INIT("ko")},
};

enum { NOUTCOMES = sizeof(k_outcomes) / sizeof(k_outcomes[0]) };

struct str message_outcome(const struct message *m)
{
    return k_outcomes[m->receipt].word;
}

bool message_outcome_from(struct str word, enum receipt *out)
{
    for (size_t i = 0; i < NOUTCOMES; i++) {
        const struct outcome *o = &k_outcomes[i];
        if (str_eq(o->code, word) || str_eq(o->word, word) || str_eq(o->alias, word)) {
            *out = (enum receipt)i;
            return true;
        }
    }
    return false;
}

struct str message_outcome_words(struct arena *a)
{
    struct str all = STR("");
    for (size_t i = 0; i < NOUTCOMES; i++)
        all = arena_printf(a, "%.*s%s%.*s (%.*s)", STR_ARG(all), i ? ", " : "",
                           STR_ARG(k_outcomes[i].word), STR_ARG(k_outcomes[i].code));
    return all;
}

struct str message_state(const struct message *m, int64_t now_ms)
{
    if (m->flags & MESSAGE_CANCELLED)
        return STR("cancelled");
    if (m->flags & MESSAGE_SANDBOX)
        return STR("sandbox");
    if (now_ms < m->send_ms)
        return STR("scheduled");
    if (now_ms < m->final_ms)
        return m->interim ? k_outcomes[m->interim].word : STR("sent");
    return message_outcome(m);
}

static const struct provider *provider_of(const struct app *app, int id)
{
    for (size_t i = 0; i < app->nproviders; i++) {
        if (app->providers[i]->id == id)
            return app->providers[i];
    }
    return NULL;
}

static struct str key_of(const struct rq *rq, int64_t account)
{
    const struct account *acc;
    for (size_t i = 0; (acc = accounts_at(rq->session->accounts, i)); i++) {
        if (acc->id == account)
            return acc->key;
    }
    return (struct str){0};
}

static void write_event(struct rq *rq, int64_t at_ms, struct str status)
{
    out_object_begin(&rq->out, STR("event"));
    out_str(&rq->out, STR("at"), iso8601_utc(rq->arena, at_ms));
    out_str(&rq->out, STR("status"), status);
}

static void write_plain_event(struct rq *rq, int64_t at_ms, struct str status)
{
    write_event(rq, at_ms, status);
    out_null(&rq->out, STR("code"));
    out_end(&rq->out);
}

/* The receipt's code is a number at Nexmo and a word everywhere else. */
static void write_receipt(
    struct rq *rq, const struct message *m, int64_t at_ms, enum receipt receipt, int err_code)
{
    write_event(rq, at_ms, k_outcomes[receipt].word);
    if (m->provider == PROVIDER_NEXMO)
        out_int(&rq->out, STR("code"), err_code);
    else
        out_str(&rq->out, STR("code"), k_outcomes[receipt].code);
    out_end(&rq->out);
}

static void write_history(struct rq *rq, const struct message *m)
{
    const bool stopped = m->flags & (MESSAGE_CANCELLED | MESSAGE_SANDBOX);
    out_array_begin(&rq->out, STR("history"));
    write_plain_event(rq, m->created_ms, STR("accepted"));
    if (m->flags & MESSAGE_CANCELLED)
        write_plain_event(rq, m->final_ms, STR("cancelled"));
    if (!stopped && rq->now_ms >= m->send_ms)
        write_plain_event(rq, m->send_ms, STR("sent"));
    if (!stopped && rq->now_ms >= m->send_ms && m->interim)
        write_receipt(rq, m, m->send_ms, m->interim, 0);
    if (!stopped && rq->now_ms >= m->final_ms)
        write_receipt(rq, m, m->final_ms, m->receipt, m->err_code);
    out_end(&rq->out);
}

void control_write_message(struct rq *rq, struct str name, const struct message *m)
{
    static const char *const k_kinds[] = {[MESSAGE_SMS] = "sms",
                                          [MESSAGE_MAIL] = "mail",
                                          [MESSAGE_VOICE] = "voice",
                                          [MESSAGE_HLR] = "hlr",
                                          [MESSAGE_RCS] = "rcs"};
    static const char *const k_encodings[] = {
        [SMS_GSM7] = "gsm7", [SMS_UCS2] = "ucs2", [SMS_BINARY] = "binary"};
    struct out *o = &rq->out;
    struct arena *a = rq->arena;
    const struct provider *p = provider_of(rq->app, m->provider);

    out_object_begin(o, name);
    out_str(o, STR("id"), arena_printf(a, "%lld", (long long)m->id));
    out_str(o, STR("providerMessageId"),
            p && p->message_id ? p->message_id(rq, m)
                               : arena_printf(a, "%lld", (long long)m->batch));
    out_str(o, STR("provider"), p ? p->name : (struct str){0});
    out_str(o, STR("kind"), str_from_cstr(k_kinds[m->kind]));
    out_str(o, STR("account"), key_of(rq, m->account));
    out_str(o, STR("from"), m->sender);
    out_str(o, STR("to"), m->recipient);
    out_str(o, STR("text"), m->text);
    out_int(o, STR("parts"), m->parts);
    out_str(o, STR("encoding"), str_from_cstr(k_encodings[m->encoding]));
    out_str(o, STR("cost"), money_text(a, m->cost_e8, m->cost_e8 % 100000 ? 8 : 3));
    out_str(o, STR("currency"), STR("EUR"));
    out_str(o, STR("status"), message_state(m, rq->now_ms));
    write_history(rq, m);
    out_str(o, STR("createdAt"), iso8601_utc(a, m->created_ms));
    out_str(o, STR("scheduledAt"),
            m->send_ms > m->created_ms ? iso8601_utc(a, m->send_ms) : (struct str){0});
    out_end(o);
}
