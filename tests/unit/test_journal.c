#include "mockd/core/journal.h"

#include <stdlib.h>

#include "mockd/base/utf8.h"
#include "tests/unit/str_assert.h"

enum { RING = 1024 * 1024, LONG_BODY = 64 * 1024 };

/* n bytes that tell which entry they belong to; the caller frees them. */
static struct str pattern(int64_t id, size_t n)
{
    char *p = malloc(n + 1);
    assert_non_null(p);
    for (size_t i = 0; i < n; i++)
        p[i] = (char)('a' + ((size_t)id + i) % 26);
    return (struct str){p, n};
}

static void forget(struct str s)
{
    free((void *)(uintptr_t)s.p);
}

static void add(struct journal *j, int64_t id, size_t body)
{
    const struct str text = pattern(id, body);
    struct header header = {STR("X-Id"), STR("value")};
    const struct journal_entry e = {.id = id,
                                    .method = STR("POST"),
                                    .url = STR(""),
                                    .body = text,
                                    .headers = &header,
                                    .nheaders = 1,
                                    .response_headers = &header,
                                    .nresponse_headers = 1,
                                    .status = 200};
    journal_add(j, &e);
    forget(text); /* the journal has a copy, or the address sanitizer tells */
}

static void assert_kept(struct journal *j, int64_t id, size_t body)
{
    const struct journal_entry *e = journal_get(j, id);
    const struct str text = pattern(id, body);
    assert_non_null(e);
    assert_int_equal(e->id, id);
    assert_str(e->body, text);
    assert_str(e->method, STR("POST"));
    assert_str(e->headers[0].name, STR("X-Id"));
    assert_str(e->response_headers[0].value, STR("value"));
    forget(text);
}

static void the_oldest_goes_when_the_number_is_reached(void **state)
{
    (void)state;
    struct journal *j;
    journal_open(&j, 3, RING);
    for (int64_t id = 1; id <= 7; id++)
        add(j, id, 10);
    assert_int_equal(journal_oldest(j), 5);
    assert_int_equal(journal_newest(j), 7);
    assert_int_equal(journal_count(j), 3);
    assert_int_equal(journal_dropped(j), 4);
    assert_null(journal_get(j, 4));
    assert_null(journal_get(j, 8));
    assert_null(journal_get(j, 0));
    for (int64_t id = 5; id <= 7; id++)
        assert_kept(j, id, 10);
    journal_close(j);
}

static void one_entry_is_the_least(void **state)
{
    (void)state;
    struct journal *j;
    journal_open(&j, 1, 0);
    for (int64_t id = 1; id <= 40; id++) {
        add(j, id, LONG_BODY);
        assert_kept(j, id, LONG_BODY);
        assert_int_equal(journal_count(j), 1);
    }
    journal_close(j);
}

/* Sizes of every kind, many times round the ring: what is kept is whole, what is not is the oldest.
 */
static void the_bytes_are_bounded_and_nothing_is_overwritten(void **state)
{
    (void)state;
    enum { ENTRIES = 3000, KEPT_MAX = 500 };
    static size_t size[ENTRIES + 1];
    struct journal *j;
    uint64_t x = 1;
    journal_open(&j, KEPT_MAX, RING);
    for (int64_t id = 1; id <= ENTRIES; id++) {
        x = x * UINT64_C(6364136223846793005) + 1;
        size[id] = (size_t)(x >> 33) % (x >> 60 ? 3000 : LONG_BODY);
        add(j, id, size[id]);
        if (id % 7 == 0)
            journal_delete(j, id - 3);
        if (id == 1000)
            journal_clear(j);
        if (id % 100)
            continue;
        size_t bytes = 0;
        int64_t n = 0;
        for (int64_t k = journal_oldest(j); k <= journal_newest(j); k++) {
            if (!journal_get(j, k))
                continue;
            assert_kept(j, k, size[k]);
            bytes += size[k];
            n++;
        }
        assert_true(bytes <= RING);
        assert_int_equal(n, journal_count(j));
        assert_true(n > 0 || id == 1000);
    }
    journal_close(j);
}

static void a_deleted_entry_is_gone_and_the_others_stay(void **state)
{
    (void)state;
    struct journal *j;
    journal_open(&j, 10, RING);
    for (int64_t id = 1; id <= 4; id++)
        add(j, id, 10);
    journal_delete(j, 2);
    journal_delete(j, 2);
    journal_delete(j, 99);
    assert_null(journal_get(j, 2));
    assert_int_equal(journal_count(j), 3);
    assert_kept(j, 1, 10);
    journal_clear(j);
    assert_int_equal(journal_count(j), 0);
    assert_null(journal_get(j, 4));
    add(j, 5, 10);
    assert_kept(j, 5, 10);
    assert_int_equal(journal_count(j), 1);
    journal_close(j);
}

static void when_the_answer_left_is_told_later(void **state)
{
    (void)state;
    struct journal *j;
    journal_open(&j, 4, RING);
    add(j, 1, 10);
    assert_int_equal(journal_get(j, 1)->done_us, 0);
    journal_done(j, 1, 1234, 99);
    assert_int_equal(journal_get(j, 1)->done_us, 1234);
    assert_int_equal(journal_get(j, 1)->sent_bytes, 99);
    for (int64_t id = 2; id <= 5; id++)
        add(j, id, 10);
    assert_int_equal(journal_get(j, 5)->done_us, 0); /* in the place where 1 was */
    journal_close(j);
}

static void a_long_body_is_cut_between_characters(void **state)
{
    (void)state;
    struct journal *j;
    const struct str body = pattern(0, LONG_BODY + 10);
    char *p = (char *)(uintptr_t)body.p;
    memcpy(p + LONG_BODY - 2, "\xE2\x82\xAC", 3); /* a euro sign across the cut */
    const struct journal_entry e = {.id = 1, .body = body, .response_body = STR("")};
    journal_open(&j, 4, RING);
    journal_add(j, &e);
    assert_int_equal(journal_get(j, 1)->body.n, LONG_BODY - 2);
    assert_true(utf8_valid(journal_get(j, 1)->body));
    assert_str(journal_get(j, 1)->response_body, STR(""));
    assert_null(journal_get(j, 1)->why.p);
    journal_close(j);
    forget(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_oldest_goes_when_the_number_is_reached),
        cmocka_unit_test(one_entry_is_the_least),
        cmocka_unit_test(the_bytes_are_bounded_and_nothing_is_overwritten),
        cmocka_unit_test(a_deleted_entry_is_gone_and_the_others_stay),
        cmocka_unit_test(when_the_answer_left_is_told_later),
        cmocka_unit_test(a_long_body_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
