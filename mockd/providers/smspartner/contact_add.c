#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/contact_line.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/group.h"

/* POST /v1/contact/add: one contact, or a list whose lines are judged one by one. */
const struct param k_contact_add_params[CONTACT_ADD__COUNT] = {
    [CONTACT_ADD_GROUP] = {.name = STR_INIT("groupId"),
                           .on_missing = &k_smspartner_errors[SMSPARTNER_GROUP_1]},
    [CONTACT_ADD_ONE] = {.name = STR_INIT("contact")},
    [CONTACT_ADD_LIST] = {.name = STR_INIT("contactsList")},
};

/* What bounds the contacts of an account. */
enum { CONTACTS_MAX = 50000 };

struct addition {
    struct contact_group group;
    struct contact_line *lines;
    int64_t *ids; /* of the lines that were taken in */
    size_t n;
    bool batch;
};

/* ---- reading ---------------------------------------------------------------- */

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

static void read_lines(struct rq *rq, struct addition *a, const struct cJSON *first)
{
    a->lines = arena_array(rq->arena, struct contact_line, a->n);
    a->ids = arena_array(rq->arena, int64_t, a->n);
    for (size_t i = 0; i < a->n; i++, first = json_next(first))
        a->lines[i] = contact_line_read(rq->arena, first, true);
}

static enum verdict check_one(struct rq *rq, struct addition *a, const struct cJSON *one)
{
    a->n = 1;
    read_lines(rq, a, one);
    if (a->lines[0].fault == CONTACT_GOOD)
        return PASS;
    return refuse(rq, SMSPARTNER_CONTACT_2, contact_line_why(rq->arena, &a->lines[0]));
}

static enum verdict check_info(struct rq *rq)
{
    struct addition *a = arena_new(rq->arena, struct addition);
    const struct cJSON *one = partner_nested(rq->arena, rq->param[CONTACT_ADD_ONE]);
    const struct cJSON *list = partner_nested(rq->arena, rq->param[CONTACT_ADD_LIST]);
    rq->work = a;
    if (json_kind(one) == JSON_OBJECT)
        return check_one(rq, a, one);
    a->batch = true;
    a->n = json_kind(list) == JSON_ARRAY ? json_count(list) : 0;
    if (a->n == 0)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_CONTACT_2]);
    if (a->n > PARTNER_NUMBERS_MAX)
        return refuse(rq, SMSPARTNER_SEND_50,
                      arena_printf(rq->arena, "The contactsList has %zu lines.", a->n));
    read_lines(rq, a, json_first(list));
    return PASS;
}

static enum verdict check_group(struct rq *rq)
{
    struct addition *a = rq->work;
    return group_check(rq, rq_text(rq, CONTACT_ADD_GROUP), &a->group);
}

static enum verdict check_room(struct rq *rq)
{
    const struct addition *a = rq->work;
    int64_t total = 0;
    if (store_contact_count(rq->session->store, rq->account->id, 0, &total) == ERR_OK &&
        total + (int64_t)a->n <= CONTACTS_MAX)
        return PASS;
    return refuse(
        rq, SMSPARTNER_SEND_500,
        arena_printf(rq->arena, "An account has %d contacts here at most.", CONTACTS_MAX));
}

step_fn *const k_contact_add_checks[] = {check_info, check_group, check_room, NULL};

/* ---- taking in ---------------------------------------------------------------- */

static bool earlier(const struct addition *a, size_t i)
{
    const struct str number = a->lines[i].text[CONTACT_NUMBER];
    for (size_t k = 0; k < i; k++) {
        if (a->ids[k] && str_eq(a->lines[k].text[CONTACT_NUMBER], number))
            return true;
    }
    return false;
}

/* Sets the line's fault, or its id when it was taken in. */
static enum err take(struct rq *rq, struct addition *a, size_t i)
{
    struct contact_line *line = &a->lines[i];
    struct contact row = {
        .account = rq->account->id, .group = a->group.id, .created_ms = rq->now_ms};
    bool stopped = false;
    enum err e = ERR_OK;
    if (line->fault != CONTACT_GOOD)
        return ERR_OK;
    if (a->batch)
        e = store_stop_has(rq->session->store, row.account, line->text[CONTACT_NUMBER], &stopped);
    if (stopped)
        line->fault = CONTACT_STOPPED;
    if (stopped || e != ERR_OK)
        return e;
    memcpy(row.text, line->text, sizeof(row.text));
    e = store_contact_add(rq->session->store, &row);
    if (e == ERR_OK)
        a->ids[i] = row.id;
    if (e == ERR_CONFLICT)
        line->fault = earlier(a, i) ? CONTACT_TWICE : CONTACT_IN_GROUP;
    return e == ERR_CONFLICT ? ERR_OK : e;
}

