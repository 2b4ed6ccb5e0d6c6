#include "mockd/providers/smspartner/group.h"

#include "mockd/base/utf8.h"
#include "mockd/domain/civil.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"

/* Groups of contacts (smspartner.md 5.5). */
const struct param k_group_add_params[GROUP_ADD__COUNT] = {
    [GROUP_NAME] = {.name = STR_INIT("name"),
                    .on_missing = &k_smspartner_errors[SMSPARTNER_GROUP_ADD_1]},
};

const struct param k_group_delete_params[GROUP_DELETE__COUNT] = {
    [GROUP_ID] = {.name = STR_INIT("groupId"),
                  .on_missing = &k_smspartner_errors[SMSPARTNER_GROUP_1]},
};

enum { GROUPS_MAX = 1000, NAME_MAX = 255, MINUTE_S = 60, HOUR_S = 3600 };

struct str group_date(struct arena *a, int64_t ms)
{
    const struct civil c = civil_paris(ms);
    const int offset_s = civil_paris_offset_s(ms);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+%02d:%02d", c.year, c.month, c.day,
                        c.hour, c.minute, c.second, offset_s / HOUR_S,
                        offset_s % HOUR_S / MINUTE_S);
}

/* ---- add ------------------------------------------------------------------------ */

static enum verdict check_name(struct rq *rq)
{
    if (str_trim(rq_text(rq, GROUP_NAME)).n == 0)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_GROUP_ADD_1]);
    return PASS;
}

step_fn *const k_group_add_checks[] = {check_name, NULL};

enum err smspartner_group_add(struct rq *rq)
{
    struct out *o = &rq->out;
    struct store *store = rq->session->store;
    struct contact_group *list;
    size_t n;
    struct contact_group row = {
        .name = utf8_cut(str_trim(rq_text(rq, GROUP_NAME)), NAME_MAX),
        .created_ms = rq->now_ms,
    };
    enum err e = store_group_list(store, rq->arena, rq->account->id, &list, &n);
    if (e != ERR_OK)
        return e;
    if (n >= GROUPS_MAX)
        return rq_refuse_why(
            rq, &k_smspartner_errors[SMSPARTNER_SEND_500],
            arena_printf(rq->arena, "An account has %d groups here at most.", GROUPS_MAX));
    e = store_group_add(store, rq->account->id, &row);
    if (e != ERR_OK)
        return e;
    partner_begin(rq);
    out_bool(o, STR("success"), true);
    out_int(o, STR("code"), 2); /* the service's own success code here */
    out_str(o, STR("name"), row.name);
    out_str(o, STR("groupId"), arena_int(rq->arena, row.id));
    partner_end(rq);
    return ERR_OK;
}

/* ---- delete --------------------------------------------------------------------- */

enum verdict group_check(struct rq *rq, struct str id, struct contact_group *out)
{
    uint64_t number = 0;
    if (str_to_uint(id, INT64_MAX, &number) &&
        store_group_get(rq->session->store, rq->arena, rq->account->id, (int64_t)number, out) ==
            ERR_OK)
        return PASS;
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_GROUP_404],
                  arena_printf(rq->arena, "This account has no group \"%.*s\".", STR_ARG(id)));
    return STOP;
}

static enum verdict check_group(struct rq *rq)
{
    rq->work = arena_new(rq->arena, struct contact_group);
    return group_check(rq, rq_text(rq, GROUP_ID), rq->work);
}

step_fn *const k_group_delete_checks[] = {check_group, NULL};

enum err smspartner_group_delete(struct rq *rq)
{
    const struct contact_group *group = rq->work;
    const enum err e = store_group_delete(rq->session->store, rq->account->id, group->id);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    partner_end(rq);
    return ERR_OK;
}

/* ---- list ----------------------------------------------------------------------- */

enum err smspartner_group_list(struct rq *rq)
{
    struct out *o = &rq->out;
    struct contact_group *list;
    size_t n;
    const enum err e = store_group_list(rq->session->store, rq->arena, rq->account->id, &list, &n);
    if (e != ERR_OK)
        return e;
    partner_begin(rq);
    out_bool(o, STR("success"), true);
    out_array_begin(o, STR("groups"));
    for (size_t i = 0; i < n; i++) {
        out_object_begin(o, STR("group"));
        out_str(o, STR("id"), arena_int(rq->arena, list[i].id));
        out_str(o, STR("name"), list[i].name);
        out_str(o, STR("createdAt"), group_date(rq->arena, list[i].created_ms));
        out_bool(o, STR("isSpecialFile"), false);
        out_bool(o, STR("isLocationFile"), false);
        out_end(o);
    }
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}
