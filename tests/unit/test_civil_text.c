#include "mockd/domain/civil.h"
#include "tests/unit/str_assert.h"

#define DAY_MS INT64_C(86400000)

static void a_date_time_with_an_offset_is_an_instant(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        int64_t ms;
    } k_cases[] = {
        {STR_INIT("2026-11-22T08:00:00Z"), INT64_C(1795334400000)},
        {STR_INIT("2026-11-22t08:00:00z"), INT64_C(1795334400000)},
        {STR_INIT("2026-11-22T09:00:00+01:00"), INT64_C(1795334400000)},
        {STR_INIT("2026-11-22T09:00:00+0100"), INT64_C(1795334400000)},
        {STR_INIT("2026-11-22T09:00+01:00"), INT64_C(1795334400000)},
        {STR_INIT("2026-11-21T23:30:00-08:30"), INT64_C(1795334400000)},
        {STR_INIT("2026-11-22T08:00:00.5Z"), INT64_C(1795334400500)},
        {STR_INIT("2026-11-22T08:00:00.123999999Z"), INT64_C(1795334400123)},
        {STR_INIT("2026-11-22T08:00:00,25Z"), INT64_C(1795334400250)},
        {STR_INIT("1970-01-01T00:00:00Z"), 0},
        {STR_INIT("1969-12-31T23:59:59.999Z"), -1},
        {STR_INIT("2024-02-29T23:59:59-00:00"), INT64_C(1709251199000)},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int64_t ms = 42;
        print_message("%s\n", k_cases[i].text.p);
        assert_true(iso8601_parse(k_cases[i].text, &ms));
        assert_int_equal(ms, k_cases[i].ms);
    }
}

static void what_is_not_one_instant_is_refused(void **state)
{
    (void)state;
    static const struct str k_cases[] = {
        {NULL, 0},
        STR_INIT(""),
        STR_INIT("2026-11-22"),
        STR_INIT("2026-11-22T08:00:00"),
        STR_INIT("2026-11-22 08:00:00Z"),
        STR_INIT("2026-11-22T08Z"),
        STR_INIT("2026-11-22T08:00:00.Z"),
        STR_INIT("2026-11-22T08:00:00Zx"),
        STR_INIT("2026-11-22T08:00:00Z\0"),
        STR_INIT("2026-11-22T08:00:00+01"),
        STR_INIT("2026-11-22T08:00:00+24:00"),
        STR_INIT("2026-11-22T08:00:00+01:60"),
        STR_INIT("2026-11-22T08:00:00 01:00"),
        STR_INIT("2026-11-22T24:00:00Z"),
        STR_INIT("2026-11-22T08:60:00Z"),
        STR_INIT("2026-11-22T08:00:60Z"),
        STR_INIT("2026-11-31T08:00:00Z"),
        STR_INIT("2023-02-29T08:00:00Z"),
        STR_INIT("2026-00-10T08:00:00Z"),
        STR_INIT("0000-01-01T00:00:00Z"),
        STR_INIT("26-11-22T08:00:00Z"),
        STR_INIT("20261122T080000Z"),
        STR_INIT("-026-11-22T08:00:00Z"),
        STR_INIT("2026-11-22T+8:00:00Z"),
        STR_INIT("now"),
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int64_t ms = 42;
        print_message("row %zu: \"%.*s\"\n", i, STR_ARG(k_cases[i]));
        assert_false(iso8601_parse(k_cases[i], &ms));
        assert_int_equal(ms, 42);
    }
}

static void a_duration_is_a_number_of_milliseconds(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        int64_t ms;
    } k_cases[] = {
        {STR_INIT("PT6M"), 360000},
        {STR_INIT("P1D"), DAY_MS},
        {STR_INIT("P2W"), 14 * DAY_MS},
        {STR_INIT("PT48H"), 2 * DAY_MS},
        {STR_INIT("P1DT2H3M4S"), DAY_MS + 7384000},
        {STR_INIT("P1DT4S"), DAY_MS + 4000},
        {STR_INIT("PT0S"), 0},
        {STR_INIT("P0D"), 0},
        {STR_INIT("PT0.5S"), 500},
        {STR_INIT("PT1.001S"), 1001},
        {STR_INIT("PT1,25S"), 1250},
        {STR_INIT("PT0.0009S"), 0},
        {STR_INIT("PT90M"), 5400000},
        {STR_INIT("PT604800S"), 7 * DAY_MS},
        {STR_INIT("P3660000D"), 3660000 * DAY_MS},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int64_t ms = 42;
        print_message("%s\n", k_cases[i].text.p);
        assert_true(iso8601_duration_parse(k_cases[i].text, &ms));
        assert_int_equal(ms, k_cases[i].ms);
    }
}

