#include "mockd/providers/smspartner/send.h"

/* POST /v1/sondage/to/send: the survey, which only the web console makes, brings the text. */
const struct param k_survey_params[SEND__COUNT] = {
    [SEND_NUMBERS] = {.name = STR_INIT("phoneNumbers"),
                      .on_missing = &k_smspartner_errors[SMSPARTNER_SEND_2]},
    [SEND_SURVEY] = {.name = STR_INIT("sondageIdent")},
    [SEND_RANGE] = {.name = STR_INIT("gamme"), .alias = STR_INIT("range")},
    [SEND_TAG] = {.name = STR_INIT("tag")},
    [SEND_DATE] = {.name = STR_INIT("scheduledDeliveryDate")},
    [SEND_TIME] = {.name = STR_INIT("time")},
    [SEND_MINUTE] = {.name = STR_INIT("minute")},
};

/* A survey of an account is "ident", or "ident=its text". False when there is none of that name. */
static bool survey_text(struct rq *rq, struct str ident, struct str *text)
{
    const struct str_list *all = &rq->account->surveys;
    for (size_t i = 0; i < all->n; i++) {
        const size_t eq = str_find_char(all->v[i], '=');
        if (!str_eq((struct str){all->v[i].p, eq}, ident))
            continue;
        *text = eq < all->v[i].n
                    ? str_from(all->v[i], eq + 1)
                    : arena_printf(rq->arena, "Your opinion counts. Answer the survey %.*s",
                                   STR_ARG(ident));
        return true;
    }
    return false;
}

static enum verdict check_survey(struct rq *rq)
{
    struct send *s = send_of(rq);
    const struct str ident = rq_text(rq, SEND_SURVEY);
    struct str text;
    if (ident.n && survey_text(rq, ident, &text)) {
        s->text = send_read_text(rq, s, text);
        return PASS;
    }
    rq_refuse_why(
        rq, &k_smspartner_errors[SMSPARTNER_SEND_4],
        ident.n ? arena_printf(rq->arena, "The account has no survey \"%.*s\".", STR_ARG(ident))
                : STR("The sondageIdent is missing or empty."));
    return STOP;
}

step_fn *const k_survey_checks[] = {
    send_check_recipients,    check_survey,
    send_check_survey_fields, send_check_hour,
    send_check_day,           send_check_twice,
    send_check_stopped,       send_check_range,
    send_check_range_length,  send_check_length,
    send_check_prices,        send_check_credit,
    send_check_queue,         NULL,
};
