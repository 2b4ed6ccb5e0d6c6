#include "mockd/base/utf8.h"
#include "mockd/domain/msisdn.h"
#include "mockd/providers/nexmo/knobs.h"
#include "mockd/providers/nexmo/work.h"

enum {
    WINDOW_MS = 1000,
    TO_DIGITS_MIN = 7,
    TO_DIGITS_MAX = 15,
    TEXT_CHARS_MAX = 3200,
    BINARY_OCTETS_MAX = 140,
    CALLBACK_CHARS_MAX = 100,
};

static const struct str k_usual = {0}; /* the one error-text that the code has */

/* A request counts once it is authenticated, whatever becomes of it; one that finds the window full
 * does not count again, and is told so at its turn. */
static enum verdict meter(struct rq *rq)
{
    struct window *win = &rq->account->throughput;
    if (!rq->session->settings.rate_limits || rq->method == METHOD_HEAD)
        return PASS;
    if (rq->now_ms - win->start_ms >= WINDOW_MS || rq->now_ms < win->start_ms)
        *win = (struct window){.start_ms = rq->now_ms};
    if (win->count < rq->account->max_rps)
        win->count++;
    else
        nexmo_work(rq)->throttled = true;
    return PASS;
}

static enum verdict suspended(struct rq *rq)
{
    if (rq->account->state != ACCOUNT_SUSPENDED && rq->account->state != ACCOUNT_BLOCKED)
        return PASS;
    return nexmo_stop(rq, BECAUSE_SUSPENDED, k_usual, STR("The account is suspended."));
}

static enum verdict http_enabled(struct rq *rq)
{
    if (rq->account->flags & ACCOUNT_HTTP_ENABLED)
        return PASS;
    return nexmo_stop(rq, BECAUSE_NO_HTTP, k_usual,
                      STR("The account's flag httpEnabled is off: it may use SMPP only."));
}

static enum verdict binds(struct rq *rq)
{
    struct account *acc = rq->account;
    nexmo_bind(rq, acc);
    if (acc->max_binds == 0 || acc->binds <= acc->max_binds)
        return PASS;
    return nexmo_stop(rq, BECAUSE_BINDS, k_usual,
                      arena_printf(rq->arena,
                                   "%lld submissions of this key are open at once; it "
                                   "may have %lld.",
                                   (long long)acc->binds, (long long)acc->max_binds));
}

static enum verdict throughput(struct rq *rq)
{
    if (!nexmo_work(rq)->throttled)
        return PASS;
    return nexmo_stop(rq, BECAUSE_THROTTLED, k_usual,
                      arena_printf(rq->arena, "The key has sent its %lld requests of this second.",
                                   (long long)rq->account->max_rps));
}

static enum verdict balance_gate(struct rq *rq)
{
    if (rq->account->balance_e8 > 0 || rq->account->flags & ACCOUNT_AUTO_RELOAD ||
        !nexmo_knobs(rq).balance_gate_first)
        return PASS;
    nexmo_work(rq)->short_entry = true;
    return nexmo_stop(rq, BECAUSE_QUOTA, k_usual,
                      STR("The account has no credit at all; nothing else was looked at."));
}

static struct str name_of(enum nexmo_param i)
{
    return k_nexmo_params[i].name;
}

static enum verdict stop_missing(struct rq *rq, enum nexmo_param i)
{
    return nexmo_stop(
        rq, BECAUSE_MISSING, arena_printf(rq->arena, "Missing %.*s param", STR_ARG(name_of(i))),
        arena_printf(rq->arena, "The parameter %.*s is missing or empty.", STR_ARG(name_of(i))));
}

static enum verdict missing(struct rq *rq)
{
    struct work *w = nexmo_work(rq);
    w->content = nexmo_content(rq);
    if (nexmo_missing(rq, IN_FROM))
        return stop_missing(rq, IN_FROM);
    if (nexmo_missing(rq, IN_TO))
        return stop_missing(rq, IN_TO);
    for (size_t i = 0; i < 2 && w->content; i++) {
        if (nexmo_missing(rq, w->content->needs[i]))
            return stop_missing(rq, w->content->needs[i]);
    }
    return PASS;
}

static bool structured(const struct rq *rq, enum nexmo_param i)
{
    return json_kind(rq->param[i].node) >= JSON_ARRAY;
}

static enum verdict stop_invalid(struct rq *rq, enum nexmo_param i, struct str why)
{
    struct str text = arena_printf(rq->arena, "Invalid %.*s param", STR_ARG(name_of(i)));
    if (i == IN_TTL)
        text = STR("value for ttl field out of range");
    return nexmo_stop(rq, BECAUSE_INVALID, text, why);
}

static enum verdict type(struct rq *rq)
{
    if (nexmo_work(rq)->content)
        return PASS;
    return stop_invalid(rq, IN_TYPE,
                        STR("type must be text, unicode, binary, wappush, vcal or vcard."));
}

