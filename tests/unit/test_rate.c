#include "mockd/core/rate.h"
#include "tests/unit/str_assert.h"

static const struct rate_limit k_five = {5, 60000};
static const struct rate_limit k_two = {2, 60000};
static const struct rate_limit k_many = {2000, 3600000};

static void the_window_slides(void **state)
{
    (void)state;
    struct rates r = {0};
    for (int i = 0; i < 5; i++)
        assert_int_equal(rates_hit(&r, 1, &k_five, (int64_t)i * 10000), 0);
    /* the one of 0 s leaves at 60 s, but this request counts, too: now those of 10 s to 50 s do */
    assert_int_equal(rates_hit(&r, 1, &k_five, 50000), 20);
    assert_int_equal(rates_hit(&r, 1, &k_five, 110000), 0);
    rates_release(&r);
}

static void the_wait_is_what_retry_after_may_say(void **state)
{
    (void)state;
    struct rates r = {0};
    for (int i = 0; i < 5; i++)
        assert_int_equal(rates_hit(&r, 1, &k_five, 1000), 0);
    assert_int_equal(rates_hit(&r, 1, &k_five, 31500), 30);
    assert_int_equal(rates_hit(&r, 1, &k_five, 61000), 0);
    rates_release(&r);
}

static void askers_and_limits_have_windows_of_their_own(void **state)
{
    (void)state;
    struct rates r = {0};
    for (int i = 0; i < 2; i++)
        assert_int_equal(rates_hit(&r, 1, &k_two, 0), 0);
    assert_int_equal(rates_hit(&r, 1, &k_two, 0), 60);
    assert_int_equal(rates_hit(&r, 2, &k_two, 0), 0);
    assert_int_equal(rates_hit(&r, 1, &k_five, 0), 0);
    rates_forget(&r, 1);
    assert_int_equal(rates_hit(&r, 1, &k_two, 0), 0);
    assert_int_equal(rates_hit(&r, 2, &k_two, 0), 0);
    assert_int_equal(rates_hit(&r, 2, &k_two, 0), 60);
    rates_release(&r);
}

static void a_large_limit_is_counted_exactly(void **state)
{
    (void)state;
    struct rates r = {0};
    for (int i = 0; i < 2000; i++)
        assert_int_equal(rates_hit(&r, 1, &k_many, (int64_t)i * 100), 0);
    assert_true(rates_hit(&r, 1, &k_many, 200000) > 0);
    assert_int_equal(rates_hit(&r, 1, &k_many, 200000 + 3600000), 0);
    rates_release(&r);
}

/* Its steps are a minute long, and it may be late by one, never early. */
static void a_large_limit_opens_again_within_a_step(void **state)
{
    (void)state;
    struct rates r = {0};
    for (int i = 0; i < 1000; i++)
        assert_int_equal(rates_hit(&r, 1, &k_many, 0), 0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(rates_hit(&r, 1, &k_many, 1800000), 0);
    assert_int_equal(rates_hit(&r, 1, &k_many, 1800000), 1800);
    assert_true(rates_hit(&r, 1, &k_many, 3599999) > 0);
    for (int i = 0; i < 998; i++)
        assert_int_equal(rates_hit(&r, 1, &k_many, 3660000), 0);
    assert_true(rates_hit(&r, 1, &k_many, 3660000) > 0);
    rates_release(&r);
}

static void those_who_were_quiet_for_longest_are_forgotten_first(void **state)
{
    (void)state;
    struct rates r = {0};
    for (uint64_t who = 0; who <= RATE_ROWS_MAX; who++) {
        assert_int_equal(rates_hit(&r, who, &k_two, (int64_t)who), 0);
        assert_int_equal(rates_hit(&r, who, &k_two, (int64_t)who), 0);
    }
    assert_true(rates_hit(&r, 1, &k_two, 2000) > 0);
    assert_int_equal(rates_hit(&r, 0, &k_two, 2000), 0);
    rates_release(&r);
}

static void texts_are_told_apart(void **state)
{
    (void)state;
    assert_true(rate_who(STR("192.0.2.1")) == rate_who(STR("192.0.2.1")));
    assert_true(rate_who(STR("192.0.2.1")) != rate_who(STR("192.0.2.2")));
    assert_true(rate_who(STR("")) != rate_who(STR("0")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_window_slides),
        cmocka_unit_test(the_wait_is_what_retry_after_may_say),
        cmocka_unit_test(askers_and_limits_have_windows_of_their_own),
        cmocka_unit_test(a_large_limit_is_counted_exactly),
        cmocka_unit_test(a_large_limit_opens_again_within_a_step),
        cmocka_unit_test(those_who_were_quiet_for_longest_are_forgotten_first),
        cmocka_unit_test(texts_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
