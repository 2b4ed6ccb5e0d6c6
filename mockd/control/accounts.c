#include "mockd/control/internal.h"

enum { DOC_MAX = 2 << 20 };

static enum err write_account(struct rq *rq, const struct account *acc)
{
    out_object_begin(&rq->out, STR("account"));
    const enum err e = accounts_write(rq->session->accounts, rq->arena, &rq->out, acc,
                                      rq->session->settings.show_secrets);
    out_end(&rq->out);
    return e;
}

static struct str provider_query(const struct rq *rq)
{
    return inputs_get(&rq->in, STR("provider")).text;
}

enum err control_list_accounts(struct rq *rq)
{
    struct page page;
    const struct account *acc;
    int64_t total = 0;
    enum err e = ERR_OK;
    const struct str provider = provider_query(rq);
    if (!control_check_provider(rq, provider) || !control_page(rq, &page))
        return ERR_OK;
    out_object_begin(&rq->out, STR("answer"));
    out_array_begin(&rq->out, STR("accounts"));
    for (size_t i = 0; (acc = accounts_at(rq->session->accounts, i)) && e == ERR_OK; i++) {
        if (provider.p && acc->realm != (int)control_realm(provider))
            continue;
        if (total >= page.offset && total < page.offset + page.limit)
            e = write_account(rq, acc);
        total++;
    }
    out_end(&rq->out);
    control_meta(rq, total);
    out_end(&rq->out);
    return e;
}

/* The account that the path names. NULL: answered. */
static struct account *named(struct rq *rq)
{
    struct accounts *all = rq->session->accounts;
    const struct str key = rq->path_arg[0];
    const struct str provider = provider_query(rq);
    if (!control_check_provider(rq, provider))
        return NULL;
    struct account *a = accounts_find(all, REALM_SMSPARTNER, key);
    struct account *b = accounts_find(all, REALM_NEXMO, key);
    if (provider.p && control_realm(provider) == REALM_NEXMO)
        a = NULL;
    if (provider.p && control_realm(provider) == REALM_SMSPARTNER)
        b = NULL;
    if (!a != !b)
        return a ? a : b;
    if (a)
        control_problem(rq, 409,
                        STR("Two providers have an account with this key; add "
                            "?provider=smspartner or ?provider=nexmo."));
    else
        control_problem(rq, 404,
                        arena_printf(rq->arena, "There is no account \"%.*s\"%s%.*s.", STR_ARG(key),
                                     provider.p ? " of " : "", STR_ARG(provider)));
    return NULL;
}

enum err control_get_account(struct rq *rq)
{
    const struct account *acc = named(rq);
    return acc ? write_account(rq, acc) : ERR_OK;
}

/* What a list shows instead of a secret must not become one. */
static bool sends_mask(struct rq *rq, const struct cJSON *doc)
{
    for (size_t i = 0; i < k_account_nfields; i++) {
        if (!k_account_fields[i].secret ||
            !str_eq(json_text(json_get(doc, k_account_fields[i].name)), STR("…")))
            continue;
        struct problem p = {STR(""), STR("is the mask that stands for a secret, not a secret; "
                                         "leave the member out to keep what is there")};
        problem_under(rq->arena, &p, k_account_fields[i].name);
        control_problem_at(rq, 400, &p);
        return true;
    }
    return false;
}

/* Applies doc in one transaction and answers with the account, or says what is wrong. */
static enum err apply(struct rq *rq, const struct cJSON *doc, bool create)
{
    struct session *s = rq->session;
    struct account *acc = NULL;
    struct problem p = {0};
    enum err e = store_begin(s->store);
    if (e == ERR_OK)
        e = store_finish(s->store,
                         accounts_apply(s->accounts, rq->arena, doc, create, rq->now_ms, &acc, &p));
    session_count_limits(s);
    if (e == ERR_BAD_INPUT)
        return control_problem_at(rq, 400, &p);
    if (e == ERR_CONFLICT)
        return control_problem(rq, 409, STR("An account with this key exists; PATCH changes it."));
    if (e == ERR_TOO_LARGE)
        return control_problem(rq, 409,
                               STR("The session has as many accounts as it can, or this "
                                   "one is larger than 1 MB."));
    if (e != ERR_OK)
        return e;
    if (create) {
        rq->status = 201;
        rq_reply_header(rq, STR("Location"),
                        arena_printf(rq->arena, "/__admin/accounts/%.*s", STR_ARG(acc->key)));
    }
    return write_account(rq, acc);
}

enum err control_add_account(struct rq *rq)
{
    const struct problem missing = {
        STR("/provider"), STR("is required: \"smspartner\" (for its three products) or \"nexmo\"")};
    if (!json_get(rq->in.root, STR("provider")))
        return control_problem_at(rq, 400, &missing);
    return sends_mask(rq, rq->in.root) ? ERR_OK : apply(rq, rq->in.root, true);
}

/* True when doc names another key or provider than the path: an account cannot be renamed. */
static bool renames(struct rq *rq, const struct cJSON *doc, const struct account *acc)
{
    const struct {
        struct str name, is;
    } fixed[] = {
        {STR("provider"), str_from_cstr(k_realm_words[acc->realm])},
        {STR("key"), acc->key},
    };
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        const struct cJSON *given = json_get(doc, fixed[i].name);
        if (!given || str_eq(json_text(given), fixed[i].is))
            continue;
        struct problem p = {STR(""), arena_printf(rq->arena, "cannot change: it is \"%.*s\"",
                                                  STR_ARG(fixed[i].is))};
        problem_under(rq->arena, &p, fixed[i].name);
        control_problem_at(rq, 400, &p);
        return true;
    }
    return false;
}

/* doc with the account's identity in it, which stands in the path. */
static const struct cJSON *with_identity(struct rq *rq,
                                         const struct cJSON *doc,
                                         const struct account *acc)
{
    struct buf text;
    enum json_fault fault;
    size_t at;
    buf_init(&text, DOC_MAX);
    buf_add(&text, STR("{\"provider\":"));
    json_quote(&text, str_from_cstr(k_realm_words[acc->realm]));
    buf_add(&text, STR(",\"key\":"));
    json_quote(&text, acc->key);
    for (const struct cJSON *m = json_first(doc); m; m = json_next(m)) {
        buf_add_char(&text, ',');
        json_quote(&text, json_name(m));
        buf_add_char(&text, ':');
        json_print(rq->arena, &text, m);
    }
    buf_add_char(&text, '}');
    const struct cJSON *made =
        text.overflowed ? NULL : json_parse(rq->arena, buf_view(&text), &fault, &at);
    buf_release(&text);
    return made;
}

enum err control_patch_account(struct rq *rq)
{
    const struct account *acc = named(rq);
    if (!acc || sends_mask(rq, rq->in.root) || renames(rq, rq->in.root, acc))
        return ERR_OK;
    const struct cJSON *doc = with_identity(rq, rq->in.root, acc);
    return doc ? apply(rq, doc, false) : ERR_TOO_LARGE;
}

enum err control_delete_account(struct rq *rq)
{
    struct account *acc = named(rq);
    if (!acc)
        return ERR_OK;
    rates_forget(&rq->session->rates, (uint64_t)acc->id); /* its id may be given out again */
    const enum err e = accounts_delete(rq->session->accounts, acc);
    session_count_limits(rq->session);
    return e == ERR_OK ? control_deleted(rq, 1) : e;
}
