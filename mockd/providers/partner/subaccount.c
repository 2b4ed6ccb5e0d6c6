#include "mockd/providers/partner/subaccount.h"

#include "mockd/base/check.h"
#include "mockd/domain/civil.h"
#include "mockd/domain/money.h"
#include "mockd/providers/partner/amount.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"

const struct param k_subaccount_create_params[CREATE__COUNT] = {
    [CREATE_TYPE] = {.name = STR_INIT("type")},
    [CREATE_PARAMETERS] = {.name = STR_INIT("parameters")},
};

const struct param k_subaccount_remove_params[REMOVE__COUNT] = {
    [REMOVE_TOKEN] = {.name = STR_INIT("token")},
};

const struct param k_subaccount_list_params[SUBACCOUNTS__COUNT] = {
    [SUBACCOUNTS_PAGE] = {.name = STR_INIT("page")},
};

const struct param k_subaccount_credit_params[CREDIT__COUNT] = {
    [CREDIT_AMOUNT] = {.name = STR_INIT("credit")},
    [CREDIT_TOKEN] = {.name = STR_INIT("tokenSubaccount")},
};

enum { PAGE_SIZE = 20 };

static struct str token_of(const struct rq *rq, int64_t id)
{
    return partner_id(rq->arena, rq->session, PARTNER_ID_SUBACCOUNT, id);
}

static bool given(struct value v)
{
    return v.text.n > 0 || json_kind(v.node) >= JSON_ARRAY;
}

/* ---- who may ---------------------------------------------------------------- */

static enum verdict check_allowed(struct rq *rq)
{
    struct subaccount own;
    if (!(rq->account->flags & ACCOUNT_SUBACCOUNTS_ENABLED))
        return partner_stop(rq, STR("2"), STR("The account's flag subaccountsEnabled is off."));
    if (store_subaccount_of(rq->session->store, rq->arena, rq->account->id, &own) == ERR_OK)
        return partner_stop(rq, STR("2"), STR("The apiKey is that of a sub-account."));
    return PASS;
}

step_fn *const k_subaccount_list_checks[] = {check_allowed, NULL};

/* ---- creation ----------------------------------------------------------------- */

/* What is asked for, in rq->work. */
struct creation {
    const struct cJSON *parameters; /* NULL: none */
    struct str type, email;
    bool advanced;
    int64_t credit_e8;
};

static struct str parameter(const struct rq *rq, const struct creation *c, struct str name)
{
    return str_trim(json_scalar(rq->arena, json_get(c->parameters, name)));
}

static enum verdict check_type(struct rq *rq)
{
    struct creation *c = arena_new(rq->arena, struct creation);
    const struct cJSON *parameters = partner_nested(rq->arena, rq->param[CREATE_PARAMETERS]);
    rq->work = c;
    c->parameters = json_kind(parameters) == JSON_OBJECT ? parameters : NULL;
    c->type = str_trim(rq_text(rq, CREATE_TYPE));
    c->email = parameter(rq, c, STR("email"));
    c->advanced = str_eq(c->type, STR("advanced"));
    if (c->type.n == 0 && json_kind(rq->param[CREATE_TYPE].node) < JSON_ARRAY)
        return partner_stop(rq, STR("4"), (struct str){0});
    if (!c->advanced && !str_eq(c->type, STR("simple")))
        return partner_stop(
            rq, STR("5"), arena_printf(rq->arena, "There is no type \"%.*s\".", STR_ARG(c->type)));
    return PASS;
}

static bool email_taken(const struct rq *rq, struct str email)
{
    const struct account *acc;
    for (size_t i = 0; (acc = accounts_at(rq->session->accounts, i)); i++) {
        if (acc->realm == REALM_SMSPARTNER && str_eq_nocase(acc->email, email))
            return true;
    }
    return false;
}

static enum verdict check_email(struct rq *rq)
{
    const struct creation *c = rq->work;
    if (c->email.n == 0)
        return c->advanced ? partner_stop(rq, STR("6"), (struct str){0}) : PASS;
    if (email_taken(rq, c->email))
        return partner_stop(
            rq, STR("7"),
            arena_printf(rq->arena, "%.*s is an account's email already.", STR_ARG(c->email)));
    return PASS;
}

