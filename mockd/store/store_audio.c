#include "mockd/store/internal.h"

enum err store_audio_name_set(struct store *s, int64_t account, struct str token, struct str name)
{
    sqlite3_stmt *q = store_stmt(s, SQL_AUDIO_NAME_SET);
    sqlite3_bind_int64(q, 1, account);
    store_bind(q, 2, token);
    store_bind(q, 3, name);
    return store_run(s, q);
}

enum err store_audio_name_get(
    struct store *s, struct arena *a, int64_t account, struct str token, struct str *out)
{
    sqlite3_stmt *q = store_stmt(s, SQL_AUDIO_NAME_GET);
    sqlite3_bind_int64(q, 1, account);
    store_bind(q, 2, token);
    const int rc = sqlite3_step(q);
    *out = rc == SQLITE_ROW ? store_column(q, 0, a) : (struct str){0};
    store_done(q);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}
