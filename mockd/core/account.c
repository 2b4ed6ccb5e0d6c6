#include "mockd/core/account.h"

#include <stdlib.h>

#include "mockd/base/check.h"
#include "mockd/core/settings.h"
#include "mockd/domain/signature.h"

enum { ACCOUNTS_MAX = 20000, BUCKETS = 1024, DOC_MAX = 1 << 20 };

struct accounts {
    struct store *store;
    struct account **list; /* in order of creation */
    size_t n, cap;
    struct bucket {
        size_t *at; /* places in list */
        size_t n, cap;
    } bucket[BUCKETS];
};

const char *const k_realm_words[] = {
    [REALM_SMSPARTNER] = "smspartner", [REALM_NEXMO] = "nexmo", NULL};

static const char *const k_state[] = {
    [ACCOUNT_ACTIVE] = "active",
    [ACCOUNT_DISABLED] = "disabled",
    [ACCOUNT_BLOCKED] = "blocked",
    [ACCOUNT_SUSPENDED] = "suspended",
    NULL,
};
static const char *const k_method[] = {
    [SIGNATURE_MD5HASH] = "md5hash", [SIGNATURE_MD5] = "md5",       [SIGNATURE_SHA1] = "sha1",
    [SIGNATURE_SHA256] = "sha256",   [SIGNATURE_SHA512] = "sha512", NULL};
static const char *const k_profile[] = {[PROFILE_LEGACY] = "legacy",
                                        [PROFILE_CURRENT] = "current",
                                        [PROFILE_DEFAULT] = "default",
                                        NULL};
static const char *const k_code_set[] = {
    [CODE_SET_OPEN] = "open", [CODE_SET_CLOSED] = "closed", NULL};
static const char *const k_id_format[] = {
    [ID_HEX16] = "hex16", [ID_UUID] = "uuid", [ID_BY_PROFILE] = "default", NULL};
static const char *const k_balance_style[] = {[BALANCE_STEPWISE] = "stepwise",
                                              [BALANCE_FINAL] = "final",
                                              [BALANCE_BY_PROFILE] = "default",
                                              NULL};
static const char *const k_error_text[] = {
    [ERROR_TEXT_CLASSIC] = "classic", [ERROR_TEXT_GATEWAY] = "gateway", NULL};
static const char *const k_switch[] = {
    [SWITCH_OFF] = "off", [SWITCH_ON] = "on", [SWITCH_BY_PROFILE] = "default", NULL};

#define MEMBER(wire, member, ...)                                                                  \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct account, member), __VA_ARGS__            \
    }
#define FLAG(wire, mask)                                                                           \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct account, flags), .kind = FIELD_FLAG,     \
        .bit = (mask)                                                                              \
    }