static enum verdict check_buyer(struct rq *rq)
{
    const struct creation *c = rq->work;
    if (c->advanced && parameter(rq, c, STR("isBuyer")).n == 0)
        return partner_stop(rq, STR("3"), (struct str){0});
    return PASS;
}

static enum verdict stop_short(struct rq *rq, struct str code, int64_t has_e8, const char *whose)
{
    const struct str has = money_text(rq->arena, has_e8, 3);
    return partner_stop(
        rq, code,
        arena_printf(rq->arena, "The balance of the %s is %.*s EUR.", whose, STR_ARG(has)));
}

static enum verdict check_credit(struct rq *rq)
{
    struct creation *c = rq->work;
    const struct cJSON *credit = json_get(c->parameters, STR("creditToAttribute"));
    if (json_kind(credit) <= JSON_NULL)
        return PASS;
    const struct str text = json_scalar(rq->arena, credit);
    if (!partner_amount(text, &c->credit_e8) || c->credit_e8 == 0)
        return partner_stop(rq, STR("8"), (struct str){0});
    if (rq->account->balance_e8 <= 0)
        return stop_short(rq, STR("9"), rq->account->balance_e8, "account");
    if (c->credit_e8 > rq->account->balance_e8)
        return stop_short(rq, STR("11"), rq->account->balance_e8, "account");
    return PASS;
}

step_fn *const k_subaccount_create_checks[] = {check_allowed, check_type,   check_email,
                                               check_buyer,   check_credit, NULL};

/* "1234567@smspartner.fr": nobody's yet. */
static struct str made_up_email(const struct rq *rq, int64_t id)
{
    struct str email;
    uint64_t n = session_mix(rq->session, UINT64_C(0x656D61696C) ^ (uint64_t)id << 8);
    do {
        email = arena_printf(rq->arena, "%07d@%.*s.fr", (int)(n % 10000000),
                             STR_ARG(rq->provider->name));
        n++;
    } while (email_taken(rq, email));
    return email;
}

static struct str made_up_key(const struct rq *rq, int64_t id)
{
    unsigned long long part[3];
    for (size_t i = 0; i < 3; i++)
        part[i] = session_mix(rq->session, UINT64_C(0x6B6579) ^ (uint64_t)id << 8 ^ i << 32);
    return arena_printf(rq->arena, "%016llX%016llX%08llX", part[0], part[1], part[2] & 0xFFFFFFFF);
}

/* An account that may do what its parent may, and has nothing yet. */
static struct account child_of(const struct rq *rq, const struct creation *c, int64_t id)
{
    struct account child = *rq->account;
    child.key = made_up_key(rq, id);
    child.email = c->email.n ? c->email : made_up_email(rq, id);
    child.firstname = parameter(rq, c, STR("firstname"));
    child.lastname = parameter(rq, c, STR("lastname"));
    child.balance_e8 = c->credit_e8;
    child.ip_allowlist = (struct str_list){0};
    child.virtual_numbers = (struct str_list){0};
    child.disabled_numbers = (struct str_list){0};
    child.surveys = (struct str_list){0};
    child.voice_senders = (struct str_list){0};
    child.audio_files = (struct str_list){0};
    child.url_dlr = (struct str){0};
    child.url_response = (struct str){0};
    return child;
}

/* Within a transaction; sets row's id and *out. */
static enum err make(struct rq *rq,
                     const struct creation *c,
                     struct subaccount *row,
                     struct account **out)
{
    struct store *store = rq->session->store;
    const struct account *parent = rq->account;
    enum err e = store_subaccount_next_id(store, &row->id);
    if (e != ERR_OK)
        return e;
    const struct account child = child_of(rq, c, row->id);
    e = accounts_clone(rq->session->accounts, &child, child.key, out);
    if (e != ERR_OK)
        return e;
    row->account = (*out)->id;
    e = store_subaccount_add(store, row);
    if (e == ERR_OK)
        e = store_account_balance(store, parent->id, parent->balance_e8 - c->credit_e8);
    return e;
}