static void a_duration_without_a_fixed_length_is_refused(void **state)
{
    (void)state;
    static const struct str k_cases[] = {
        {NULL, 0},
        STR_INIT(""),
        STR_INIT("P"),
        STR_INIT("PT"),
        STR_INIT("P1DT"),
        STR_INIT("T6M"),
        STR_INIT("6M"),
        STR_INIT("P6M"),
        STR_INIT("P1Y"),
        STR_INIT("P1H"),
        STR_INIT("PT1D"),
        STR_INIT("PTM"),
        STR_INIT("PT6"),
        STR_INIT("PT6m"),
        STR_INIT("pt6m"),
        STR_INIT("PT1S2M"),
        STR_INIT("PT1M1M"),
        STR_INIT("PT1H2H"),
        STR_INIT("PT1HT2M"),
        STR_INIT("PT.5S"),
        STR_INIT("PT1.S"),
        STR_INIT("PT1.5M"),
        STR_INIT("P1.5D"),
        STR_INIT("P0.0W"),
        STR_INIT("-PT6M"),
        STR_INIT("PT-6M"),
        STR_INIT("PT6M "),
        STR_INIT("PT6M\0"),
        STR_INIT("PT\0S"),
        STR_INIT("P3660001D"),
        STR_INIT("P3660000DT1S"),
        STR_INIT("PT99999999999999999999S"),
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int64_t ms = 42;
        print_message("row %zu: \"%.*s\"\n", i, STR_ARG(k_cases[i]));
        assert_false(iso8601_duration_parse(k_cases[i], &ms));
        assert_int_equal(ms, 42);
    }
}

static void an_instant_is_shown_in_every_form(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        struct str iso, paris, utc, http;
    } k_cases[] = {
        {INT64_C(1795334400000), STR_INIT("2026-11-22T08:00:00.000Z"),
         STR_INIT("2026-11-22 09:00:00"), STR_INIT("2026-11-22 08:00:00"),
         STR_INIT("Sun, 22 Nov 2026 08:00:00 GMT")},
        {INT64_C(1534615200007), STR_INIT("2018-08-18T18:00:00.007Z"),
         STR_INIT("2018-08-18 20:00:00"), STR_INIT("2018-08-18 18:00:00"),
         STR_INIT("Sat, 18 Aug 2018 18:00:00 GMT")},
        {INT64_C(1709251199999), STR_INIT("2024-02-29T23:59:59.999Z"),
         STR_INIT("2024-03-01 00:59:59"), STR_INIT("2024-02-29 23:59:59"),
         STR_INIT("Thu, 29 Feb 2024 23:59:59 GMT")},
        {-1, STR_INIT("1969-12-31T23:59:59.999Z"), STR_INIT("1970-01-01 00:59:59"),
         STR_INIT("1969-12-31 23:59:59"), STR_INIT("Wed, 31 Dec 1969 23:59:59 GMT")},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        char date[32];
        print_message("%lld\n", (long long)k_cases[i].ms);
        assert_str(iso8601_utc(&a, k_cases[i].ms), k_cases[i].iso);
        assert_str(civil_paris_sql(&a, k_cases[i].ms), k_cases[i].paris);
        assert_str(civil_utc_sql(&a, k_cases[i].ms), k_cases[i].utc);
        assert_int_equal(http_date(date, k_cases[i].ms), 29);
        assert_string_equal(date, k_cases[i].http.p);
    }
    arena_release(&a);
}

static void what_is_written_can_be_read_back(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (int64_t ms = INT64_C(-62135596800000); ms < INT64_C(253402300799999);
         ms += INT64_C(31556951999) * 7) {
        int64_t back;
        assert_true(iso8601_parse(iso8601_utc(&a, ms), &back));
        assert_int_equal(back, ms);
        arena_reset(&a);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_time_with_an_offset_is_an_instant),
        cmocka_unit_test(what_is_not_one_instant_is_refused),
        cmocka_unit_test(a_duration_is_a_number_of_milliseconds),
        cmocka_unit_test(a_duration_without_a_fixed_length_is_refused),
        cmocka_unit_test(an_instant_is_shown_in_every_form),
        cmocka_unit_test(what_is_written_can_be_read_back),
    };
    return cmocka_run_group_tests_name("civil_text", tests, NULL, NULL);
}
