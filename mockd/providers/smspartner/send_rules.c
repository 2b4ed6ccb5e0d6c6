#include "mockd/domain/money.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/send.h"

/* Stage E (smspartner.md 10.3): the fields are good by themselves; may this account send this? */
enum { FIRST_HOUR = 8, LAST_HOUR = 22 };

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

enum verdict send_check_registered(struct rq *rq)
{
    const struct str sender = rq_text(rq, SEND_SENDER);
    if (!(rq->account->flags & ACCOUNT_REGISTERED_SENDERS) || sender.n == 0 ||
        account_lists(&rq->account->senders, sender))
        return PASS;
    return refuse(rq, SMSPARTNER_SEND_992,
                  arena_printf(rq->arena, "\"%.*s\" is not one of the account's %zu senders.",
                               STR_ARG(sender), rq->account->senders.n));
}

/* Marketing that was scheduled by the request, and not just paused by us. */
static bool scheduled_marketing(const struct rq *rq)
{
    return rq->account->flags & ACCOUNT_MARKETING && send_of(rq)->when.date == WHEN_GOOD;
}

enum verdict send_check_hour(struct rq *rq)
{
    if (!scheduled_marketing(rq))
        return PASS;
    const struct civil c = civil_paris(send_of(rq)->send_ms);
    const bool late = c.hour > LAST_HOUR || (c.hour == LAST_HOUR && c.minute > 0);
    if (c.hour >= FIRST_HOUR && !late)
        return PASS;
    return refuse(rq, SMSPARTNER_SEND_22,
                  arena_printf(rq->arena, "A marketing account scheduled for %02d:%02d in Paris.",
                               c.hour, c.minute));
}

/* The wire text with the date in the place of "..." (one character, "…", in French). */
static struct str text_with_date(struct rq *rq, struct str text, struct str date)
{
    const size_t at = str_find_char(text, '[');
    const size_t to = str_find_char(text, ']');
    const struct str head = {text.p, at};
    const struct str tail = str_from(text, to);
    return arena_printf(rq->arena, "%.*s[%.*s%.*s", STR_ARG(head), STR_ARG(date), STR_ARG(tail));
}

enum verdict send_check_day(struct rq *rq)
{
    const struct catalogue_entry *e = &k_smspartner_errors[SMSPARTNER_SEND_23];
    const struct str date = rq_text(rq, SEND_DATE);
    struct civil day = send_of(rq)->when.day;
    if (!scheduled_marketing(rq))
        return PASS;
    day.hour = 12; /* the day that was named, even when time 24 is the next one */
    day = civil_paris(civil_paris_ms(&day));
    if (partner_working_day(&day))
        return PASS;
    smspartner_refuse_text(
        rq, e, text_with_date(rq, partner_message(rq, e), date),
        arena_printf(rq->arena, "A marketing account scheduled for %.*s, which is a %s.",
                     STR_ARG(date), day.weekday == 0 ? "Sunday" : "public holiday"));
    return STOP;
}

/* Each number that stands more than once, one time; *n is how many. */
static struct str *twice(struct rq *rq, const struct send *s, size_t *n)
{
    struct str *list = NULL;
    size_t cap = 0;
    *n = 0;
    for (size_t i = 1; i < s->n; i++) {
        size_t before = 0;
        for (size_t k = 0; k < i; k++)
            before += str_eq(s->to[k].e164, s->to[i].e164);
        if (before != 1)
            continue;
        list = arena_grow(rq->arena, list, *n, &cap, sizeof(*list));
        list[(*n)++] = s->to[i].e164;
    }
    return list;
}

enum verdict send_check_twice(struct rq *rq)
{
    size_t n;
    const struct str *list = twice(rq, send_of(rq), &n);
    if (n == 0)
        return PASS;
    smspartner_refuse_numbers(
        rq, &k_smspartner_errors[SMSPARTNER_SEND_15], list, n,
        arena_printf(rq->arena, "%.*s stands more than once in phoneNumbers.", STR_ARG(list[0])));
    return STOP;
}

enum verdict send_drop_twice(struct rq *rq)
{
    struct send *s = send_of(rq);
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t k = 0;
        while (k < kept && !str_eq(s->to[k].e164, s->to[i].e164))
            k++;
        if (k == kept)
            s->to[kept++] = s->to[i];
    }
    s->n = kept;
    s->asked = kept;
    return PASS;
}

