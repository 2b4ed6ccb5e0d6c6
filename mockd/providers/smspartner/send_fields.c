#include "mockd/base/utf8.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/send.h"

/*
 * Stage D (smspartner.md 10.2, 10.3): everything that is wrong with the fields is collected, in one
 * fixed order. One violation that has a code of its own is answered with it; anything else is code
 * 9 with the list.
 */
enum { SENDER_MIN = 3, SENDER_MAX = 11 };

struct findings {
    struct rq *rq;
    const struct send *send;
    struct violation *v;
    size_t n, cap;
};

/* French list texts are ASCII in JSON and have their accents in XML. */
struct wording {
    struct str en, fr, fr_xml;
    struct str en_xml; /* absent: as en */
};

static struct str worded(const struct rq *rq, const struct wording *w)
{
    const bool xml = rq->out.format != OUT_JSON;
    if (rq->session->settings.lang == LANG_FR)
        return xml ? w->fr_xml : w->fr;
    return xml && w->en_xml.p ? w->en_xml : w->en;
}

static void found(struct findings *f,
                  const char *field,
                  struct str message,
                  const struct catalogue_entry *alone,
                  struct str why)
{
    f->v = arena_grow(f->rq->arena, f->v, f->n, &f->cap, sizeof(*f->v));
    f->v[f->n++] = (struct violation){
        .element = arena_printf(f->rq->arena, "children[%s].data", field),
        .message = message,
        .why = why,
        .alone = alone,
        .in_table = alone,
    };
}

/* A violation that the list words as the table does. */
static void found_code(struct findings *f, const char *field, enum smspartner_error code)
{
    const struct catalogue_entry *e = &k_smspartner_errors[code];
    found(f, field, partner_message(f->rq, e), e, e->why);
}

/* One without a code of its own; validation_errors=table has one for it all the same, or NULL. */
static void found_uncoded(struct findings *f,
                          const char *field,
                          struct str message,
                          const struct catalogue_entry *in_table,
                          struct str why)
{
    found(f, field, message, NULL, why);
    f->v[f->n - 1].in_table = in_table;
}

/* ---- the fields, in the order of the list ----------------------------------- */

static void look_at_message(struct findings *f)
{
    if (str_trim(rq_text(f->rq, SEND_MESSAGE)).n == 0)
        found_code(f, "message", SMSPARTNER_SEND_43);
}

/* Rich content takes the place of the message. */
static void look_at_content(struct findings *f)
{
    const struct catalogue_entry *e = &k_smspartner_errors[SMSPARTNER_SEND_43];
    const struct value content = f->rq->param[SEND_CONTENT];
    const bool absent = content.text.n == 0 && json_kind(content.node) < JSON_ARRAY;
    const struct str bar = absent ? e->why : rcs_content_bar(f->rq, content);
    if (bar.p)
        found(f, "message", partner_message(f->rq, e), e, bar);
}

struct str send_bad_number_text(struct rq *rq, struct str raw)
{
    static const struct wording k_text = {
        STR_INIT("This phone number is not valid"),
        STR_INIT("Ce numero de telephone n'est pas valide"),
        STR_INIT("Ce numéro de téléphone n'est pas valide"),
        {0},
    };
    const struct str text = worded(rq, &k_text);
    return arena_printf(rq->arena, "%.*s (%.*s)", STR_ARG(text), STR_ARG(raw));
}

static void look_at_numbers(struct findings *f)
{
    struct arena *a = f->rq->arena;
    for (size_t i = 0; i < f->send->n; i++) {
        const struct recipient *r = &f->send->to[i];
        if (r->kind == MSISDN_FR_MOBILE || r->kind == MSISDN_FOREIGN)
            continue;
        found_uncoded(f, "phoneNumbers", send_bad_number_text(f->rq, r->raw), NULL,
                      arena_printf(a, "\"%.*s\" %s.", STR_ARG(r->raw),
                                   r->kind == MSISDN_BAD ? "cannot be read as a phone number"
                                                         : "is a French number but no mobile"));
    }
}

