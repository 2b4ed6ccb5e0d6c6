#include "mockd/store/internal.h"

static void bind_message(sqlite3_stmt *q, const struct message *m)
{
    sqlite3_bind_int64(q, 1, m->id);
    sqlite3_bind_int64(q, 2, m->batch);
    sqlite3_bind_int64(q, 3, m->account);
    sqlite3_bind_int(q, 4, m->provider);
    sqlite3_bind_int(q, 5, (int)m->kind);
    sqlite3_bind_int(q, 6, (int)m->flags);
    store_bind(q, 7, m->recipient);
    store_bind(q, 8, m->sender);
    store_bind(q, 9, m->text);
    store_bind(q, 10, m->tag);
    store_bind(q, 11, m->network);
    store_bind(q, 12, m->url_dlr);
    store_bind(q, 13, m->url_response);
    sqlite3_bind_int(q, 14, m->encoding);
    sqlite3_bind_int(q, 15, m->parts);
    sqlite3_bind_int64(q, 16, m->cost_e8);
    sqlite3_bind_int64(q, 17, m->created_ms);
    sqlite3_bind_int64(q, 18, m->send_ms);
    sqlite3_bind_int64(q, 19, m->final_ms);
    sqlite3_bind_int(q, 20, (int)m->receipt);
    sqlite3_bind_int(q, 21, m->err_code);
    sqlite3_bind_int(q, 22, (int)m->interim);
}

static struct message column_message(sqlite3_stmt *q, struct arena *a)
{
    return (struct message){
        .id = sqlite3_column_int64(q, 0),
        .batch = sqlite3_column_int64(q, 1),
        .account = sqlite3_column_int64(q, 2),
        .provider = sqlite3_column_int(q, 3),
        .kind = (enum message_kind)sqlite3_column_int(q, 4),
        .flags = (unsigned)sqlite3_column_int(q, 5),
        .recipient = store_column(q, 6, a),
        .sender = store_column(q, 7, a),
        .text = store_column(q, 8, a),
        .tag = store_column(q, 9, a),
        .network = store_column(q, 10, a),
        .url_dlr = store_column(q, 11, a),
        .url_response = store_column(q, 12, a),
        .encoding = sqlite3_column_int(q, 13),
        .parts = sqlite3_column_int(q, 14),
        .cost_e8 = sqlite3_column_int64(q, 15),
        .created_ms = sqlite3_column_int64(q, 16),
        .send_ms = sqlite3_column_int64(q, 17),
        .final_ms = sqlite3_column_int64(q, 18),
        .receipt = (enum receipt)sqlite3_column_int(q, 19),
        .err_code = sqlite3_column_int(q, 20),
        .interim = (enum receipt)sqlite3_column_int(q, 21),
    };
}

/* What a request that failed half-way had added. */
static void remove_batch(struct store *s, int64_t batch)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_REMOVE_BATCH);
    sqlite3_bind_int64(q, 1, batch);
    store_run(s, q);
}

enum err store_message_add(struct store *s,
                           const struct message *messages,
                           size_t n,
                           int64_t account,
                           int64_t new_balance_e8)
{
    enum err e = store_begin(s);
    if (e != ERR_OK)
        return e;
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_ADD);
    for (size_t i = 0; i < n && e == ERR_OK; i++) {
        bind_message(q, &messages[i]);
        e = store_run(s, q);
    }
    if (e == ERR_OK)
        e = store_account_balance(s, account, new_balance_e8);
    else if (!s->durable)
        remove_batch(s, messages[0].batch);
    return store_end(s, e);
}

/* Collects every row of q into an array that grows in the arena. */
static enum err collect(
    struct store *s, sqlite3_stmt *q, struct arena *a, struct message **out, size_t *n)
{
    size_t cap = 0;
    int rc;
    *out = NULL;
    *n = 0;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        *out = arena_grow(a, *out, *n, &cap, sizeof(**out));
        (*out)[(*n)++] = column_message(q, a);
    }
    store_done(q);
    return rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}

enum err store_message_get(struct store *s, struct arena *a, int64_t id, struct message *out)
{
    struct message *found;
    size_t n;
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_GET);
    sqlite3_bind_int64(q, 1, id);
    const enum err e = collect(s, q, a, &found, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return ERR_NOT_FOUND;
    *out = found[0];
    return ERR_OK;
}

enum err store_message_batch(
    struct store *s, struct arena *a, int64_t batch, struct message **out, size_t *n)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_BATCH);
    sqlite3_bind_int64(q, 1, batch);
    return collect(s, q, a, out, n);
}

enum err store_message_to(
    struct store *s, struct arena *a, int64_t batch, struct str recipient, struct message *out)
{
    struct message *found;
    size_t n;
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_TO);
    sqlite3_bind_int64(q, 1, batch);
    store_bind(q, 2, recipient);
    const enum err e = collect(s, q, a, &found, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return ERR_NOT_FOUND;
    *out = found[0];
    return ERR_OK;
}