static void write_created(struct rq *rq,
                          const struct creation *c,
                          const struct subaccount *row,
                          const struct account *child)
{
    struct out *o = &rq->out;
    CHECK(child);
    partner_success(rq);
    out_object_begin(o, STR("subaccount"));
    out_str(o, STR("email"), child->email);
    out_str(o, STR("token"), token_of(rq, row->id));
    out_end(o);
    if (c->advanced)
        out_str(o, STR("sendConfirmMailTo"), child->email);
    out_str(o, STR("parent_email"), rq->account->email.p ? rq->account->email : STR(""));
    partner_end(rq);
}

enum err partner_subaccount_create(struct rq *rq)
{
    const struct creation *c = rq->work;
    struct store *store = rq->session->store;
    struct account *child = NULL;
    struct subaccount row = {
        .parent = rq->account->id,
        .type = c->type,
        .title = parameter(rq, c, STR("title")),
        .is_buyer = partner_flag(parameter(rq, c, STR("isBuyer"))),
        .created_ms = rq->now_ms,
    };
    enum err e = store_begin(store);
    if (e == ERR_OK)
        e = store_finish(store, make(rq, c, &row, &child));
    if (e == ERR_TOO_LARGE) {
        partner_stop(rq, STR("2"), STR("The session has as many accounts as it can."));
        return ERR_OK;
    }
    if (e != ERR_OK) {
        if (child)
            accounts_delete(rq->session->accounts, child);
        return e;
    }
    rq->account->balance_e8 -= c->credit_e8;
    write_created(rq, c, &row, child);
    return ERR_OK;
}

/* ---- one of them ---------------------------------------------------------------- */

static struct account *account_with_id(const struct rq *rq, int64_t id)
{
    struct account *acc = NULL;
    for (size_t i = 0; (acc = accounts_at(rq->session->accounts, i)) && acc->id != id; i++)
        continue;
    return acc;
}

/* Leaves the caller's sub-account in rq->work: 6 when the token names none. */
static enum verdict check_child(struct rq *rq, struct str token)
{
    int64_t id;
    struct subaccount row;
    struct account *child = NULL;
    if (partner_id_parse(rq->session, PARTNER_ID_SUBACCOUNT, token, &id) &&
        store_subaccount_get(rq->session->store, rq->arena, id, &row) == ERR_OK &&
        row.parent == rq->account->id)
        child = account_with_id(rq, row.account);
    rq->work = child;
    if (child)
        return PASS;
    return partner_stop(
        rq, STR("6"),
        arena_printf(rq->arena, "This account has no sub-account \"%.*s\".", STR_ARG(token)));
}

static enum verdict check_removed(struct rq *rq)
{
    if (!given(rq->param[REMOVE_TOKEN]))
        return partner_stop(rq, STR("4"), STR("The token is missing or empty."));
    return check_child(rq, rq_text(rq, REMOVE_TOKEN));
}

step_fn *const k_subaccount_remove_checks[] = {check_allowed, check_removed, NULL};

/* Moves credit; the sum of both balances stays. */
static enum err move(struct rq *rq, struct account *from, struct account *to, int64_t amount_e8)
{
    struct store *store = rq->session->store;
    enum err e = store_begin(store);
    if (e != ERR_OK)
        return e;
    e = store_account_balance(store, from->id, from->balance_e8 - amount_e8);
    if (e == ERR_OK)
        e = store_account_balance(store, to->id, to->balance_e8 + amount_e8);
    e = store_finish(store, e);
    if (e != ERR_OK)
        return e;
    from->balance_e8 -= amount_e8;
    to->balance_e8 += amount_e8;
    return ERR_OK;
}

/* What is left of its credit goes back to the parent. */
enum err partner_subaccount_remove(struct rq *rq)
{
    struct account *child = rq->work;
    enum err e = move(rq, child, rq->account, child->balance_e8);
    if (e != ERR_OK)
        return e;
    rates_forget(&rq->session->rates, (uint64_t)child->id); /* its id may be given out again */
    e = accounts_delete(rq->session->accounts, child);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    partner_end(rq);
    return ERR_OK;
}

