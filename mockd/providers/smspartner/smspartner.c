#include "mockd/providers/smspartner/smspartner.h"

#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/hlr.h"
#include "mockd/providers/smspartner/message.h"

/* ---- wire texts ----------------------------------------------------------- */

/* The endpoint pages number and word some codes otherwise than the error table. */
static const struct page_row {
    enum smspartner_error error;
    struct str path; /* how the endpoint's begins; absent: any */
    int code;        /* 0: the table's */
    struct str en, fr;
} k_page_rows[] = {
#define PAGE_CREDIT STR_INIT("/v1/subaccount/credit/")
#define PAGE_REMOVE STR_INIT("/v1/subaccount/remove")
    {SMSPARTNER_SEND_1, PAGE_CREDIT, 9, STR_INIT("Invalid API key"), STR_INIT("Clé API invalide")},
    {SMSPARTNER_SEND_10, PAGE_CREDIT, 10, STR_INIT("Invalid API key"),
     STR_INIT("Clé API invalide")},
    {SMSPARTNER_SUBACCOUNT_2, PAGE_CREDIT, 4, STR_INIT("You are not authorized"),
     STR_INIT("Vous n’avez pas l’authorisation")},
    {SMSPARTNER_SUBACCOUNT_3, PAGE_CREDIT, 2, STR_INIT("Credit is required"),
     STR_INIT("Credit est requis")},
    {SMSPARTNER_SUBACCOUNT_4, PAGE_CREDIT, 3, STR_INIT("tokenSubaccount is required"),
     STR_INIT("tokenSubaccount est requis")},
    {SMSPARTNER_SUBACCOUNT_5, PAGE_CREDIT, 5, STR_INIT("Credit must be greater than 0"),
     STR_INIT("Credit doit être supérieur à 0")},
    {SMSPARTNER_SUBACCOUNT_6, PAGE_CREDIT, 7, STR_INIT("Sub-account does not exist"),
     STR_INIT("Le sous-compte n’existe pas")},
    {SMSPARTNER_SUBACCOUNT_7, PAGE_CREDIT, 8, STR_INIT("Insufficient credit"),
     STR_INIT("Crédit insuffisant")},
    {SMSPARTNER_SUBACCOUNT_11, PAGE_CREDIT, 8, STR_INIT("Insufficient credit"),
     STR_INIT("Crédit insuffisant")},
    {SMSPARTNER_SUBACCOUNT_4, PAGE_REMOVE, 1, STR_INIT("token is required"),
     STR_INIT("token est requis")},
    {SMSPARTNER_SUBACCOUNT_6, PAGE_REMOVE, 404, STR_INIT("Sub-account does not exist"),
     STR_INIT("Le sous-compte n’existe pas")},
    {SMSPARTNER_SUBACCOUNT_2, STR_INIT("/v1/subaccount/create"), 0,
     STR_INIT("You are not authorized"), STR_INIT("Vous n’avez pas l’authorisation")},
    {SMSPARTNER_VERIFY_19,
     {0},
     3,
     STR_INIT("The numbers must be separated by a comma"),
     STR_INIT("Les numéros doivent-être séparés par une virgule")},
    {SMSPARTNER_SEND_1,
     {0},
     0,
     STR_INIT("API Key is required"),
     STR_INIT("La Clé API est requise")},
    {SMSPARTNER_SEND_10, STR_INIT("/v1/message-cancel"), 0, STR_INIT("Incorrect API Key"),
     STR_INIT("Clé API incorrecte")},
    {SMSPARTNER_CANCEL_3,
     {0},
     0,
     STR_INIT("Message ID is required"),
     STR_INIT("L’ID du message est requis")},
    {SMSPARTNER_STOP_SMS_2,
     {0},
     0,
     STR_INIT("Phone number is required"),
     STR_INIT("Le champ phoneNumber est requis")},
    {SMSPARTNER_CANCEL_4, {0}, 0, STR_INIT("Message not found"), STR_INIT("Message introuvable")},
};

/* Whether the endpoint's page is the source of its codes. */
static bool follows_page(const struct rq *rq)
{
    const struct settings *s = &rq->session->settings;
    return s->error_profile == ERROR_PROFILE_PAGE ||
           (s->cancel_errors == CANCEL_PAGE && rq->endpoint &&
            str_eq(rq->endpoint->group, STR("cancel")));
}

