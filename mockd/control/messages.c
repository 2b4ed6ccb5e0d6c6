#include "mockd/control/internal.h"

enum { LIST_MAX = 50000, ERR_CODE_UNKNOWN = 1 };

/* Accounts by that key, of one realm or of both; how many. */
static size_t accounts_with(struct rq *rq,
                            struct str provider,
                            struct str key,
                            struct account **out)
{
    size_t n = 0;
    for (int realm = 0; realm < REALM__COUNT; realm++) {
        struct account *acc = accounts_find(rq->session->accounts, (enum account_realm)realm, key);
        if (acc && (!provider.p || (int)control_realm(provider) == realm)) {
            *out = acc;
            n++;
        }
    }
    return n;
}

/* False: answered, or *nothing set because no message can fit. */
static bool read_filter(struct rq *rq, struct message_filter *f, bool *nothing)
{
    struct account *acc = NULL;
    const struct str key = inputs_get(&rq->in, STR("account")).text;
    const struct str provider = inputs_get(&rq->in, STR("provider")).text;
    int64_t limit = 100;
    if (!control_check_provider(rq, provider) ||
        !control_query_int(rq, STR("before"), INT64_MAX, &f->before_id) ||
        !control_query_int(rq, STR("limit"), LIST_MAX, &limit))
        return false;
    f->limit = (size_t)limit;
    f->recipient = control_query(rq, STR("to"));
    f->tag = inputs_get(&rq->in, STR("tag")).text;
    if (!key.p)
        return true;
    const size_t n = accounts_with(rq, provider, key, &acc);
    if (n > 1) {
        control_problem(rq, 400,
                        STR("Two providers have an account with this key; add provider=."));
        return false;
    }
    *nothing = n == 0;
    f->account = n ? acc->id : 0;
    return n == 1;
}

static enum err answer_list(struct rq *rq, const struct message *list, size_t n, int64_t total)
{
    out_object_begin(&rq->out, STR("answer"));
    out_array_begin(&rq->out, STR("messages"));
    for (size_t i = 0; i < n; i++)
        control_write_message(rq, STR("message"), &list[i]);
    out_end(&rq->out);
    control_meta(rq, total);
    out_end(&rq->out);
    return ERR_OK;
}

enum err control_list_messages(struct rq *rq)
{
    struct message_filter f = {0};
    struct message *list = NULL;
    size_t n = 0;
    int64_t total = 0;
    bool nothing = false;
    if (!read_filter(rq, &f, &nothing))
        return nothing ? answer_list(rq, NULL, 0, 0) : ERR_OK;
    enum err e =
        f.limit ? store_message_list(rq->session->store, rq->arena, &f, &list, &n) : ERR_OK;
    f.before_id = 0;
    if (e == ERR_OK)
        e = store_message_matching(rq->session->store, &f, &total);
    return e == ERR_OK ? answer_list(rq, list, n, total) : e;
}

/* The message that the path names. ERR_NOT_FOUND: answered. */
static enum err named(struct rq *rq, struct message *m)
{
    uint64_t id = 0;
    enum err e = ERR_NOT_FOUND;
    if (str_to_uint(rq->path_arg[0], INT64_MAX, &id))
        e = store_message_get(rq->session->store, rq->arena, (int64_t)id, m);
    if (e == ERR_NOT_FOUND)
        control_problem(rq, 404,
                        arena_printf(rq->arena, "There is no message \"%.*s\" in session \"%.*s\".",
                                     STR_ARG(rq->path_arg[0]), STR_ARG(rq->session->id)));
    return e;
}

enum err control_get_message(struct rq *rq)
{
    struct message m;
    const enum err e = named(rq, &m);
    if (e == ERR_OK)
        control_write_message(rq, STR("message"), &m);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err control_delete_messages(struct rq *rq)
{
    int64_t n = 0;
    enum err e = store_message_count(rq->session->store, &n);
    if (e == ERR_OK)
        e = store_message_clear(rq->session->store);
    if (e != ERR_OK)
        return e;
    rq->session->messages = 0;
    return control_deleted(rq, n);
}

struct forced {
    struct str status;
    int64_t code;
};

#define MEMBER(wire, member, ...)                                                                  \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct forced, member), __VA_ARGS__             \
    }

static const struct field k_fields[] = {
    MEMBER("status", status, .kind = FIELD_TEXT),
    MEMBER("code", code, .kind = FIELD_INT, .min = 0, .max = 999),
};

/* False: answered. */
static bool read_forced(struct rq *rq, enum receipt *receipt, int64_t *code)
{
    struct problem p;
    struct forced f = {.code = -1};
    if (!fields_read(rq->arena, k_fields, sizeof(k_fields) / sizeof(k_fields[0]), rq->in.root, NULL,
                     &f, &p)) {
        control_problem_at(rq, 400, &p);
        return false;
    }
    if (!f.status.p || !message_outcome_from(f.status, receipt)) {
        p = (struct problem){STR("/status"),
                             arena_printf(rq->arena, "must be one of %.*s",
                                          STR_ARG(message_outcome_words(rq->arena)))};
        control_problem_at(rq, 400, &p);
        return false;
    }
    const bool fine = *receipt == RECEIPT_DELIVRD || *receipt == RECEIPT_ACCEPTD ||
                      *receipt == RECEIPT_ENROUTE || *receipt == RECEIPT_PENDING;
    *code = f.code >= 0 ? f.code : fine ? 0 : ERR_CODE_UNKNOWN;
    return true;
}

static int64_t balance_of(const struct rq *rq, int64_t account)
{
    const struct account *acc;
    for (size_t i = 0; (acc = accounts_at(rq->session->accounts, i)); i++) {
        if (acc->id == account)
            return acc->balance_e8;
    }
    return 0; /* deleted: there is no row to change */
}

/* The final receipt comes now, whatever was to come; what still waited is sent on the way. */
enum err control_set_status(struct rq *rq)
{
    struct message m;
    enum receipt receipt;
    int64_t code;
    enum err e = named(rq, &m);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    if (!read_forced(rq, &receipt, &code))
        return ERR_OK;
    if (m.flags & (MESSAGE_CANCELLED | MESSAGE_SANDBOX))
        return control_problem(rq, 409,
                               m.flags & MESSAGE_SANDBOX
                                   ? STR("A sandbox message is never sent, so it has no receipt.")
                                   : STR("The message was cancelled, so it has no receipt."));
    m.receipt = receipt;
    m.err_code = (int)code;
    m.send_ms = m.send_ms < rq->now_ms ? m.send_ms : rq->now_ms;
    m.final_ms = rq->now_ms;
    e = store_message_update(rq->session->store, &m, balance_of(rq, m.account));
    if (e != ERR_OK)
        return e;
    big_lock_changed(&rq->session->lock);
    control_write_message(rq, STR("message"), &m);
    return ERR_OK;
}
