#include "mockd/store/internal.h"

enum err store_list_add(struct store *s,
                        enum sql_id sql,
                        int64_t account,
                        struct str entry,
                        int64_t now_ms,
                        int64_t *id)
{
    sqlite3_stmt *q = store_stmt(s, sql);
    sqlite3_bind_int64(q, 1, account);
    store_bind(q, 2, entry);
    sqlite3_bind_int64(q, 3, now_ms);
    return store_int(s, q, id);
}

enum err store_list_has(
    struct store *s, enum sql_id sql, int64_t account, struct str entry, bool *out)
{
    int64_t one;
    sqlite3_stmt *q = store_stmt(s, sql);
    sqlite3_bind_int64(q, 1, account);
    store_bind(q, 2, entry);
    const enum err e = store_int(s, q, &one);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    *out = e == ERR_OK;
    return ERR_OK;
}

enum err store_list_delete(struct store *s, enum sql_id sql, int64_t account, int64_t id)
{
    sqlite3_stmt *q = store_stmt(s, sql);
    sqlite3_bind_int64(q, 1, account);
    sqlite3_bind_int64(q, 2, id);
    const enum err e = store_run(s, q);
    return e == ERR_OK && sqlite3_changes(s->db) == 0 ? ERR_NOT_FOUND : e;
}

enum err store_stop_add(
    struct store *s, int64_t account, struct str number, int64_t now_ms, int64_t *id)
{
    return store_list_add(s, SQL_STOP_ADD, account, number, now_ms, id);
}

enum err store_stop_has(struct store *s, int64_t account, struct str number, bool *out)
{
    return store_list_has(s, SQL_STOP_HAS, account, number, out);
}

enum err store_stop_delete(struct store *s, int64_t account, int64_t id)
{
    return store_list_delete(s, SQL_STOP_DELETE, account, id);
}

enum err store_stop_clear(struct store *s, int64_t account)
{
    sqlite3_stmt *q = store_stmt(s, SQL_STOP_CLEAR);
    sqlite3_bind_int64(q, 1, account);
    return store_run(s, q);
}

enum err store_stop_list(
    struct store *s, struct arena *a, int64_t account, struct stop **out, size_t *n)
{
    size_t cap = 0;
    int rc;
    *out = NULL;
    *n = 0;
    sqlite3_stmt *q = store_stmt(s, SQL_STOP_LIST);
    sqlite3_bind_int64(q, 1, account);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        *out = arena_grow(a, *out, *n, &cap, sizeof(**out));
        (*out)[(*n)++] = (struct stop){
            .id = sqlite3_column_int64(q, 0),
            .number = store_column(q, 1, a),
            .created_ms = sqlite3_column_int64(q, 2),
        };
    }
    store_done(q);
    return rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}