const struct field k_account_fields[] = {
    MEMBER("provider", realm, .kind = FIELD_WORD, .words = k_realm_words),
    MEMBER("key", key, .kind = FIELD_TEXT),
    MEMBER("secret", secret, .kind = FIELD_TEXT, .secret = true),
    MEMBER("secret2", secret2, .kind = FIELD_TEXT, .secret = true),
    MEMBER("balance", balance_e8, .kind = FIELD_MONEY),
    MEMBER("state", state, .kind = FIELD_WORD, .words = k_state),
    MEMBER("email", email, .kind = FIELD_TEXT),
    MEMBER("firstname", firstname, .kind = FIELD_TEXT),
    MEMBER("lastname", lastname, .kind = FIELD_TEXT),
    MEMBER("ipAllowlist", ip_allowlist, .kind = FIELD_LIST),
    MEMBER("senders", senders, .kind = FIELD_LIST),
    MEMBER("demoNumbers", demo_numbers, .kind = FIELD_LIST),
    MEMBER("virtualNumbers", virtual_numbers, .kind = FIELD_LIST),
    MEMBER("disabledNumbers", disabled_numbers, .kind = FIELD_LIST),
    MEMBER("surveys", surveys, .kind = FIELD_LIST),
    MEMBER("voiceSenders", voice_senders, .kind = FIELD_LIST),
    MEMBER("audioFiles", audio_files, .kind = FIELD_LIST),
    MEMBER("urlDlr", url_dlr, .kind = FIELD_TEXT),
    MEMBER("urlResponse", url_response, .kind = FIELD_TEXT),
    MEMBER("maxRecipients", max_recipients, .kind = FIELD_INT, .min = 1, .max = 500),
    MEMBER("signatureSecret", signature_secret, .kind = FIELD_TEXT, .secret = true),
    MEMBER("signatureMethod", signature_method, .kind = FIELD_WORD, .words = k_method),
    MEMBER("profile", profile, .kind = FIELD_WORD, .words = k_profile),
    MEMBER("code_set", code_set, .kind = FIELD_WORD, .words = k_code_set),
    MEMBER("id_format", id_format, .kind = FIELD_WORD, .words = k_id_format),
    MEMBER("balance_style", balance_style, .kind = FIELD_WORD, .words = k_balance_style),
    MEMBER("error_text_set", error_text_set, .kind = FIELD_WORD, .words = k_error_text),
    MEMBER("balance_gate_first", balance_gate_first, .kind = FIELD_WORD, .words = k_switch),
    MEMBER("client_ref_max", client_ref_max, .kind = FIELD_INT, .min = 0, .max = 1000),
    MEMBER("maxRps", max_rps, .kind = FIELD_INT, .min = 1, .max = 1000000),
    MEMBER("maxBinds", max_binds, .kind = FIELD_INT, .min = 0, .max = 10000),
    FLAG("apiEnabled", ACCOUNT_API_ENABLED),
    FLAG("marketing", ACCOUNT_MARKETING),
    FLAG("unicodeEnabled", ACCOUNT_UNICODE_ENABLED),
    FLAG("lowcostEnabled", ACCOUNT_LOWCOST_ENABLED),
    FLAG("registeredSenders", ACCOUNT_REGISTERED_SENDERS),
    FLAG("subaccountsEnabled", ACCOUNT_SUBACCOUNTS_ENABLED),
    FLAG("rcsEnabled", ACCOUNT_RCS_ENABLED),
    FLAG("rentalEnabled", ACCOUNT_RENTAL_ENABLED),
    FLAG("rentalFails", ACCOUNT_RENTAL_FAILS),
    FLAG("callForwardEnabled", ACCOUNT_CALLFORWARD_ENABLED),
    FLAG("mailPriced", ACCOUNT_MAIL_PRICED),
    FLAG("httpEnabled", ACCOUNT_HTTP_ENABLED),
    FLAG("signedOnly", ACCOUNT_SIGNED_ONLY),
    FLAG("signedWebhooks", ACCOUNT_SIGNED_WEBHOOKS),
    FLAG("demo", ACCOUNT_DEMO),
    FLAG("autoReload", ACCOUNT_AUTO_RELOAD),
};

const size_t k_account_nfields = sizeof(k_account_fields) / sizeof(k_account_fields[0]);

bool account_lists(const struct str_list *list, struct str value)
{
    for (size_t i = 0; i < list->n; i++) {
        if (str_eq(list->v[i], value))
            return true;
    }
    return false;
}

static size_t bucket_of(enum account_realm realm, struct str key)
{
    uint64_t h = UINT64_C(14695981039346656037) + (uint64_t)realm;
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 32) % BUCKETS;
}

static void *grow(void *old, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return old;
    *cap = *cap ? *cap * 2 : 4;
    void *p = realloc(old, *cap * size);
    CHECK(p);
    return p;
}

static void index_add(struct accounts *all, size_t place)
{
    const struct account *acc = all->list[place];
    struct bucket *b = &all->bucket[bucket_of((enum account_realm)acc->realm, acc->key)];
    b->at = grow(b->at, b->n, &b->cap, sizeof(*b->at));
    b->at[b->n++] = place;
}

static void push(struct accounts *all, struct account *acc)
{
    all->list = grow(all->list, all->n, &all->cap, sizeof(struct account *));
    all->list[all->n++] = acc;
    index_add(all, all->n - 1);
}

static void index_rebuild(struct accounts *all)
{
    for (size_t i = 0; i < BUCKETS; i++)
        all->bucket[i].n = 0;
    for (size_t i = 0; i < all->n; i++)
        index_add(all, i);
}

static void account_free(struct account *acc)
{
    if (!acc)
        return;
    arena_release(&acc->arena);
    free(acc);
}

static struct account *account_new(void)
{
    struct account *acc = calloc(1, sizeof(*acc));
    CHECK(acc);
    arena_init(&acc->arena);
    acc->flags = ACCOUNT_API_ENABLED | ACCOUNT_UNICODE_ENABLED | ACCOUNT_LOWCOST_ENABLED |
                 ACCOUNT_SUBACCOUNTS_ENABLED | ACCOUNT_RCS_ENABLED | ACCOUNT_RENTAL_ENABLED |
                 ACCOUNT_CALLFORWARD_ENABLED | ACCOUNT_MAIL_PRICED | ACCOUNT_HTTP_ENABLED;
    acc->profile = PROFILE_DEFAULT;
    acc->id_format = ID_BY_PROFILE;
    acc->balance_style = BALANCE_BY_PROFILE;
    acc->balance_gate_first = SWITCH_BY_PROFILE;
    acc->max_recipients = 500;
    acc->max_rps = 30;
    return acc;
}

