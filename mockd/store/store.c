#include "mockd/store/store.h"

#include <stdlib.h>

#include "mockd/base/check.h"
#include "mockd/base/log.h"
#include "mockd/store/internal.h"

extern const char k_store_schema[]; /* schema.sql */

/* Both stand in schema.sql, too. */
enum { SCHEMA_VERSION = 1, APPLICATION_ID = 0x6D6F636B };

static const char *const k_sql[SQL__COUNT] = {
#define SQL_TEXT(name, text) [SQL_##name] = text,
    SQL_MAP(SQL_TEXT)
#undef SQL_TEXT
};

sqlite3_stmt *store_stmt(struct store *s, enum sql_id id)
{
    if (!s->stmt[id]) {
        const int rc =
            sqlite3_prepare_v3(s->db, k_sql[id], -1, SQLITE_PREPARE_PERSISTENT, &s->stmt[id], NULL);
        if (rc != SQLITE_OK)
            log_line(LOG_ERROR, "store", "%s: %s", k_sql[id], sqlite3_errmsg(s->db));
        CHECK(rc == SQLITE_OK);
    }
    return s->stmt[id];
}

void store_bind(sqlite3_stmt *q, int at, struct str v)
{
    sqlite3_bind_text64(q, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
}

struct str store_column(sqlite3_stmt *q, int at, struct arena *a)
{
    const char *p = (const char *)sqlite3_column_text(q, at);
    return arena_strdup(a, (struct str){p, (size_t)sqlite3_column_bytes(q, at)});
}

void store_done(sqlite3_stmt *q)
{
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
}

enum err store_fail(const struct store *s, int rc)
{
    if (rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_UNIQUE)
        return ERR_CONFLICT;
    log_line(LOG_ERROR, "store", "rc=%d %s", rc, sqlite3_errmsg(s->db));
    return ERR_DB;
}

enum err store_run(struct store *s, sqlite3_stmt *q)
{
    const int rc = sqlite3_step(q);
    const enum err e = rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
    store_done(q);
    return e;
}

enum err store_exec(struct store *s, enum sql_id id)
{
    return store_run(s, store_stmt(s, id));
}

enum err store_end(struct store *s, enum err e)
{
    if (!s->durable)
        return e;
    if (e == ERR_OK)
        e = store_exec(s, SQL_COMMIT);
    if (e != ERR_OK)
        store_exec(s, SQL_ROLLBACK);
    return e;
}

enum err store_int(struct store *s, sqlite3_stmt *q, int64_t *out)
{
    const int rc = sqlite3_step(q);
    enum err e = ERR_OK;
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(q, 0);
    else
        e = rc == SQLITE_DONE ? ERR_NOT_FOUND : store_fail(s, rc);
    store_done(q);
    return e;
}

/* One integer from a statement that runs once, before anything is prepared for keeps. */
static int pragma_int(sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &q, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static int run_script(sqlite3 *db, const char *sql)
{
    int rc = SQLITE_OK;
    while (rc == SQLITE_OK && *sql) {
        sqlite3_stmt *q = NULL;
        rc = sqlite3_prepare_v2(db, sql, -1, &q, &sql);
        if (rc == SQLITE_OK && q) {
            do
                rc = sqlite3_step(q);
            while (rc == SQLITE_ROW);
            rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
        }
        sqlite3_finalize(q);
    }
    return rc;
}

/* What opening may meet that is the file's fault and not ours: for the caller to explain. */
static enum err cannot_open(const struct store *s, int rc)
{
    switch (rc & 0xFF) {
    case SQLITE_NOTADB:
        return ERR_CONFLICT;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_BUSY:
        return ERR_IO;
    default:
        return store_fail(s, rc);
    }
}

/* Only looks: a file that is not ours stays as it is, down to its journal mode. */
static int look(sqlite3 *db, bool *ours, bool *empty)
{
    int64_t application = 0;
    int64_t version = 0;
    int64_t tables = 0;
    int rc = pragma_int(db, "PRAGMA application_id", &application);
    if (rc == SQLITE_OK)
        rc = pragma_int(db, "PRAGMA user_version", &version);
    if (rc == SQLITE_OK)
        rc = pragma_int(db, "SELECT count(*) FROM sqlite_schema", &tables);
    *ours = application == APPLICATION_ID && version == SCHEMA_VERSION;
    *empty = application == 0 && version == 0 && tables == 0;
    return rc;
}

/* Creates the tables in an empty database; refuses one of another program or version. */
static enum err prepare_schema(struct store *s)
{
    bool ours = false;
    bool empty = false;
    sqlite3_extended_result_codes(s->db, 1);
    int rc = look(s->db, &ours, &empty);
    if (rc == SQLITE_OK && !ours && !empty)
        return ERR_CONFLICT;
    if (rc == SQLITE_OK)
        rc = run_script(s->db, !s->durable
                                   ? "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                     "PRAGMA secure_delete = OFF; PRAGMA cache_size = -2000;"
                                   : "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                                     "PRAGMA secure_delete = OFF;");
    if (rc == SQLITE_OK && empty)
        rc = run_script(s->db, "BEGIN IMMEDIATE");
    if (rc == SQLITE_OK && empty)
        rc = run_script(s->db, k_store_schema);
    if (rc == SQLITE_OK && empty)
        rc = run_script(s->db, "COMMIT");
    return rc == SQLITE_OK ? ERR_OK : cannot_open(s, rc);
}

void store_setup(void)
{
    /* Its statistics of memory would take a lock in every allocation. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum err store_open(struct store **out, const char *path)
{
    enum err e = ERR_DB;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    struct store *s = calloc(1, sizeof(*s));
    CHECK(s);

    const int rc = sqlite3_open_v2(path ? path : ":memory:", &s->db, flags, NULL);
    if (rc != SQLITE_OK) {
        e = cannot_open(s, rc);
        goto out;
    }
    s->durable = path != NULL;
    e = prepare_schema(s);
    if (e != ERR_OK)
        goto out;
    *out = s;
    s = NULL; /* the caller's now */
out:
    store_close(s);
    return e;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    for (int i = 0; i < SQL__COUNT; i++)
        sqlite3_finalize(s->stmt[i]);
    sqlite3_close(s->db);
    free(s);
}

enum err store_begin(struct store *s)
{
    return s->durable ? store_exec(s, SQL_BEGIN) : ERR_OK;
}

enum err store_finish(struct store *s, enum err e)
{
    return store_end(s, e);
}

enum err store_clear(struct store *s)
{
    static const enum sql_id k_all[] = {SQL_MESSAGE_CLEAR,         SQL_ACCOUNT_CLEAR,
                                        SQL_STOP_CLEAR_ALL,        SQL_META_CLEAR,
                                        SQL_UNSUBSCRIBE_CLEAR_ALL, SQL_AUDIO_NAME_CLEAR_ALL,
                                        SQL_SUBACCOUNT_CLEAR_ALL,  SQL_GROUP_CLEAR_ALL,
                                        SQL_CONTACT_CLEAR_ALL,     SQL_CALLFORWARD_CLEAR_ALL,
                                        SQL_RENTAL_CLEAR_ALL};
    enum err e = store_begin(s);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < sizeof(k_all) / sizeof(k_all[0]) && e == ERR_OK; i++)
        e = store_exec(s, k_all[i]);
    return store_finish(s, e);
}

enum err store_meta_set(struct store *s, struct str name, int64_t value)
{
    sqlite3_stmt *q = store_stmt(s, SQL_META_SET);
    store_bind(q, 1, name);
    sqlite3_bind_int64(q, 2, value);
    return store_run(s, q);
}

enum err store_meta_next(struct store *s, struct str name, int64_t *out)
{
    sqlite3_stmt *q = store_stmt(s, SQL_META_NEXT);
    store_bind(q, 1, name);
    return store_int(s, q, out);
}

enum err store_meta_get(struct store *s, struct str name, int64_t *out)
{
    sqlite3_stmt *q = store_stmt(s, SQL_META_GET);
    store_bind(q, 1, name);
    return store_int(s, q, out);
}
