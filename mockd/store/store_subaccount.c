#include "mockd/store/internal.h"

enum err store_subaccount_add(struct store *s, const struct subaccount *row)
{
    sqlite3_stmt *q = store_stmt(s, SQL_SUBACCOUNT_ADD);
    sqlite3_bind_int64(q, 1, row->id);
    sqlite3_bind_int64(q, 2, row->account);
    sqlite3_bind_int64(q, 3, row->parent);
    store_bind(q, 4, row->type);
    store_bind(q, 5, row->title);
    sqlite3_bind_int(q, 6, row->is_buyer);
    sqlite3_bind_int64(q, 7, row->created_ms);
    return store_run(s, q);
}

enum err store_subaccount_next_id(struct store *s, int64_t *id)
{
    return store_meta_next(s, STR("subaccount"), id);
}

static enum err collect(
    struct store *s, sqlite3_stmt *q, struct arena *a, struct subaccount **out, size_t *n)
{
    size_t cap = 0;
    int rc;
    *out = NULL;
    *n = 0;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        *out = arena_grow(a, *out, *n, &cap, sizeof(**out));
        (*out)[(*n)++] = (struct subaccount){
            .id = sqlite3_column_int64(q, 0),
            .account = sqlite3_column_int64(q, 1),
            .parent = sqlite3_column_int64(q, 2),
            .type = store_column(q, 3, a),
            .title = store_column(q, 4, a),
            .is_buyer = sqlite3_column_int(q, 5) != 0,
            .created_ms = sqlite3_column_int64(q, 6),
        };
    }
    store_done(q);
    return rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}

static enum err one(
    struct store *s, struct arena *a, enum sql_id sql, int64_t id, struct subaccount *out)
{
    struct subaccount *rows;
    size_t n;
    sqlite3_stmt *q = store_stmt(s, sql);
    sqlite3_bind_int64(q, 1, id);
    const enum err e = collect(s, q, a, &rows, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return ERR_NOT_FOUND;
    *out = rows[0];
    return ERR_OK;
}

enum err store_subaccount_get(struct store *s, struct arena *a, int64_t id, struct subaccount *out)
{
    return one(s, a, SQL_SUBACCOUNT_GET, id, out);
}

enum err store_subaccount_of(struct store *s,
                             struct arena *a,
                             int64_t account,
                             struct subaccount *out)
{
    return one(s, a, SQL_SUBACCOUNT_OF, account, out);
}

enum err store_subaccount_list(struct store *s,
                               struct arena *a,
                               int64_t parent,
                               int64_t limit,
                               int64_t offset,
                               struct subaccount **out,
                               size_t *n)
{
    sqlite3_stmt *q = store_stmt(s, SQL_SUBACCOUNT_LIST);
    sqlite3_bind_int64(q, 1, parent);
    sqlite3_bind_int64(q, 2, limit);
    sqlite3_bind_int64(q, 3, offset);
    return collect(s, q, a, out, n);
}

enum err store_subaccount_count(struct store *s, int64_t parent, int64_t *out)
{
    sqlite3_stmt *q = store_stmt(s, SQL_SUBACCOUNT_COUNT);
    sqlite3_bind_int64(q, 1, parent);
    return store_int(s, q, out);
}
