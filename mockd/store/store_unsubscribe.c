#include "mockd/store/internal.h"

enum err store_unsubscribe_add(
    struct store *s, int64_t account, struct str email, int64_t now_ms, int64_t *id)
{
    return store_list_add(s, SQL_UNSUBSCRIBE_ADD, account, email, now_ms, id);
}

enum err store_unsubscribe_has(struct store *s, int64_t account, struct str email, bool *out)
{
    return store_list_has(s, SQL_UNSUBSCRIBE_HAS, account, email, out);
}

enum err store_unsubscribe_delete(struct store *s, int64_t account, int64_t id)
{
    return store_list_delete(s, SQL_UNSUBSCRIBE_DELETE, account, id);
}

enum err store_unsubscribe_list(
    struct store *s, struct arena *a, int64_t account, struct unsubscribe **out, size_t *n)
{
    size_t cap = 0;
    int rc;
    *out = NULL;
    *n = 0;
    sqlite3_stmt *q = store_stmt(s, SQL_UNSUBSCRIBE_LIST);
    sqlite3_bind_int64(q, 1, account);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        *out = arena_grow(a, *out, *n, &cap, sizeof(**out));
        (*out)[(*n)++] = (struct unsubscribe){
            .id = sqlite3_column_int64(q, 0),
            .email = store_column(q, 1, a),
            .created_ms = sqlite3_column_int64(q, 2),
        };
    }
    store_done(q);
    return rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}
