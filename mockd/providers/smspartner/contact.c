#include "mockd/providers/partner/amount.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/contact_line.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/group.h"

/* One contact: change, delete, look at, and the list of a group (smspartner.md 5.5). */
const struct param k_contact_update_params[UPDATE__COUNT] = {
    [UPDATE_ID] = {.name = STR_INIT("contactId"),
                   .on_missing = &k_smspartner_errors[SMSPARTNER_CONTACT_1]},
    [UPDATE_CONTACT] = {.name = STR_INIT("contact"),
                        .on_missing = &k_smspartner_errors[SMSPARTNER_CONTACT_2]},
};

const struct param k_contact_id_params[CONTACT_ID__COUNT] = {
    [CONTACT_ID] = {.name = STR_INIT("contactId"),
                    .on_missing = &k_smspartner_errors[SMSPARTNER_CONTACT_1]},
};

const struct param k_contact_list_params[CONTACT_LIST__COUNT] = {
    [CONTACT_LIST_GROUP] = {.name = STR_INIT("groupId"),
                            .on_missing = &k_smspartner_errors[SMSPARTNER_GROUP_1]},
    [CONTACT_LIST_PAGE] = {.name = STR_INIT("page")},
};

enum { PAGE_SIZE = 20 };

/* What an endpoint is about. */
struct subject {
    struct contact contact;
    struct contact_group group;
    struct contact_line line;
};

static enum verdict find(struct rq *rq, struct str id, struct subject *s)
{
    uint64_t number = 0;
    rq->work = s;
    if (str_to_uint(id, INT64_MAX, &number) &&
        store_contact_get(rq->session->store, rq->arena, rq->account->id, (int64_t)number,
                          &s->contact) == ERR_OK)
        return PASS;
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_CONTACT_404],
                  arena_printf(rq->arena, "This account has no contact \"%.*s\".", STR_ARG(id)));
    return STOP;
}

/* The first parameter of each of them is the contact's id. */
static enum verdict check_contact(struct rq *rq)
{
    return find(rq, rq_text(rq, CONTACT_ID), arena_new(rq->arena, struct subject));
}

step_fn *const k_contact_id_checks[] = {check_contact, NULL};

/* ---- update ------------------------------------------------------------------ */

static enum verdict check_update(struct rq *rq)
{
    struct subject *s = arena_new(rq->arena, struct subject);
    const struct cJSON *object = partner_nested(rq->arena, rq->param[UPDATE_CONTACT]);
    s->line = contact_line_read(rq->arena, object, false);
    if (s->line.fault != CONTACT_GOOD) {
        rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_CONTACT_2],
                      contact_line_why(rq->arena, &s->line));
        return STOP;
    }
    return find(rq, rq_text(rq, UPDATE_ID), s);
}

step_fn *const k_contact_update_checks[] = {check_update, NULL};

enum err smspartner_contact_update(struct rq *rq)
{
    struct subject *s = rq->work;
    for (size_t i = 0; i < CONTACT__TEXTS; i++) {
        if (s->line.given[i])
            s->contact.text[i] = s->line.text[i];
    }
    const enum err e = store_contact_update(rq->session->store, &s->contact);
    if (e == ERR_CONFLICT)
        return rq_refuse(rq, &k_smspartner_errors[SMSPARTNER_CONTACT_15]);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_object_begin(&rq->out, STR("contact"));
    contact_line_write(&rq->out, &s->line);
    out_str(&rq->out, STR("contactId"), arena_int(rq->arena, s->contact.id));
    out_end(&rq->out);
    partner_end(rq);
    return ERR_OK;
}

/* ---- delete ------------------------------------------------------------------ */

enum err smspartner_contact_delete(struct rq *rq)
{
    const struct subject *s = rq->work;
    const enum err e = store_contact_delete(rq->session->store, rq->account->id, s->contact.id);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    partner_end(rq);
    return ERR_OK;
}

/* ---- detail and list ----------------------------------------------------------- */

static const struct {
    struct str name;
    enum contact_text text;
} k_shown[] = {
    {STR_INIT("phone"), CONTACT_NUMBER},       {STR_INIT("firstname"), CONTACT_FIRSTNAME},
    {STR_INIT("lastname"), CONTACT_LASTNAME},  {STR_INIT("url"), CONTACT_URL},
    {STR_INIT("shortUrl"), CONTACT_SHORT_URL}, {STR_INIT("date"), CONTACT_DATE},
    {STR_INIT("custom1"), CONTACT_CUSTOM1},    {STR_INIT("custom2"), CONTACT_CUSTOM2},
    {STR_INIT("custom3"), CONTACT_CUSTOM3},    {STR_INIT("custom4"), CONTACT_CUSTOM4},
};

/* The members of the open object, without its group. */
static enum err write_contact(struct rq *rq, const struct contact *c)
{
    struct out *o = &rq->out;
    bool stopped = false;
    const enum err e =
        store_stop_has(rq->session->store, rq->account->id, c->text[CONTACT_NUMBER], &stopped);
    out_str(o, STR("contactId"), arena_int(rq->arena, c->id));
    for (size_t i = 0; i < sizeof(k_shown) / sizeof(k_shown[0]); i++)
        out_str(o, k_shown[i].name, c->text[k_shown[i].text]);
    out_str(o, STR("createdAt"), group_date(rq->arena, c->created_ms));
    out_bool(o, STR("stopSms"), stopped);
    return e;
}

enum err smspartner_contact_detail(struct rq *rq)
{
    const struct subject *s = rq->work;
    partner_success(rq);
    out_object_begin(&rq->out, STR("contact"));
    const enum err e = write_contact(rq, &s->contact);
    out_int(&rq->out, STR("groupId"), s->contact.group);
    out_end(&rq->out);
    partner_end(rq);
    return e;
}

static enum verdict check_group(struct rq *rq)
{
    struct subject *s = arena_new(rq->arena, struct subject);
    rq->work = s;
    return group_check(rq, rq_text(rq, CONTACT_LIST_GROUP), &s->group);
}

step_fn *const k_contact_list_checks[] = {check_group, NULL};

enum err smspartner_contact_list(struct rq *rq)
{
    const struct subject *s = rq->work;
    struct store *store = rq->session->store;
    const int64_t page = partner_page(rq_text(rq, CONTACT_LIST_PAGE));
    struct contact *rows = NULL;
    size_t n = 0;
    int64_t total = 0;
    enum err e = store_contact_count(store, rq->account->id, s->group.id, &total);
    if (e == ERR_OK)
        e = store_contact_list(store, rq->arena, rq->account->id, s->group.id, PAGE_SIZE,
                               (page - 1) * PAGE_SIZE, &rows, &n);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(&rq->out, STR("currentPage"), page);
    out_str(&rq->out, STR("total"), arena_int(rq->arena, total));
    out_array_begin(&rq->out, STR("datas"));
    for (size_t i = 0; i < n && e == ERR_OK; i++) {
        out_object_begin(&rq->out, STR("contact"));
        e = write_contact(rq, &rows[i]);
        out_end(&rq->out);
    }
    out_end(&rq->out);
    partner_end(rq);
    return e;
}