static void bind_tag(sqlite3_stmt *q, const struct message_tag *t)
{
    sqlite3_bind_int64(q, 1, t->account);
    sqlite3_bind_int(q, 2, t->provider);
    sqlite3_bind_int(q, 3, (int)MESSAGE_HLR);
    store_bind(q, 4, t->tag);
    sqlite3_bind_int64(q, 5, t->sandbox_since_ms);
}

enum err store_message_tagged(struct store *s,
                              struct arena *a,
                              const struct message_tag *t,
                              size_t limit,
                              int64_t offset,
                              struct message **out,
                              size_t *n)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_TAGGED);
    bind_tag(q, t);
    sqlite3_bind_int64(q, 6, (int64_t)limit);
    sqlite3_bind_int64(q, 7, offset);
    return collect(s, q, a, out, n);
}

enum err store_message_tagged_count(struct store *s, const struct message_tag *t, int64_t *out)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_TAGGED_COUNT);
    bind_tag(q, t);
    return store_int(s, q, out);
}

enum err store_message_costs(struct store *s,
                             int64_t account,
                             int provider,
                             int64_t from_ms,
                             int64_t until_ms,
                             store_cost_fn *fn,
                             void *ctx)
{
    int rc;
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_COSTS);
    sqlite3_bind_int64(q, 1, account);
    sqlite3_bind_int(q, 2, provider);
    sqlite3_bind_int(q, 3, (int)MESSAGE_HLR);
    sqlite3_bind_int64(q, 4, from_ms);
    sqlite3_bind_int64(q, 5, until_ms);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW)
        fn(ctx, sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), sqlite3_column_int(q, 2));
    store_done(q);
    return rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}

enum err store_message_update(struct store *s, const struct message *m, int64_t new_balance_e8)
{
    enum err e = store_begin(s);
    if (e != ERR_OK)
        return e;
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_UPDATE);
    sqlite3_bind_int64(q, 1, m->id);
    sqlite3_bind_int(q, 2, (int)m->flags);
    sqlite3_bind_int64(q, 3, m->send_ms);
    sqlite3_bind_int64(q, 4, m->final_ms);
    sqlite3_bind_int(q, 5, (int)m->receipt);
    sqlite3_bind_int(q, 6, m->err_code);
    sqlite3_bind_int64(q, 7, m->cost_e8);
    e = store_run(s, q);
    if (e == ERR_OK)
        e = store_account_balance(s, m->account, new_balance_e8);
    return store_end(s, e);
}

static void bind_filter(sqlite3_stmt *q, const struct message_filter *f)
{
    sqlite3_bind_int64(q, 1, f->before_id ? f->before_id : INT64_MAX);
    sqlite3_bind_int64(q, 2, f->account);
    store_bind(q, 3, f->recipient);
    store_bind(q, 4, f->tag);
    sqlite3_bind_int(q, 5, f->changed_until_ms != 0);
    sqlite3_bind_int64(q, 6, f->changed_after_ms);
    sqlite3_bind_int64(q, 7, f->changed_until_ms);
}

enum err store_message_list(struct store *s,
                            struct arena *a,
                            const struct message_filter *f,
                            struct message **out,
                            size_t *n)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_LIST);
    bind_filter(q, f);
    sqlite3_bind_int64(q, 8, f->limit ? (int64_t)f->limit : 100);
    return collect(s, q, a, out, n);
}

enum err store_message_matching(struct store *s, const struct message_filter *f, int64_t *out)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_MATCHING);
    bind_filter(q, f);
    return store_int(s, q, out);
}

enum err store_message_count(struct store *s, int64_t *out)
{
    return store_int(s, store_stmt(s, SQL_MESSAGE_COUNT), out);
}

enum err store_message_next_id(struct store *s, int64_t *next)
{
    struct message last;
    int64_t id = 0;
    struct arena a;
    enum err e = store_int(s, store_stmt(s, SQL_MESSAGE_LAST), &id);
    if (e != ERR_OK || id == 0)
        return e;
    arena_init(&a);
    e = store_message_get(s, &a, id, &last);
    if (e == ERR_OK && id + last.parts > *next)
        *next = id + last.parts;
    arena_release(&a);
    return e;
}

enum err store_message_waiting_kind(
    struct store *s, enum message_kind kind, int64_t account, int64_t now_ms, int64_t *out)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_WAITING);
    sqlite3_bind_int64(q, 1, account);
    sqlite3_bind_int64(q, 2, now_ms);
    sqlite3_bind_int(q, 3, (int)kind);
    return store_int(s, q, out);
}

enum err store_message_waiting(struct store *s, int64_t account, int64_t now_ms, int64_t *out)
{
    return store_message_waiting_kind(s, MESSAGE_SMS, account, now_ms, out);
}

enum err store_message_trim(struct store *s, int64_t now_ms, size_t n, int64_t *gone)
{
    sqlite3_stmt *q = store_stmt(s, SQL_MESSAGE_TRIM);
    sqlite3_bind_int64(q, 1, now_ms);
    sqlite3_bind_int64(q, 2, (int64_t)n);
    const enum err e = store_run(s, q);
    if (e == ERR_OK)
        *gone = sqlite3_changes(s->db);
    return e;
}

enum err store_message_clear(struct store *s)
{
    return store_exec(s, SQL_MESSAGE_CLEAR);
}
