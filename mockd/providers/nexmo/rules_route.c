#include "mockd/domain/msisdn.h"
#include "mockd/providers/nexmo/knobs.h"
#include "mockd/providers/nexmo/work.h"

enum { SENDER_SECOND_MS = 1000 };

static const struct str k_usual = {0}; /* the one error-text that the code has */

enum verdict nexmo_rule_route(struct rq *rq)
{
    struct work *w = nexmo_work(rq);
    w->route = route_find(w->to);
    if (!w->route)
        return nexmo_stop(rq, BECAUSE_UNROUTABLE, k_usual,
                          arena_printf(rq->arena,
                                       "No country has a calling code that %.*s begins with.",
                                       STR_ARG(w->to)));
    w->network = w->route->network;
    if (nexmo_fiction(w->to) == NEXMO_LANDLINE)
        w->network = arena_printf(rq->arena, "%.*s-FIXED", STR_ARG(w->route->iso2));
    return PASS;
}

enum verdict nexmo_rule_network_code(struct rq *rq)
{
    const struct str code = rq->param[IN_NETWORK_CODE].text;
    const struct route *route = nexmo_work(rq)->route;
    if (!code.n || (network_known(code) && route_has_mcc(route, code)))
        return PASS;
    return nexmo_stop(rq, BECAUSE_NETWORK_CODE, k_usual,
                      arena_printf(rq->arena, "There is no network %.*s in %.*s.", STR_ARG(code),
                                   STR_ARG(route->country)));
}

/* In North America a number of the account's own; where senders are registered, one of those too.
 * A short code stands among the senders. */
enum verdict nexmo_rule_sender(struct rq *rq)
{
    const struct work *w = nexmo_work(rq);
    const struct account *acc = rq->account;
    if (!w->route->nanp && !w->route->registered_senders_only)
        return PASS;
    const bool number = msisdn_is_digits(w->from, 1, SIZE_MAX);
    if (account_lists(&acc->virtual_numbers, w->from) ||
        ((number || !w->route->nanp) && account_lists(&acc->senders, w->from)))
        return PASS;
    return nexmo_stop(rq, BECAUSE_SENDER, k_usual,
                      arena_printf(rq->arena,
                                   "%.*s takes only senders that belong to the account; %.*s is "
                                   "none of its virtualNumbers or senders.",
                                   STR_ARG(w->route->country), STR_ARG(w->from)));
}

enum verdict nexmo_rule_demo(struct rq *rq)
{
    const struct account *acc = rq->account;
    if (!(acc->flags & ACCOUNT_DEMO) || account_lists(&acc->demo_numbers, nexmo_work(rq)->to))
        return PASS;
    return nexmo_stop(rq, BECAUSE_NOT_WHITELISTED, k_usual,
                      STR("The account is in demo mode, and the recipient is none of its "
                          "demoNumbers."));
}

enum verdict nexmo_rule_barred(struct rq *rq)
{
    if (nexmo_fiction(nexmo_work(rq)->to) != NEXMO_BARRED)
        return PASS;
    return nexmo_stop(rq, BECAUSE_BARRED, k_usual,
                      STR("The recipient is on the list of barred numbers."));
}

enum verdict nexmo_rule_deactivated(struct rq *rq)
{
    if (nexmo_fiction(nexmo_work(rq)->to) != NEXMO_DEACTIVATED)
        return PASS;
    return nexmo_stop(rq, BECAUSE_DEACTIVATED, k_usual, STR("The recipient is de-activated."));
}

/* Table A's platform accepts a landline and reports a failure later. */
enum verdict nexmo_rule_landline(struct rq *rq)
{
    if (nexmo_fiction(nexmo_work(rq)->to) != NEXMO_LANDLINE ||
        nexmo_knobs(rq).table == TABLE_LEGACY)
        return PASS;
    return nexmo_stop(rq, BECAUSE_UNROUTABLE, k_usual, STR("The recipient is a landline."));
}

/* The sender as a number when it is a North American long number, else 0. */
static int64_t long_number(const struct rq *rq)
{
    const struct str from = ((const struct work *)rq->work)->from;
    uint64_t number = 0;
    if (from.n != 11 || from.p[0] != '1' || !str_to_uint(from, INT64_MAX, &number))
        return 0;
    const struct route *home = route_find(from);
    return home && home->nanp ? (int64_t)number : 0;
}

/* The row of that sender; else the one that is free for the longest time. */
static struct sender_rate *rate_row(struct session *s, int64_t number)
{
    struct sender_rate *oldest = &s->sender_rates[0];
    for (size_t i = 0; i < SENDER_RATES; i++) {
        struct sender_rate *row = &s->sender_rates[i];
        if (row->number == number)
            return row;
        if (row->sent_ms < oldest->sent_ms)
            oldest = row;
    }
    return oldest;
}

enum verdict nexmo_rule_sender_rate(struct rq *rq)
{
    const int64_t number = rq->session->settings.rate_limits ? long_number(rq) : 0;
    if (!number)
        return PASS;
    const struct sender_rate *row = rate_row(rq->session, number);
    const int64_t since_ms = rq->now_ms - row->sent_ms;
    if (row->number != number || since_ms < 0 || since_ms >= SENDER_SECOND_MS)
        return PASS;
    nexmo_work(rq)->sender_throttled = true;
    return nexmo_stop(rq, BECAUSE_THROTTLED,
                      arena_printf(rq->arena,
                                   "Throughput Rate Exceeded - please wait [ %lld ] and retry",
                                   (long long)(SENDER_SECOND_MS - since_ms)),
                      STR("A North American long number may send one message a second."));
}

void nexmo_sender_sent(struct rq *rq)
{
    const int64_t number = long_number(rq);
    if (!number)
        return;
    *rate_row(rq->session, number) = (struct sender_rate){.number = number, .sent_ms = rq->now_ms};
}

enum verdict nexmo_rule_price(struct rq *rq)
{
    struct work *w = nexmo_work(rq);
    nexmo_compose(rq);
    w->cost_e8 = w->route->nexmo_e8 * w->parts;
    if (w->cost_e8 <= rq->account->balance_e8 || rq->account->flags & ACCOUNT_AUTO_RELOAD)
        return PASS;
    return nexmo_stop(rq, BECAUSE_QUOTA, k_usual,
                      arena_printf(rq->arena, "%d part(s) cost more than the balance.", w->parts));
}

enum verdict nexmo_rule_queue(struct rq *rq)
{
    if (rq->session->settings.queue_capacity > 0)
        return PASS;
    return nexmo_stop(rq, BECAUSE_INTERNAL, k_usual,
                      STR("The setting queueCapacity is 0: nothing can be queued."));
}
