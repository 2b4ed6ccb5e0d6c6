#include "mockd/store/internal.h"

enum err store_rental_add(struct store *s, struct rental *row)
{
    const enum err e = store_meta_next(s, STR("rental"), &row->id);
    if (e != ERR_OK)
        return e;
    sqlite3_stmt *q = store_stmt(s, SQL_RENTAL_ADD);
    sqlite3_bind_int64(q, 1, row->id);
    sqlite3_bind_int64(q, 2, row->account);
    store_bind(q, 3, row->sex);
    sqlite3_bind_int64(q, 4, row->min_age);
    sqlite3_bind_int64(q, 5, row->max_age);
    store_bind(q, 6, row->department);
    store_bind(q, 7, row->zipcode);
    store_bind(q, 8, row->interest);
    store_bind(q, 9, row->sub_interest);
    store_bind(q, 10, row->category);
    store_bind(q, 11, row->volumes);
    sqlite3_bind_int64(q, 12, row->quantity);
    sqlite3_bind_int64(q, 13, row->cost_e8);
    store_bind(q, 14, row->url);
    sqlite3_bind_int64(q, 15, row->created_ms);
    sqlite3_bind_int64(q, 16, row->ready_ms);
    sqlite3_bind_int(q, 17, (int)row->fate);
    sqlite3_bind_int(q, 18, row->downloaded);
    return store_run(s, q);
}

/* The row that q finds; ERR_NOT_FOUND without one. */
static enum err first(struct store *s, sqlite3_stmt *q, struct arena *a, struct rental *out)
{
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *out = (struct rental){
            .id = sqlite3_column_int64(q, 0),
            .account = sqlite3_column_int64(q, 1),
            .sex = store_column(q, 2, a),
            .min_age = sqlite3_column_int64(q, 3),
            .max_age = sqlite3_column_int64(q, 4),
            .department = store_column(q, 5, a),
            .zipcode = store_column(q, 6, a),
            .interest = store_column(q, 7, a),
            .sub_interest = store_column(q, 8, a),
            .category = store_column(q, 9, a),
            .volumes = store_column(q, 10, a),
            .quantity = sqlite3_column_int64(q, 11),
            .cost_e8 = sqlite3_column_int64(q, 12),
            .url = store_column(q, 13, a),
            .created_ms = sqlite3_column_int64(q, 14),
            .ready_ms = sqlite3_column_int64(q, 15),
            .fate = (enum rental_fate)sqlite3_column_int(q, 16),
            .downloaded = sqlite3_column_int(q, 17) != 0,
        };
    store_done(q);
    if (rc == SQLITE_ROW)
        return ERR_OK;
    return rc == SQLITE_DONE ? ERR_NOT_FOUND : store_fail(s, rc);
}

static sqlite3_stmt *with_id(struct store *s, enum sql_id sql, int64_t id)
{
    sqlite3_stmt *q = store_stmt(s, sql);
    sqlite3_bind_int64(q, 1, id);
    return q;
}

enum err store_rental_get(struct store *s, struct arena *a, int64_t id, struct rental *out)
{
    return first(s, with_id(s, SQL_RENTAL_GET, id), a, out);
}

enum err store_rental_count(struct store *s, int64_t account, int64_t *out)
{
    return store_int(s, with_id(s, SQL_RENTAL_COUNT, account), out);
}

enum err store_rental_downloaded(struct store *s, int64_t id)
{
    return store_run(s, with_id(s, SQL_RENTAL_DOWNLOADED, id));
}

enum err store_rental_refund_next(struct store *s, struct arena *a, struct rental *out)
{
    return first(s, store_stmt(s, SQL_RENTAL_REFUND_NEXT), a, out);
}

enum err store_rental_refunded(struct store *s, int64_t id)
{
    return store_run(s, with_id(s, SQL_RENTAL_REFUNDED, id));
}
