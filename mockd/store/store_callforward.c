#include "mockd/store/internal.h"

enum err store_callforward_set(
    struct store *s, int64_t account, struct str number, enum callforward type, struct str param)
{
    sqlite3_stmt *q = store_stmt(s, SQL_CALLFORWARD_SET);
    sqlite3_bind_int64(q, 1, account);
    store_bind(q, 2, number);
    sqlite3_bind_int(q, 3, (int)type);
    store_bind(q, 4, param.p ? param : STR(""));
    return store_run(s, q);
}

enum err store_callforward_get(struct store *s,
                               int64_t account,
                               struct str number,
                               enum callforward *out)
{
    int64_t type = CALLFORWARD_OFF;
    sqlite3_stmt *q = store_stmt(s, SQL_CALLFORWARD_GET);
    sqlite3_bind_int64(q, 1, account);
    store_bind(q, 2, number);
    const enum err e = store_int(s, q, &type);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    *out = (enum callforward)type;
    return ERR_OK;
}