static enum verdict to(struct rq *rq)
{
    const struct str number = nexmo_work(rq)->to;
    if (structured(rq, IN_TO) || !msisdn_is_digits(number, 1, SIZE_MAX))
        return nexmo_stop(rq, BECAUSE_INVALID_TO, STR("to address is not numeric"),
                          STR("to must be one number in digits, with its country's prefix."));
    if (number.n >= TO_DIGITS_MIN && number.n <= TO_DIGITS_MAX)
        return PASS;
    return nexmo_stop(
        rq, BECAUSE_INVALID_TO, STR("Invalid to param"),
        arena_printf(rq->arena, "to must have 7 to 15 digits; it has %zu.", number.n));
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return true;
    }
    return false;
}

static enum verdict from(struct rq *rq)
{
    struct work *w = nexmo_work(rq);
    const struct str raw = rq->param[IN_FROM].text;
    w->from = nexmo_sender(rq->arena, raw);
    if (!structured(rq, IN_FROM) && w->from.n && !has_control(raw))
        return PASS;
    return stop_invalid(rq, IN_FROM,
                        STR("from must have something printable and no control characters."));
}

static size_t characters(struct str s)
{
    uint32_t cp;
    size_t n = 0;
    while (utf8_next(&s, &cp))
        n++;
    return n;
}

static bool longer_than(struct str s, size_t most)
{
    return s.n > most && characters(s) > most;
}

static enum verdict options(struct rq *rq)
{
    for (enum nexmo_param i = 0; i < IN__COUNT; i++) {
        const struct str v = rq->param[i].text;
        const bool bad = v.n && k_nexmo_params[i].valid && !k_nexmo_params[i].valid(v);
        if (bad || structured(rq, i))
            return stop_invalid(rq, i,
                                arena_printf(rq->arena,
                                             structured(rq, i)
                                                 ? "%.*s is a JSON array or object."
                                                 : "%.*s is out of range or of another form.",
                                             STR_ARG(name_of(i))));
    }
    const int64_t most = nexmo_knobs(rq).client_ref_max;
    if (longer_than(rq->param[IN_CLIENT_REF].text, (size_t)most))
        return stop_invalid(rq, IN_CLIENT_REF,
                            arena_printf(rq->arena,
                                         "client-ref may have %lld characters in this profile.",
                                         (long long)most));
    return PASS;
}

static bool callback_char(char c)
{
    return c > 0x20 && c < 0x7F && str_find_char(STR("\"<>\\^`{|}"), c) == 9;
}

static struct str after_scheme(struct str url)
{
    static const struct str k_schemes[] = {STR_INIT("http://"), STR_INIT("https://")};
    for (size_t i = 0; i < 2; i++) {
        const struct str s = k_schemes[i];
        if (url.n >= s.n && str_eq_nocase((struct str){url.p, s.n}, s))
            return str_from(url, s.n);
    }
    return (struct str){0};
}

static enum verdict callback(struct rq *rq)
{
    const struct str url = rq->param[IN_CALLBACK].text;
    if (!url.n)
        return PASS;
    const struct str rest = after_scheme(url);
    if (!rest.p)
        return nexmo_stop(rq, BECAUSE_CALLBACK, STR("Bad callback :: Missing Protocol"),
                          STR("callback must begin with http:// or https://."));
    size_t i = 0;
    while (i < url.n && callback_char(url.p[i]))
        i++;
    if (i == url.n && url.n <= CALLBACK_CHARS_MAX && rest.n)
        return PASS;
    return nexmo_stop(rq, BECAUSE_CALLBACK, STR("Invalid Callback URL"),
                      i < url.n ? STR("callback has a character that no URL has.")
                                : STR("callback must have a host, and at most 100 characters."));
}

static enum verdict length(struct rq *rq)
{
    const enum sms_encoding encoding = nexmo_work(rq)->content->encoding;
    if (encoding != SMS_BINARY && longer_than(rq->param[IN_TEXT].text, TEXT_CHARS_MAX))
        return nexmo_stop(rq, BECAUSE_TOO_LONG, k_usual, STR("text may have 3200 characters."));
    if (nexmo_work(rq)->content->needs[0] == IN_BODY &&
        (rq->param[IN_UDH].text.n + rq->param[IN_BODY].text.n) / 2 > BINARY_OCTETS_MAX)
        return nexmo_stop(rq, BECAUSE_TOO_LONG, k_usual,
                          STR("udh and body together may have 140 octets."));
    return PASS;
}

step_fn *const k_nexmo_rules[] = {
    meter,
    suspended,
    http_enabled,
    binds,
    throughput,
    balance_gate,
    missing,
    type,
    to,
    from,
    options,
    callback,
    length,
    nexmo_rule_route,
    nexmo_rule_network_code,
    nexmo_rule_sender,
    nexmo_rule_demo,
    nexmo_rule_barred,
    nexmo_rule_deactivated,
    nexmo_rule_landline,
    nexmo_rule_sender_rate,
    nexmo_rule_price,
    nexmo_rule_queue,
    NULL,
};
