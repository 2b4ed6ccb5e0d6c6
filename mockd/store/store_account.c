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
    /* What belongs to it goes first: the next account may get its id. */
    static const enum sql_id k_steps[] = {
        SQL_UNSUBSCRIBE_CLEAR, SQL_AUDIO_NAME_CLEAR,  SQL_SUBACCOUNT_CLEAR, SQL_GROUP_CLEAR,
        SQL_CONTACT_CLEAR,     SQL_CALLFORWARD_CLEAR, SQL_RENTAL_CLEAR,     SQL_ACCOUNT_DELETE};
    enum err e = ERR_OK;
    for (size_t i = 0; i < sizeof(k_steps) / sizeof(k_steps[0]) && e == ERR_OK; i++) {
        sqlite3_stmt *q = store_stmt(s, k_steps[i]);
        sqlite3_bind_int64(q, 1, id);
        e = store_run(s, q);
    }
    return e;
}

/* In memory the account itself is the truth, see store.h. */
enum err store_account_balance(struct store *s, int64_t account, int64_t balance_e8)
{
    if (!s->durable)
        return ERR_OK;
    sqlite3_stmt *q = store_stmt(s, SQL_ACCOUNT_BALANCE);
    sqlite3_bind_int64(q, 1, account);
    sqlite3_bind_int64(q, 2, balance_e8);
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