static enum err stop_count(struct accounts *all, struct account *acc)
{
    struct stop *list;
    size_t n;
    struct arena a;
    arena_init(&a);
    const enum err e = store_stop_list(all->store, &a, acc->id, &list, &n);
    if (e == ERR_OK)
        acc->stop_count = (int64_t)n;
    arena_release(&a);
    return e;
}

static enum err load_row(void *ctx, const struct account_row *row)
{
    struct accounts *all = ctx;
    enum json_fault fault;
    size_t at;
    struct problem p;
    struct account *acc = account_new();
    const struct cJSON *doc = json_parse(&acc->arena, row->doc, &fault, &at);
    if (!doc ||
        !fields_read(&acc->arena, k_account_fields, k_account_nfields, doc, NULL, acc, &p)) {
        account_free(acc);
        return ERR_DB;
    }
    acc->id = row->id;
    acc->balance_e8 = row->balance_e8;
    push(all, acc);
    return ERR_OK;
}

enum err accounts_open(struct accounts **out, struct store *store)
{
    struct accounts *all = calloc(1, sizeof(*all));
    CHECK(all);
    all->store = store;
    enum err e = store_account_each(store, load_row, all);
    for (size_t i = 0; i < all->n && e == ERR_OK; i++)
        e = stop_count(all, all->list[i]);
    if (e != ERR_OK) {
        accounts_close(all);
        return e;
    }
    *out = all;
    return ERR_OK;
}

void accounts_close(struct accounts *all)
{
    if (!all)
        return;
    for (size_t i = 0; i < all->n; i++)
        account_free(all->list[i]);
    for (size_t i = 0; i < BUCKETS; i++)
        free(all->bucket[i].at);
    free(all->list);
    free(all);
}

static size_t place_of(const struct accounts *all, enum account_realm realm, struct str key)
{
    const struct bucket *b = &all->bucket[bucket_of(realm, key)];
    for (size_t i = 0; i < b->n; i++) {
        const struct account *acc = all->list[b->at[i]];
        if (acc->realm == (int)realm && str_eq(acc->key, key))
            return b->at[i];
    }
    return all->n;
}

struct account *accounts_find(struct accounts *all, enum account_realm realm, struct str key)
{
    const size_t place = place_of(all, realm, key);
    return place < all->n ? all->list[place] : NULL;
}

struct account *accounts_at(struct accounts *all, size_t i)
{
    return i < all->n ? all->list[i] : NULL;
}

size_t accounts_count(const struct accounts *all)
{
    return all->n;
}

/* The account's document as the store keeps it: every field, secrets in clear. */
static enum err save(struct accounts *all, struct account *acc)
{
    struct buf text;
    struct out o;
    struct arena a;
    arena_init(&a);
    buf_init(&text, DOC_MAX);
    out_init(&o, OUT_JSON, &text);
    out_object_begin(&o, STR("account"));
    fields_write(&a, &o, k_account_fields, k_account_nfields, acc, true);
    out_end(&o);
    struct account_row row = {
        .realm = str_from_cstr(k_realm_words[acc->realm]),
        .key = acc->key,
        .balance_e8 = acc->balance_e8,
        .doc = buf_view(&text),
    };
    const enum err e = text.overflowed ? ERR_TOO_LARGE : store_account_put(all->store, &row);
    acc->id = row.id;
    buf_release(&text);
    arena_release(&a);
    return e;
}

/* A deep copy: its texts live in its own arena. */
static struct account *account_copy(const struct account *from)
{
    struct account *acc = calloc(1, sizeof(*acc));
    CHECK(acc);
    *acc = *from;
    arena_init(&acc->arena);
    for (size_t i = 0; i < k_account_nfields; i++) {
        void *at = (char *)acc + k_account_fields[i].offset;
        if (k_account_fields[i].kind == FIELD_TEXT)
            *(struct str *)at = arena_strdup(&acc->arena, *(struct str *)at);
        if (k_account_fields[i].kind != FIELD_LIST)
            continue;
        struct str_list *list = at;
        struct str *v = arena_array(&acc->arena, struct str, list->n);
        for (size_t k = 0; k < list->n; k++)
            v[k] = arena_strdup(&acc->arena, list->v[k]);
        list->v = v;
    }
    return acc;
}