static const struct page_row *page_row(const struct rq *rq, const struct catalogue_entry *e)
{
    const struct str path = rq->endpoint ? rq->endpoint->path : STR("");
    if (!follows_page(rq))
        return NULL;
    for (size_t i = 0; i < sizeof(k_page_rows) / sizeof(k_page_rows[0]); i++) {
        const struct page_row *row = &k_page_rows[i];
        if (e == &k_smspartner_errors[row->error] && str_starts(path, row->path))
            return row;
    }
    return NULL;
}

static struct str wire_text(const struct rq *rq, const struct catalogue_entry *e)
{
    const struct page_row *row = page_row(rq, e);
    if (!row)
        return partner_message(rq, e);
    return rq->session->settings.lang == LANG_FR ? row->fr : row->en;
}

/* ---- refusals ------------------------------------------------------------- */

enum err smspartner_refuse_text(struct rq *rq,
                                const struct catalogue_entry *e,
                                struct str text,
                                struct str why)
{
    rq_refuse_why(rq, e, why);
    rq_restart(rq);
    partner_error_begin(rq, e, text);
    partner_end(rq);
    return ERR_OK;
}

enum err smspartner_refuse_numbers(struct rq *rq,
                                   const struct catalogue_entry *e,
                                   const struct str *numbers,
                                   size_t n,
                                   struct str why)
{
    rq_refuse_why(rq, e, why);
    rq_restart(rq);
    partner_error_begin(rq, e, wire_text(rq, e));
    out_array_begin(&rq->out, STR("numbers"));
    for (size_t i = 0; i < n; i++)
        out_str(&rq->out, STR("number"), numbers[i]);
    out_end(&rq->out);
    partner_end(rq);
    return ERR_OK;
}

static void write_list(struct rq *rq, struct str key, const struct violation *v, size_t n)
{
    out_array_begin(&rq->out, key);
    for (size_t i = 0; i < n; i++) {
        out_object_begin(&rq->out, STR("error"));
        out_text(&rq->out, STR("elementId"), v[i].element);
        out_text(&rq->out, STR("message"), v[i].message);
        out_end(&rq->out);
    }
    out_end(&rq->out);
}

static void write_code_9(struct rq *rq, const struct violation *v, size_t n)
{
    partner_error_head(rq, &k_smspartner_errors[SMSPARTNER_SEND_PAGE_9]);
    write_list(rq, STR("errors"), v, n);
    if (rq->session->settings.legacy_error_key)
        write_list(rq, STR("error"), v, n);
    partner_end(rq);
}

enum err smspartner_refuse_list(struct rq *rq, const struct violation *v, size_t n, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_SEND_PAGE_9], why);
    rq_restart(rq);
    write_code_9(rq, v, n);
    return ERR_OK;
}

/* A forced code 9 has a list too: of the recipient, when the request names one. */
static void refuse_9(struct rq *rq, const struct catalogue_entry *e)
{
    const struct str number = partner_recipient(rq);
    const struct str text = partner_message(rq, e);
    const struct violation v = {
        .element = STR("children[phoneNumbers].data"),
        .message = number.n ? arena_printf(rq->arena, "%.*s (%.*s)", STR_ARG(text), STR_ARG(number))
                            : text,
    };
    write_code_9(rq, &v, 1);
}

/* What the service answered to a send without credit before it had codes in its error table. */
static void refuse_11_legacy(struct rq *rq, const struct catalogue_entry *e)
{
    const int64_t balance_e8 = rq->account ? rq->account->balance_e8 : 0;
    int64_t waiting = 0;
    if (rq->account)
        store_message_waiting(rq->session->store, rq->account->id, rq->now_ms, &waiting);
    partner_error_head(rq, e);
    out_object_begin(&rq->out, STR("error"));
    out_str(&rq->out, STR("message"), STR("NOCREDITS"));
    out_end(&rq->out);
    out_object_begin(&rq->out, STR("credits"));
    out_int(&rq->out, STR("creditSms"), balance_e8 / PRICE_PREMIUM_E8);
    out_int(&rq->out, STR("creditSmsLowCost"), balance_e8 / PRICE_LOW_COST_E8);
    out_int(&rq->out, STR("toSend"), waiting);
    out_raw(&rq->out, STR("solde"), money_short(rq->arena, balance_e8, 3));
    out_end(&rq->out);
    partner_end(rq);
}

