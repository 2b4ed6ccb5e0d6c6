#include "mockd/store/internal.h"

enum err store_account_put(struct store *s, struct account_row *row)
{
    sqlite3_stmt *q = store_stmt(s, SQL_ACCOUNT_PUT);
    store_bind(q, 1, row->realm);
    store_bind(q, 2, row->key);
    sqlite3_bind_int64(q, 3, row->balance_e8);
    store_bind(q, 4, row->doc);
    return store_int(s, q, &row->id);
}

enum err store_account_delete(struct store *s, int64_t id)
{
    sqlite3_stmt *q = store_stmt(s, SQL_ACCOUNT_DELETE);
    sqlite3_bind_int64(q, 1, id);
    return store_run(s, q);
}

enum err store_account_each(struct store *s, store_account_fn *fn, void *ctx)
{
    enum err e = ERR_OK;
    int rc = SQLITE_DONE;
    struct arena a;
    arena_init(&a);
    sqlite3_stmt *q = store_stmt(s, SQL_ACCOUNT_EACH);
    while (e == ERR_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        arena_reset(&a);
        const struct account_row row = {
            .id = sqlite3_column_int64(q, 0),
            .realm = store_column(q, 1, &a),
            .key = store_column(q, 2, &a),
            .balance_e8 = sqlite3_column_int64(q, 3),
            .doc = store_column(q, 4, &a),
        };
        e = fn(ctx, &row);
    }
    if (e == ERR_OK && rc != SQLITE_DONE)
        e = store_fail(s, rc);
    store_done(q);
    arena_release(&a);
    return e;
}
