#ifndef MOCKD_STORE_INTERNAL_H
#define MOCKD_STORE_INTERNAL_H

#include <sqlite3.h>

#include "mockd/store/sql.h"
#include "mockd/store/store.h"

/* Shared by the store_*.c files only. */
struct store {
    sqlite3 *db;
    bool durable;                   /* a file: every change is a transaction */
    sqlite3_stmt *stmt[SQL__COUNT]; /* NULL until first used */
};

/* The prepared statement, ready to bind. Our own SQL always compiles, so this cannot fail. */
sqlite3_stmt *store_stmt(struct store *s, enum sql_id id);

/* Borrows v until store_done(); an absent string becomes NULL. */
void store_bind(sqlite3_stmt *q, int at, struct str v);

/* A copy; NULL comes back absent. */
struct str store_column(sqlite3_stmt *q, int at, struct arena *a);

/* Ready for the next caller, holding on to none of this one's memory. */
void store_done(sqlite3_stmt *q);

/* Turns a SQLite result into ours and says why on the log. */
enum err store_fail(const struct store *s, int rc);

/* Steps a statement that gives no row, then store_done(). */
enum err store_run(struct store *s, sqlite3_stmt *q);

/* Runs a statement without parameters. */
enum err store_exec(struct store *s, enum sql_id id);

/* COMMIT after ERR_OK, else ROLLBACK; gives e back, or the error of the commit. */
enum err store_end(struct store *s, enum err e);

/* Steps for one row with one integer; ERR_NOT_FOUND without a row. */
enum err store_int(struct store *s, sqlite3_stmt *q, int64_t *out);

/* Lists of texts of an account (STOP, unsubscribe): the statements take (account, entry, time),
 * (account, entry) and (account, id). */
enum err store_list_add(struct store *s,
                        enum sql_id sql,
                        int64_t account,
                        struct str entry,
                        int64_t now_ms,
                        int64_t *id);
enum err store_list_has(
    struct store *s, enum sql_id sql, int64_t account, struct str entry, bool *out);
enum err store_list_delete(struct store *s, enum sql_id sql, int64_t account, int64_t id);

#endif