static void refuse_single(struct rq *rq, const struct catalogue_entry *e)
{
    const struct page_row *row = page_row(rq, e);
    struct catalogue_entry shown = *e;
    if (row && row->code)
        shown.code = row->code;
    if (shown.code == 404)
        shown.http_status = 404;
    partner_error_begin(rq, &shown, wire_text(rq, e));
    partner_end(rq);
}

static void refuse(struct rq *rq, const struct catalogue_entry *e)
{
    if (e == &k_smspartner_errors[SMSPARTNER_SEND_PAGE_9]) {
        refuse_9(rq, e);
    } else if (e == &k_smspartner_errors[SMSPARTNER_SEND_11] &&
               rq->session->settings.legacy_code11) {
        refuse_11_legacy(rq, e);
    } else {
        refuse_single(rq, e);
    }
}

/* ---- the provider ---------------------------------------------------------- */

/* For the endpoints that do without the plain gate: a missing key has another code there. */
static enum verdict gate_family_key(struct rq *rq)
{
    if (!(rq->endpoint->skips & PARTNER_KEY))
        return PASS;
    const enum partner_key found = partner_key(rq);
    if (found == PARTNER_KEY_GOOD)
        return PASS;
    if (found == PARTNER_KEY_ANSWERED)
        return STOP;
    if (found == PARTNER_KEY_UNKNOWN)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_SEND_10]);
    return rq_stop(
        rq,
        &k_smspartner_errors[str_eq(rq->endpoint->group, STR("group-add")) ? SMSPARTNER_GROUP_ADD_2
                                                                           : SMSPARTNER_FAMILY_10]);
}

static const struct gate k_gates[] = {
    {PARTNER_FORCED, gate_forced_by_header}, {PARTNER_BODY, partner_gate_body},
    {PARTNER_KEY, partner_gate_key},         {PARTNER_FAMILY_KEY, gate_family_key},
    {PARTNER_STATE, partner_gate_state},     {PARTNER_ADDRESS, partner_gate_address},
    {PARTNER_NUMBER, partner_gate_number},   {PARTNER_RATE, partner_gate_rate},
};

/* A list without phoneNumbers makes /send a /bulk-send: the service's own NodeJS sample has it so.
 */
static void decode(struct rq *rq)
{
    partner_decode(rq);
    if (rq->endpoint != &k_smspartner_endpoints[AT_SEND] || !inputs_has(&rq->in, STR("SMSList")))
        return;
    const struct value numbers = inputs_get(&rq->in, STR("phoneNumbers"));
    if (numbers.text.n == 0 && json_kind(numbers.node) < JSON_ARRAY)
        rq->endpoint = &k_smspartner_endpoints[AT_BULK_SEND];
}

static struct str message_id(const struct rq *rq, const struct message *m)
{
    return m->kind == MESSAGE_HLR ? smspartner_campaign_id(rq->arena, m)
                                  : arena_int(rq->arena, m->batch);
}

static const struct str k_hosts[] = {STR_INIT("api.smspartner.fr")};

const struct provider smspartner_provider = {
    .name = STR_INIT("smspartner"),
    .id = PROVIDER_SMSPARTNER,
    .prefix = STR_INIT("/smspartner"),
    .hosts = k_hosts,
    .nhosts = sizeof(k_hosts) / sizeof(k_hosts[0]),
    .endpoints = k_smspartner_endpoints,
    .nendpoints = SMSPARTNER_ENDPOINTS,
    .catalogue = &smspartner_catalogue,
    .gates = k_gates,
    .ngates = sizeof(k_gates) / sizeof(k_gates[0]),
    .max_body = 1 << 20,
    .journalled = true,
    .decode = decode,
    .format = partner_format,
    .refuse = refuse,
    .miss = partner_miss,
    .unreadable = partner_unreadable,
    .closed = smspartner_rental_sent,
    .recipient = partner_recipient,
    .message_id = message_id,
};