/* Replaces the STOP list by doc's "stopList" when it has one. */
static enum err apply_stop_list(struct accounts *all,
                                struct account *acc,
                                const struct cJSON *list,
                                int64_t now_ms)
{
    enum err e = list ? store_stop_clear(all->store, acc->id) : ERR_OK;
    for (const struct cJSON *c = json_first(list); c && e == ERR_OK; c = json_next(c)) {
        int64_t id;
        e = store_stop_add(all->store, acc->id, json_text(c), now_ms, &id);
        e = e == ERR_CONFLICT ? ERR_OK : e;
    }
    return e == ERR_OK ? stop_count(all, acc) : e;
}

static bool stop_list_ok(const struct cJSON *list, struct problem *p)
{
    bool ok = !list || json_kind(list) == JSON_ARRAY;
    for (const struct cJSON *c = json_first(list); c && ok; c = json_next(c))
        ok = json_kind(c) == JSON_STRING;
    if (!ok)
        *p = (struct problem){STR("/stopList"), STR("must be an array of phone numbers")};
    return ok;
}

static bool complete(const struct account *acc, struct problem *p)
{
    if (acc->key.n == 0 || acc->key.n > 128)
        *p = (struct problem){STR("/key"), STR("is required: 1 to 128 characters")};
    else if (acc->realm == REALM_NEXMO && acc->secret.n == 0)
        *p = (struct problem){STR("/secret"), STR("is required for a Nexmo account")};
    else
        return true;
    return false;
}

enum err accounts_apply(struct accounts *all,
                        struct arena *a,
                        const struct cJSON *doc,
                        bool create,
                        int64_t now_ms,
                        struct account **out,
                        struct problem *p)
{
    static struct str also_names[] = {STR_INIT("stopList")};
    static const struct str_list also = {also_names, 1};
    const struct cJSON *stops = json_get(doc, also_names[0]);
    struct account probe = {0};
    struct account *acc = NULL;
    enum err e = ERR_BAD_INPUT;

    if (!stop_list_ok(stops, p) ||
        !fields_read(a, k_account_fields, k_account_nfields, doc, &also, &probe, p))
        return ERR_BAD_INPUT;
    const size_t place = place_of(all, (enum account_realm)probe.realm, probe.key);
    if (create != (place == all->n))
        return create ? ERR_CONFLICT : ERR_NOT_FOUND;
    if (create && all->n >= ACCOUNTS_MAX)
        return ERR_TOO_LARGE;

    acc = create ? account_new() : account_copy(all->list[place]);
    fields_read(&acc->arena, k_account_fields, k_account_nfields, doc, &also, acc, p);
    if (!complete(acc, p))
        goto out;
    e = save(all, acc);
    if (e == ERR_OK)
        e = apply_stop_list(all, acc, stops, now_ms);
    if (e != ERR_OK)
        goto out;
    *out = acc;
    if (create) {
        push(all, acc);
        acc = NULL; /* the list's now */
    } else {
        struct account *old = all->list[place];
        all->list[place] = acc;
        acc = old;
    }
out:
    account_free(acc);
    return e;
}

enum err accounts_clone(struct accounts *all,
                        const struct account *like,
                        struct str key,
                        struct account **out)
{
    if (all->n >= ACCOUNTS_MAX)
        return ERR_TOO_LARGE;
    struct account *acc = account_copy(like);
    acc->key = arena_strdup(&acc->arena, key);
    acc->throughput = (struct window){0};
    acc->binds = 0;
    acc->stop_count = 0;
    const enum err e = save(all, acc);
    if (e != ERR_OK) {
        account_free(acc);
        return e;
    }
    push(all, acc);
    *out = acc;
    return ERR_OK;
}

enum err accounts_delete(struct accounts *all, struct account *account)
{
    const size_t place = place_of(all, (enum account_realm)account->realm, account->key);
    CHECK(place < all->n);
    enum err e = store_stop_clear(all->store, account->id);
    if (e == ERR_OK)
        e = store_account_delete(all->store, account->id);
    if (e != ERR_OK)
        return e;
    memmove(&all->list[place], &all->list[place + 1],
            (all->n - place - 1) * sizeof(struct account *));
    all->n--;
    index_rebuild(all);
    account_free(account);
    return ERR_OK;
}

enum err accounts_write(struct accounts *all,
                        struct arena *a,
                        struct out *o,
                        const struct account *account,
                        bool show_secrets)
{
    struct stop *stops;
    size_t n;
    const enum err e = store_stop_list(all->store, a, account->id, &stops, &n);
    if (e != ERR_OK)
        return e;
    fields_write(a, o, k_account_fields, k_account_nfields, account, show_secrets);
    out_array_begin(o, STR("stopList"));
    for (size_t i = 0; i < n; i++)
        out_str(o, STR("number"), stops[i].number);
    out_end(o);
    return ERR_OK;
}
