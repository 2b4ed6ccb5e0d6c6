#include "mockd/store/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/str_assert.h"

/* A folder of its own for each test. */
static int make_folder(void **state)
{
    *state = strdup("/tmp/test_store.XXXXXX");
    store_setup();
    return *state && mkdtemp(*state) ? 0 : -1;
}

static const char *const k_files[] = {"x.db", "x.db-wal", "x.db-shm", "x.db-journal"};

static int remove_folder(void **state)
{
    char path[256];
    for (size_t i = 0; i < sizeof(k_files) / sizeof(k_files[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", (char *)*state, k_files[i]);
        unlink(path);
    }
    const int r = rmdir(*state);
    free(*state);
    return r;
}

static const char *file_in(void **state, struct arena *a)
{
    arena_init(a);
    return arena_cstr(a, arena_printf(a, "%s/x.db", (char *)*state));
}

static struct message message(int64_t id, int64_t batch)
{
    return (struct message){
        .id = id,
        .batch = batch,
        .account = 1,
        .recipient = STR("+33639980000"),
        .text = STR(""),
        .tag = STR("t"),
        .parts = 1,
        .cost_e8 = 3800000,
        .created_ms = 1000,
        .send_ms = 1000,
        .final_ms = 2000,
        .receipt = RECEIPT_DELIVRD,
    };
}

static struct account_row account(void)
{
    return (struct account_row){
        .realm = STR("nexmo"), .key = STR("k"), .balance_e8 = 100, .doc = STR("{}")};
}

static void what_was_added_is_read_back(void **state)
{
    struct arena a;
    struct store *s;
    struct message m;
    struct message *all;
    size_t n;
    const struct message two[] = {message(10, 10), message(11, 10)};
    (void)file_in(state, &a);
    assert_int_equal(store_open(&s, NULL), ERR_OK);
    assert_int_equal(store_message_add(s, two, 2, 0, 0), ERR_OK);
    assert_int_equal(store_message_get(s, &a, 11, &m), ERR_OK);
    assert_str(m.recipient, STR("+33639980000"));
    assert_str(m.text, STR(""));
    assert_null(m.sender.p); /* absent and empty are not the same */
    assert_int_equal(m.cost_e8, 3800000);
    assert_int_equal(store_message_get(s, &a, 12, &m), ERR_NOT_FOUND);
    assert_int_equal(store_message_batch(s, &a, 10, &all, &n), ERR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(store_message_batch(s, &a, 11, &all, &n), ERR_OK);
    assert_int_equal(n, 0);
    store_close(s);
    arena_release(&a);
}

static void a_request_is_stored_whole_or_not_at_all(void **state)
{
    struct arena a;
    struct store *s;
    int64_t n = -1;
    const struct message twice[] = {message(10, 10), message(10, 10)};
    const struct message once = message(10, 10);
    assert_int_equal(store_open(&s, file_in(state, &a)), ERR_OK);
    assert_int_not_equal(store_message_add(s, twice, 2, 0, 0), ERR_OK);
    assert_int_equal(store_message_count(s, &n), ERR_OK);
    assert_int_equal(n, 0);
    assert_int_equal(store_begin(s), ERR_OK);
    struct account_row row = account();
    assert_int_equal(store_account_put(s, &row), ERR_OK);
    assert_int_equal(store_finish(s, ERR_BAD_INPUT), ERR_BAD_INPUT);
    assert_int_equal(store_message_add(s, &once, 1, 0, 0), ERR_OK);
    store_close(s);
    arena_release(&a);
}

static enum err count_row(void *ctx, const struct account_row *row)
{
    int64_t *balance = ctx;
    *balance += row->balance_e8;
    return ERR_OK;
}

static void a_file_holds_its_rows(void **state)
{
    struct arena a;
    struct store *s;
    struct message m;
    int64_t balance = 0;
    int64_t number = 0;
    int64_t id;
    bool has = false;
    const char *path = file_in(state, &a);
    struct account_row row = account();

    assert_int_equal(store_open(&s, path), ERR_OK);
    assert_int_equal(store_account_put(s, &row), ERR_OK);
    m = message(10, 10);
    m.account = row.id;
    assert_int_equal(store_message_add(s, &m, 1, row.id, 77), ERR_OK);
    assert_int_equal(store_stop_add(s, row.id, STR("+33639980001"), 5, &id), ERR_OK);
    assert_int_equal(store_stop_add(s, row.id, STR("+33639980001"), 5, &id), ERR_CONFLICT);
    assert_int_equal(store_meta_set(s, STR("n"), 42), ERR_OK);
    store_close(s);

    assert_int_equal(store_open(&s, path), ERR_OK);
    assert_int_equal(store_message_get(s, &a, 10, &m), ERR_OK);
    assert_int_equal(store_account_each(s, count_row, &balance), ERR_OK);
    assert_int_equal(balance, 77);
    assert_int_equal(store_stop_has(s, row.id, STR("+33639980001"), &has), ERR_OK);
    assert_true(has);
    assert_int_equal(store_meta_get(s, STR("n"), &number), ERR_OK);
    assert_int_equal(number, 42);
    assert_int_equal(store_message_next_id(s, &number), ERR_OK);
    assert_int_equal(store_clear(s), ERR_OK);
    assert_int_equal(store_message_get(s, &a, 10, &m), ERR_NOT_FOUND);
    assert_int_equal(store_meta_get(s, STR("n"), &number), ERR_NOT_FOUND);
    store_close(s);
    arena_release(&a);
}

static struct str bytes_of(struct arena *a, const char *path)
{
    static char chunk[65536];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    const size_t n = fread(chunk, 1, sizeof(chunk), f);
    fclose(f);
    return arena_strdup(a, (struct str){chunk, n});
}

/* As another program would have made it. */
static void run_elsewhere(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    while (*sql) {
        sqlite3_stmt *q;
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, &sql), SQLITE_OK);
        assert_int_equal(sqlite3_step(q), SQLITE_DONE);
        sqlite3_finalize(q);
    }
    sqlite3_close(db);
}

/* It is refused, not a byte of it is changed, and no file comes up beside it. */
static void assert_refused(struct arena *a, const char *path)
{
    struct store *s;
    struct stat st;
    const struct str before = bytes_of(a, path);
    assert_int_equal(store_open(&s, path), ERR_CONFLICT);
    assert_str(bytes_of(a, path), before);
    assert_int_not_equal(stat(arena_printf(a, "%s-wal", path).p, &st), 0);
}

static void a_file_of_somebody_else_is_not_touched(void **state)
{
    static const char *const k_scripts[] = {
        "CREATE TABLE account(a);INSERT INTO account VALUES (1)",
        "CREATE TABLE t(a);PRAGMA user_version = 1", /* another program's version 1 */
        "PRAGMA application_id = 7",
    };
    for (size_t i = 0; i < sizeof(k_scripts) / sizeof(k_scripts[0]); i++) {
        struct arena a;
        const char *path = file_in(state, &a);
        unlink(path);
        run_elsewhere(path, k_scripts[i]);
        assert_refused(&a, path);
        arena_release(&a);
    }
}

static void a_database_of_another_version_is_refused(void **state)
{
    struct arena a;
    struct store *s;
    const char *path = file_in(state, &a);
    assert_int_equal(store_open(&s, path), ERR_OK);
    store_close(s);
    run_elsewhere(path, "PRAGMA user_version = 99");
    assert_int_equal(store_open(&s, path), ERR_CONFLICT);
    arena_release(&a);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    struct arena a;
    const char *path = file_in(state, &a);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (int i = 0; i < 100; i++)
        fputs("Dear diary, today nothing happened.\n", f);
    fclose(f);
    assert_refused(&a, path);
    arena_release(&a);
}

static void an_empty_file_becomes_a_database(void **state)
{
    struct arena a;
    struct store *s;
    const char *path = file_in(state, &a);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fclose(f);
    assert_int_equal(store_open(&s, path), ERR_OK);
    store_close(s);
    assert_int_equal(store_open(&s, "/no/such/folder/x.db"), ERR_IO);
    arena_release(&a);
}

static void what_is_final_goes_first_and_what_is_pending_never(void **state)
{
    struct arena a;
    struct store *s;
    struct message m;
    int64_t n;
    struct message rows[] = {message(1, 1), message(2, 2), message(3, 3)};
    rows[0].final_ms = MESSAGE_NEVER;
    (void)file_in(state, &a);
    assert_int_equal(store_open(&s, NULL), ERR_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(store_message_add(s, &rows[i], 1, 0, 0), ERR_OK);
    assert_int_equal(store_message_trim(s, 5000, 1, &n), ERR_OK);
    assert_int_equal(store_message_get(s, &a, 1, &m), ERR_OK);
    assert_int_equal(store_message_get(s, &a, 2, &m), ERR_NOT_FOUND);
    assert_int_equal(store_message_trim(s, 5000, 10, &n), ERR_OK);
    assert_int_equal(store_message_count(s, &n), ERR_OK);
    assert_int_equal(n, 1);
    store_close(s);
    arena_release(&a);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_added_is_read_back),
        TEST(a_request_is_stored_whole_or_not_at_all),
        TEST(a_file_holds_its_rows),
        TEST(a_file_of_somebody_else_is_not_touched),
        TEST(a_database_of_another_version_is_refused),
        TEST(a_file_that_is_no_database_is_refused),
        TEST(an_empty_file_becomes_a_database),
        TEST(what_is_final_goes_first_and_what_is_pending_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