/* Takes the numbers that are in the STOP list out. */
static enum err drop_stopped(struct rq *rq, struct send *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        bool listed;
        const enum err e =
            store_stop_has(rq->session->store, rq->account->id, s->to[i].e164, &listed);
        if (e != ERR_OK)
            return e;
        if (!listed)
            s->to[kept++] = s->to[i];
    }
    s->n = kept;
    return ERR_OK;
}

enum verdict send_check_stopped(struct rq *rq)
{
    struct send *s = send_of(rq);
    if (rq->account->stop_count == 0)
        return PASS;
    s->failed = drop_stopped(rq, s);
    if (s->failed != ERR_OK || s->n > 0)
        return PASS;
    if (s->asked == 1)
        return refuse(rq, SMSPARTNER_SEND_14,
                      STR("The only recipient is on the account's STOP list."));
    return refuse(
        rq, SMSPARTNER_SEND_55,
        arena_printf(rq->arena, "All %zu recipients are on the account's STOP list.", s->asked));
}

struct str send_range_bar(struct rq *rq, const struct recipient *r)
{
    if (!(rq->account->flags & ACCOUNT_LOWCOST_ENABLED))
        return STR("The account's flag lowcostEnabled is off.");
    if (r->text->encoding == SMS_UCS2)
        return STR("isUnicode is set with gamme=2.");
    if (r->kind != MSISDN_FR_MOBILE)
        return arena_printf(rq->arena, "%.*s is not a French mobile.", STR_ARG(r->e164));
    return (struct str){0};
}

enum verdict send_check_range(struct rq *rq)
{
    const struct send *s = send_of(rq);
    for (size_t i = 0; s->low_cost && i < s->n; i++) {
        const struct str bar = send_range_bar(rq, &s->to[i]);
        if (bar.p)
            return refuse(rq, SMSPARTNER_SEND_51, bar);
    }
    return PASS;
}

enum verdict send_check_range_length(struct rq *rq)
{
    const struct send *s = send_of(rq);
    if (!s->low_cost || s->text.parts == 1)
        return PASS;
    return refuse(rq, SMSPARTNER_SEND_42,
                  arena_printf(rq->arena,
                               "The text has %d characters once converted, and gamme=2 "
                               "takes 160.",
                               s->text.units));
}

enum verdict send_check_length(struct rq *rq)
{
    const struct send *s = send_of(rq);
    if (s->text.parts <= PARTS_MAX)
        return PASS;
    return refuse(rq, SMSPARTNER_SEND_52,
                  arena_printf(rq->arena, "The text has %d characters and needs %d parts.",
                               s->text.units, s->text.parts));
}

enum verdict send_check_prices(struct rq *rq)
{
    struct send *s = send_of(rq);
    struct str *list = arena_array(rq->arena, struct str, s->n);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        const int64_t price_e8 = send_price(s, &s->to[i]);
        if (price_e8 == ROUTE_NO_PRICE)
            list[n++] = s->to[i].e164;
        else
            s->to[i].cost_e8 = price_e8 * s->to[i].text->parts;
        s->cost_e8 += s->to[i].cost_e8;
    }
    if (n == 0)
        return PASS;
    smspartner_refuse_numbers(
        rq, &k_smspartner_errors[SMSPARTNER_SEND_13], list, n,
        arena_printf(rq->arena, "The price list has no country for %.*s.", STR_ARG(list[0])));
    return STOP;
}

enum verdict send_check_credit(struct rq *rq)
{
    const struct send *s = send_of(rq);
    if (s->sandbox || s->cost_e8 <= rq->account->balance_e8)
        return PASS;
    const struct str cost = money_short(rq->arena, s->cost_e8, 3);
    const struct str balance = money_text(rq->arena, rq->account->balance_e8, 3);
    return refuse(rq, SMSPARTNER_SEND_11,
                  arena_printf(rq->arena, "This costs %.*s EUR, and the balance is %.*s EUR.",
                               STR_ARG(cost), STR_ARG(balance)));
}

enum verdict send_check_queue(struct rq *rq)
{
    struct send *s = send_of(rq);
    const int64_t capacity = rq->session->settings.queue_capacity;
    int64_t waiting = 0;
    if (s->sandbox || (capacity > 0 && !s->later))
        return PASS;
    s->failed = store_message_waiting_kind(rq->session->store, s->kind, 0, rq->now_ms, &waiting);
    if (s->failed != ERR_OK || (capacity > 0 && waiting + (int64_t)s->n <= capacity))
        return PASS;
    return refuse(rq, SMSPARTNER_SEND_500,
                  arena_printf(rq->arena,
                               "The queue holds %lld of at most %lld messages "
                               "(queueCapacity).",
                               (long long)waiting, (long long)capacity));
}