/* ---- the list -------------------------------------------------------------------- */

static void write_entry(struct rq *rq, const struct subaccount *row)
{
    struct out *o = &rq->out;
    const struct account *child = account_with_id(rq, row->account);
    if (!child)
        return;
    out_object_begin(o, STR("entry"));
    out_int(o, STR("id"), row->id);
    out_str(o, STR("email"), child->email);
    out_str(o, STR("type"), row->type);
    out_str(o, STR("token"), token_of(rq, row->id));
    out_str(o, STR("apiKey"), child->key);
    out_str(o, STR("createdAt"), civil_paris_sql(rq->arena, row->created_ms));
    out_object_begin(o, STR("credits"));
    out_str(o, STR("balance"), money_text(rq->arena, child->balance_e8, 3));
    out_str(o, STR("currency"), STR("EUR"));
    out_end(o);
    out_end(o);
}

enum err partner_subaccount_list(struct rq *rq)
{
    struct out *o = &rq->out;
    struct store *store = rq->session->store;
    const int64_t page = partner_page(rq_text(rq, SUBACCOUNTS_PAGE));
    struct subaccount *rows = NULL;
    size_t n = 0;
    int64_t total = 0;
    enum err e = store_subaccount_count(store, rq->account->id, &total);
    if (e == ERR_OK)
        e = store_subaccount_list(store, rq->arena, rq->account->id, PAGE_SIZE,
                                  (page - 1) * PAGE_SIZE, &rows, &n);
    if (e != ERR_OK)
        return e;
    partner_success(rq);
    out_int(o, STR("total"), total);
    out_int(o, STR("nb_per_page"), PAGE_SIZE);
    out_int(o, STR("page"), page);
    out_array_begin(o, STR("data"));
    for (size_t i = 0; i < n; i++)
        write_entry(rq, &rows[i]);
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}

/* ---- credit ------------------------------------------------------------------------ */

static enum verdict check_transfer(struct rq *rq)
{
    int64_t amount_e8;
    if (!given(rq->param[CREDIT_AMOUNT]))
        return partner_stop(rq, STR("3"), (struct str){0});
    if (!given(rq->param[CREDIT_TOKEN]))
        return partner_stop(rq, STR("4"), (struct str){0});
    if (!partner_amount(rq_text(rq, CREDIT_AMOUNT), &amount_e8) || amount_e8 == 0)
        return partner_stop(rq, STR("5"), (struct str){0});
    return check_child(rq, rq_text(rq, CREDIT_TOKEN));
}

step_fn *const k_subaccount_credit_checks[] = {check_allowed, check_transfer, NULL};

static void write_credit(struct rq *rq, const struct account *child)
{
    struct out *o = &rq->out;
    partner_success(rq);
    out_raw(o, STR("credit"), money_short(rq->arena, rq->account->balance_e8, 3));
    out_raw(o, STR("subaccountCredit"), money_short(rq->arena, child->balance_e8, 3));
    out_str(o, STR("currency"), STR("EUR"));
    partner_end(rq);
}

/* `code` is what a payer who has too little is told. */
static enum err transfer(
    struct rq *rq, struct account *from, struct account *to, struct str code, const char *payer)
{
    const struct account *child = rq->work;
    int64_t amount_e8 = 0;
    partner_amount(rq_text(rq, CREDIT_AMOUNT), &amount_e8);
    if (amount_e8 > from->balance_e8) {
        stop_short(rq, code, from->balance_e8, payer);
        return ERR_OK;
    }
    const enum err e = move(rq, from, to, amount_e8);
    if (e == ERR_OK)
        write_credit(rq, child);
    return e;
}

enum err partner_subaccount_credit_add(struct rq *rq)
{
    return transfer(rq, rq->account, rq->work, STR("11"), "account");
}

enum err partner_subaccount_credit_remove(struct rq *rq)
{
    return transfer(rq, rq->work, rq->account, STR("7"), "sub-account");
}
