#include "mockd/store/internal.h"

/* ---- groups ---------------------------------------------------------------- */

enum err store_group_add(struct store *s, int64_t account, struct contact_group *row)
{
    const enum err e = store_meta_next(s, STR("group"), &row->id);
    if (e != ERR_OK)
        return e;
    sqlite3_stmt *q = store_stmt(s, SQL_GROUP_ADD);
    sqlite3_bind_int64(q, 1, row->id);
    sqlite3_bind_int64(q, 2, account);
    store_bind(q, 3, row->name);
    sqlite3_bind_int64(q, 4, row->created_ms);
    return store_run(s, q);
}

static enum err collect_groups(
    struct store *s, sqlite3_stmt *q, struct arena *a, struct contact_group **out, size_t *n)
{
    size_t cap = 0;
    int rc;
    *out = NULL;
    *n = 0;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        *out = arena_grow(a, *out, *n, &cap, sizeof(**out));
        (*out)[(*n)++] = (struct contact_group){
            .id = sqlite3_column_int64(q, 0),
            .name = store_column(q, 1, a),
            .created_ms = sqlite3_column_int64(q, 2),
        };
    }
    store_done(q);
    return rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}

/* Binds who asks and what for. */
static sqlite3_stmt *owned(struct store *s, enum sql_id sql, int64_t account, int64_t id)
{
    sqlite3_stmt *q = store_stmt(s, sql);
    sqlite3_bind_int64(q, 1, account);
    sqlite3_bind_int64(q, 2, id);
    return q;
}

enum err store_group_get(
    struct store *s, struct arena *a, int64_t account, int64_t id, struct contact_group *out)
{
    struct contact_group *rows;
    size_t n;
    const enum err e = collect_groups(s, owned(s, SQL_GROUP_GET, account, id), a, &rows, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return ERR_NOT_FOUND;
    *out = rows[0];
    return ERR_OK;
}

enum err store_group_list(
    struct store *s, struct arena *a, int64_t account, struct contact_group **out, size_t *n)
{
    sqlite3_stmt *q = store_stmt(s, SQL_GROUP_LIST);
    sqlite3_bind_int64(q, 1, account);
    return collect_groups(s, q, a, out, n);
}

/* Runs a statement that takes one row away. */
static enum err delete_one(struct store *s, enum sql_id sql, int64_t account, int64_t id)
{
    const enum err e = store_run(s, owned(s, sql, account, id));
    return e == ERR_OK && sqlite3_changes(s->db) == 0 ? ERR_NOT_FOUND : e;
}

enum err store_group_delete(struct store *s, int64_t account, int64_t id)
{
    enum err e = store_begin(s);
    if (e != ERR_OK)
        return e;
    e = delete_one(s, SQL_GROUP_DELETE, account, id);
    if (e == ERR_OK)
        e = store_run(s, owned(s, SQL_CONTACT_DELETE_GROUP, account, id));
    return store_end(s, e);
}

/* ---- contacts -------------------------------------------------------------- */

enum { FIRST_TEXT = 5 }; /* the place of CONTACT_NUMBER among the parameters */

static void bind_texts(sqlite3_stmt *q, const struct contact *row)
{
    for (int i = 0; i < CONTACT__TEXTS; i++)
        store_bind(q, FIRST_TEXT + i, row->text[i].p ? row->text[i] : STR(""));
}

enum err store_contact_add(struct store *s, struct contact *row)
{
    const enum err e = store_meta_next(s, STR("contact"), &row->id);
    if (e != ERR_OK)
        return e;
    sqlite3_stmt *q = owned(s, SQL_CONTACT_ADD, row->id, row->account);
    sqlite3_bind_int64(q, 3, row->group);
    sqlite3_bind_int64(q, 4, row->created_ms);
    bind_texts(q, row);
    return store_run(s, q);
}

enum err store_contact_update(struct store *s, const struct contact *row)
{
    sqlite3_stmt *q = store_stmt(s, SQL_CONTACT_UPDATE);
    sqlite3_bind_int64(q, 1, row->id);
    bind_texts(q, row);
    return store_run(s, q);
}

static enum err collect_contacts(
    struct store *s, sqlite3_stmt *q, struct arena *a, struct contact **out, size_t *n)
{
    size_t cap = 0;
    int rc;
    *out = NULL;
    *n = 0;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        *out = arena_grow(a, *out, *n, &cap, sizeof(**out));
        struct contact *c = &(*out)[(*n)++];
        *c = (struct contact){
            .id = sqlite3_column_int64(q, 0),
            .account = sqlite3_column_int64(q, 1),
            .group = sqlite3_column_int64(q, 2),
            .created_ms = sqlite3_column_int64(q, 3),
        };
        for (int i = 0; i < CONTACT__TEXTS; i++)
            c->text[i] = store_column(q, FIRST_TEXT - 1 + i, a);
    }
    store_done(q);
    return rc == SQLITE_DONE ? ERR_OK : store_fail(s, rc);
}

enum err store_contact_get(
    struct store *s, struct arena *a, int64_t account, int64_t id, struct contact *out)
{
    struct contact *rows;
    size_t n;
    const enum err e = collect_contacts(s, owned(s, SQL_CONTACT_GET, account, id), a, &rows, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return ERR_NOT_FOUND;
    *out = rows[0];
    return ERR_OK;
}

enum err store_contact_list(struct store *s,
                            struct arena *a,
                            int64_t account,
                            int64_t group,
                            int64_t limit,
                            int64_t offset,
                            struct contact **out,
                            size_t *n)
{
    sqlite3_stmt *q = owned(s, SQL_CONTACT_LIST, account, group);
    sqlite3_bind_int64(q, 3, limit);
    sqlite3_bind_int64(q, 4, offset);
    return collect_contacts(s, q, a, out, n);
}

enum err store_contact_count(struct store *s, int64_t account, int64_t group, int64_t *out)
{
    return store_int(s, owned(s, SQL_CONTACT_COUNT, account, group), out);
}

enum err store_contact_delete(struct store *s, int64_t account, int64_t id)
{
    return delete_one(s, SQL_CONTACT_DELETE, account, id);
}