static bool sender_letters(struct str s, size_t *characters, bool *digits_only)
{
    uint32_t cp;
    bool good = true;
    *characters = 0;
    *digits_only = true;
    for (; utf8_next(&s, &cp); ++*characters) {
        const bool digit = cp >= '0' && cp <= '9';
        const bool letter = (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
        good = good && (digit || letter || cp == ' ');
        *digits_only = *digits_only && digit;
    }
    return good;
}

static void found_long_sender(struct findings *f, size_t characters)
{
    static const struct wording k_long = {
        STR_INIT("The sender cannot be longer than 11 characters"),
        STR_INIT("L'emetteur ne peut pas etre plus long que 11 caracteres"),
        STR_INIT("L'émetteur ne peut pas être plus long que 11 caractères"),
        {0},
    };
    found(f, "sender", worded(f->rq, &k_long), &k_smspartner_errors[SMSPARTNER_SEND_44],
          arena_printf(f->rq->arena, "The sender has %zu characters.", characters));
}

static void look_at_sender(struct findings *f)
{
    const struct value sender = f->rq->param[SEND_SENDER];
    size_t characters;
    bool digits_only;
    if (sender.text.n == 0 && json_kind(sender.node) < JSON_ARRAY)
        return;
    const bool good = sender_letters(sender.text, &characters, &digits_only);
    if (characters > SENDER_MAX)
        found_long_sender(f, characters);
    else if (!good || digits_only || characters < SENDER_MIN)
        found_code(f, "sender", SMSPARTNER_SEND_44);
}

/* An own long number: 336 or 337 and 8 digits. */
static void look_at_own_number(struct findings *f)
{
    const struct catalogue_entry *e = &k_smspartner_errors[SMSPARTNER_SEND_44];
    const struct str from = rq_text(f->rq, SEND_SENDER);
    size_t characters;
    bool digits_only;
    sender_letters(from, &characters, &digits_only);
    if (characters > SENDER_MAX)
        found_long_sender(f, characters);
    else if (!digits_only || characters != SENDER_MAX ||
             !(str_starts(from, STR("336")) || str_starts(from, STR("337"))))
        found(f, "sender", partner_message(f->rq, e), e,
              arena_printf(f->rq->arena, "The from is \"%.*s\", not 336 or 337 and 8 digits.",
                           STR_ARG(from)));
}

/* "The date (21/11/2014 at 08:30) is earlier than the current date.", in XML with a tail. */
static void found_past(struct findings *f)
{
    static const struct wording k_open = {
        STR_INIT("The date"), STR_INIT("La date"), STR_INIT("La date"), {0}};
    static const struct wording k_at = {STR_INIT("at"), STR_INIT("à"), STR_INIT("à"), {0}};
    static const struct wording k_end = {
        STR_INIT("is earlier than the current date."),
        STR_INIT("est anterieure a la date actuelle."),
        STR_INIT("est antérieure à la date actuelle. Si vous souhaitez l'envoyer maintenant, vous "
                 "devez sélectionner [Envoyer immédiatement]"),
        STR_INIT("is earlier than the current date. If you want to send it now, you must select "
                 "[Send immediately]"),
    };
    struct rq *rq = f->rq;
    const struct str open = worded(rq, &k_open);
    const struct str at = worded(rq, &k_at);
    const struct str end = worded(rq, &k_end);
    const struct str date = rq_text(rq, SEND_DATE);
    const struct str hour = partner_when_clock(rq->arena, &f->send->when, rq_text(rq, SEND_TIME),
                                               rq_text(rq, SEND_MINUTE));
    const struct str now = civil_paris_sql(rq->arena, rq->now_ms);
    found_uncoded(f, "scheduledDeliveryDate",
                  arena_printf(rq->arena, "%.*s (%.*s %.*s %.*s) %.*s", STR_ARG(open),
                               STR_ARG(date), STR_ARG(at), STR_ARG(hour), STR_ARG(end)),
                  &k_smspartner_errors[SMSPARTNER_SEND_49],
                  arena_printf(rq->arena, "It is already %.*s in Paris.", STR_ARG(now)));
}

static void look_at_date(struct findings *f)
{
    const struct partner_when *when = &f->send->when;
    if (when->date == WHEN_ABSENT) {
        if (when->time != WHEN_ABSENT || when->minute != WHEN_ABSENT)
            found_code(f, "scheduledDeliveryDate", SMSPARTNER_SEND_45);
    } else if (when->date == WHEN_BAD || when->time == WHEN_BAD) {
        found_code(f, "scheduledDeliveryDate", SMSPARTNER_SEND_49);
    } else if (when->latest_ms < f->rq->now_ms) {
        found_past(f);
    }
}

static void look_at_minute(struct findings *f)
{
    static const struct wording k_missing = {STR_INIT("The minute is required"),
                                             STR_INIT("La minute est requise"),
                                             STR_INIT("La minute est requise"),
                                             {0}};
    const struct partner_when *when = &f->send->when;
    if (when->minute == WHEN_BAD)
        found_code(f, "minute", SMSPARTNER_SEND_47);
    else if (when->minute == WHEN_OFF_STEP)
        found_code(f, "minute", SMSPARTNER_SEND_48);
    else if (when->minute == WHEN_ABSENT && when->date != WHEN_ABSENT)
        found_uncoded(f, "minute", worded(f->rq, &k_missing),
                      &k_smspartner_errors[SMSPARTNER_SEND_47],
                      STR("A scheduledDeliveryDate was given without minute."));
}

static void look_at_time(struct findings *f)
{
    static const struct wording k_missing = {STR_INIT("The time is required"),
                                             STR_INIT("L'heure est requise"),
                                             STR_INIT("L'heure est requise"),
                                             {0}};
    const struct catalogue_entry *e = &k_smspartner_errors[SMSPARTNER_SEND_46];
    const struct partner_when *when = &f->send->when;
    if (when->time == WHEN_ABSENT && when->date != WHEN_ABSENT)
        found(f, "time", worded(f->rq, &k_missing), e, e->why);
}

/* ---- the answer --------------------------------------------------------------- */

static void answer(const struct findings *f)
{
    const int mode = f->rq->session->settings.validation_errors;
    const struct violation *first = &f->v[0];
    const struct catalogue_entry *single = NULL;
    if (mode == VALIDATION_TABLE)
        single = first->in_table;
    else if (mode == VALIDATION_AUTO && f->n == 1)
        single = first->alone;
    if (single)
        rq_refuse_why(f->rq, single, first->why);
    else
        smspartner_refuse_list(f->rq, f->v, mode == VALIDATION_TABLE ? 1 : f->n, first->why);
}

typedef void look_fn(struct findings *f);

/* The looks of an endpoint, NULL at the end. */
static enum verdict check(struct rq *rq, look_fn *const *looks)
{
    struct findings f = {.rq = rq, .send = send_of(rq)};
    for (; *looks; looks++)
        (*looks)(&f);
    if (f.n == 0)
        return PASS;
    answer(&f);
    return STOP;
}

enum verdict send_check_fields(struct rq *rq)
{
    static look_fn *const k_looks[] = {look_at_message,
                                       look_at_numbers,
                                       look_at_sender,
                                       look_at_date,
                                       look_at_minute,
                                       look_at_time,
                                       NULL};
    return check(rq, k_looks);
}

enum verdict send_check_bulk_fields(struct rq *rq)
{
    static look_fn *const k_looks[] = {look_at_sender, look_at_date, look_at_minute, look_at_time,
                                       NULL};
    return check(rq, k_looks);
}

enum verdict send_check_vn_fields(struct rq *rq)
{
    static look_fn *const k_looks[] = {look_at_message,
                                       look_at_numbers,
                                       look_at_own_number,
                                       look_at_date,
                                       look_at_minute,
                                       look_at_time,
                                       NULL};
    return check(rq, k_looks);
}

enum verdict send_check_survey_fields(struct rq *rq)
{
    static look_fn *const k_looks[] = {look_at_numbers, look_at_date, look_at_minute, look_at_time,
                                       NULL};
    return check(rq, k_looks);
}

enum verdict send_check_rcs_fields(struct rq *rq)
{
    static look_fn *const k_looks[] = {look_at_content, look_at_numbers, look_at_date,
                                       look_at_minute,  look_at_time,    NULL};
    return check(rq, k_looks);
}