static enum err take_all(struct rq *rq, struct addition *a)
{
    enum err e = store_begin(rq->session->store);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < a->n && e == ERR_OK; i++)
        e = take(rq, a, i);
    return store_finish(rq->session->store, e);
}

/* ---- the answer ---------------------------------------------------------------- */

/* What a refused line is told, and under which name the report counts it. */
static const struct {
    struct str counter;
    enum smspartner_error code;
} k_faults[CONTACT__FAULTS] = {
    [CONTACT_STOPPED] = {STR_INIT("stopSms"), SMSPARTNER_SEND_14},
    [CONTACT_BAD_NUMBER] = {STR_INIT("invalidePhone"), SMSPARTNER_STOP_SMS_9},
    [CONTACT_TWICE] = {STR_INIT("duplicatePhone"), SMSPARTNER_CONTACT_15},
    [CONTACT_IN_GROUP] = {STR_INIT("allreadyInGroupe"), SMSPARTNER_CONTACT_15},
    [CONTACT_BAD_URL] = {STR_INIT("urlInvalide"), SMSPARTNER_CONTACT_2},
    [CONTACT_BAD_DATE] = {STR_INIT("dateInvalide"), SMSPARTNER_CONTACT_2},
    [CONTACT_EMPTY] = {STR_INIT("empty"), SMSPARTNER_CONTACT_2},
};

static void write_result(struct rq *rq, const struct addition *a, size_t i)
{
    struct out *o = &rq->out;
    const struct contact_line *line = &a->lines[i];
    const struct catalogue_entry *e = &k_smspartner_errors[k_faults[line->fault].code];
    const bool good = line->fault == CONTACT_GOOD;
    out_object_begin(o, STR("result"));
    out_bool(o, STR("success"), good);
    out_int(o, STR("code"), good ? 200 : e->code);
    out_str(o, STR("phoneNumber"), line->text[CONTACT_NUMBER]);
    if (good)
        out_str(o, STR("contactId"), arena_int(rq->arena, a->ids[i]));
    else
        out_str(o, STR("message"), partner_message(rq, e));
    out_end(o);
}

static int64_t count(const struct addition *a, enum contact_fault fault)
{
    int64_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        n += a->lines[i].fault == fault;
    return n;
}

static void write_report(struct rq *rq, const struct addition *a)
{
    struct out *o = &rq->out;
    out_object_begin(o, STR("rapport"));
    out_int(o, STR("nbline"), (int64_t)a->n);
    out_int(o, STR("nbline_imported"), count(a, CONTACT_GOOD));
    out_int(o, STR("nbline_updated"), 0);
    out_object_begin(o, STR("errors"));
    for (int i = CONTACT_GOOD + 1; i < CONTACT__FAULTS; i++)
        out_int(o, k_faults[i].counter, count(a, (enum contact_fault)i));
    out_int(o, STR("unactivated"), 0);
    out_int(o, STR("dateInvalid"), 0); /* documented beside dateInvalide, never counted */
    out_end(o);
    out_end(o);
}

static void write_batch(struct rq *rq, const struct addition *a)
{
    struct out *o = &rq->out;
    partner_begin(rq);
    out_object_begin(o, STR("groupe"));
    out_str(o, STR("name"), a->group.name);
    out_str(o, STR("token"), arena_int(rq->arena, a->group.id));
    out_end(o);
    out_array_begin(o, STR("results"));
    for (size_t i = 0; i < a->n; i++)
        write_result(rq, a, i);
    out_end(o);
    write_report(rq, a);
    partner_end(rq);
}

enum err smspartner_contact_add(struct rq *rq)
{
    struct addition *a = rq->work;
    const enum err e = take_all(rq, a);
    if (e != ERR_OK)
        return e;
    if (a->batch) {
        write_batch(rq, a);
        return ERR_OK;
    }
    if (a->lines[0].fault != CONTACT_GOOD)
        return rq_refuse(rq, &k_smspartner_errors[SMSPARTNER_CONTACT_15]);
    partner_success(rq);
    out_object_begin(&rq->out, STR("contact"));
    contact_line_write(&rq->out, &a->lines[0]);
    out_str(&rq->out, STR("contactId"), arena_int(rq->arena, a->ids[0]));
    out_end(&rq->out);
    partner_end(rq);
    return ERR_OK;
}
