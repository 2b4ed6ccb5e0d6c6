#include "mockd/core/session_clock.h"

#include "mockd/base/clock.h"
#include "tests/unit/str_assert.h"

static void a_frozen_clock_stands_where_it_is_put(void **state)
{
    (void)state;
    struct session_clock c;
    session_clock_init(&c);
    assert_false(c.frozen);
    session_clock_freeze(&c, 1000);
    assert_int_equal(session_clock_now_ms(&c), 1000);
    session_clock_set(&c, 500);
    assert_int_equal(session_clock_now_ms(&c), 500);
    assert_true(c.frozen);
    session_clock_set(&c, -5);
    assert_int_equal(session_clock_now_ms(&c), -5);
}

static void it_follows_real_time_from_the_start(void **state)
{
    (void)state;
    struct session_clock c;
    const int64_t before = clock_wall_ms();
    session_clock_init(&c);
    const int64_t now = session_clock_now_ms(&c);
    assert_true(now >= before && now <= clock_wall_ms() + 1);
}

/* The steady instant is moved instead of waited for. */
static void a_rate_is_session_seconds_a_second(void **state)
{
    (void)state;
    static const struct {
        double rate;
        int64_t passed_ms;
    } k_cases[] = {{1.0, 60000}, {20.0, 1200000}, {0.5, 30000}};
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct session_clock c;
        session_clock_run(&c, 7000, k_cases[i].rate);
        c.base_us -= INT64_C(60000000);
        const int64_t passed = session_clock_now_ms(&c) - 7000;
        assert_true(passed >= k_cases[i].passed_ms && passed < k_cases[i].passed_ms + 100000);
    }
}

static void setting_a_running_clock_leaves_it_running(void **state)
{
    (void)state;
    struct session_clock c;
    session_clock_run(&c, 0, 1.0);
    c.base_us -= INT64_C(60000000);
    session_clock_set(&c, 5000);
    const int64_t now = session_clock_now_ms(&c);
    assert_false(c.frozen);
    assert_true(now >= 5000 && now < 30000);
    c.base_us -= INT64_C(60000000);
    assert_true(session_clock_now_ms(&c) >= 65000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frozen_clock_stands_where_it_is_put),
        cmocka_unit_test(it_follows_real_time_from_the_start),
        cmocka_unit_test(a_rate_is_session_seconds_a_second),
        cmocka_unit_test(setting_a_running_clock_leaves_it_running),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
