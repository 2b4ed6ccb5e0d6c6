#include "mockd/providers/smspartner/verify.h"

#include "mockd/core/rate.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"

/* What /lookup and /hlr/notify have in common (smspartner.md 5.8, 11.4). */
#define NUMBERS                                                                                    \
    [VERIFY_NUMBERS] = {.name = STR_INIT("phoneNumbers"),                                          \
                        .on_missing = &k_smspartner_errors[SMSPARTNER_VERIFY_2]}

const struct param k_lookup_params[LOOKUP__COUNT] = {NUMBERS};

const struct param k_hlr_params[HLR__COUNT] = {
    NUMBERS,
    [HLR_URL] = {.name = STR_INIT("notifyUrl")},
    [HLR_TAG] = {.name = STR_INIT("tag")},
};

/* Each endpoint counts for itself. */
const struct rate_limit k_lookup_limits[] = {{360, 60000}, {0}};
const struct rate_limit k_hlr_limits[] = {{360, 60000}, {0}};

static struct tokens from_json(struct arena *a, const struct cJSON *array)
{
    struct tokens t = {.raw = arena_array(a, struct str, json_count(array) + 1)};
    for (const struct cJSON *c = json_first(array); c; c = json_next(c))
        t.raw[t.n++] = json_scalar(a, c);
    return t;
}

static struct tokens from_text(struct arena *a, struct str text)
{
    struct tokens t = {0};
    struct str piece;
    size_t commas = 0;
    for (size_t i = 0; i < text.n; i++)
        commas += text.p[i] == ',';
    t.raw = arena_array(a, struct str, commas + 1);
    while (str_split(&text, ',', &piece))
        t.raw[t.n++] = piece;
    return t;
}

struct tokens tokens_read(struct arena *a, struct value v)
{
    const struct cJSON *array = partner_nested(a, v);
    struct tokens t = json_kind(array) == JSON_ARRAY ? from_json(a, array) : from_text(a, v.text);
    while (t.n && str_trim(t.raw[t.n - 1]).n == 0)
        t.n--;
    return t;
}

/* Two numbers that something else than a comma stands between. */
static bool joined(struct str token)
{
    size_t plus = 0;
    for (size_t i = 0; i < token.n; i++) {
        const char c = token.p[i];
        if (c == ';' || c == '|' || c == '/' || c == '\n')
            return true;
        plus += c == '+';
    }
    return plus > 1;
}

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

enum verdict verify_check_numbers(struct rq *rq)
{
    struct tokens *t = arena_new(rq->arena, struct tokens);
    *t = tokens_read(rq->arena, rq->param[VERIFY_NUMBERS]);
    rq->work = t;
    if (t->n == 0)
        return refuse(rq, SMSPARTNER_VERIFY_55, STR("phoneNumbers holds nothing but separators."));
    for (size_t i = 0; i < t->n; i++) {
        if (joined(t->raw[i]))
            return refuse(
                rq, SMSPARTNER_VERIFY_19,
                arena_printf(rq->arena, "\"%.*s\" is more than one number.", STR_ARG(t->raw[i])));
    }
    if (t->n > PARTNER_NUMBERS_MAX)
        return refuse(rq, SMSPARTNER_VERIFY_50,
                      arena_printf(rq->arena, "phoneNumbers names %zu numbers.", t->n));
    return PASS;
}
