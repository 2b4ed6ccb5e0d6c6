#include "mockd/domain/civil.h"
#include "tests/unit/str_assert.h"

#define HOUR_MS INT64_C(3600000)

static void assert_civil(struct civil c, struct civil want)
{
    assert_int_equal(c.year, want.year);
    assert_int_equal(c.month, want.month);
    assert_int_equal(c.day, want.day);
    assert_int_equal(c.hour, want.hour);
    assert_int_equal(c.minute, want.minute);
    assert_int_equal(c.second, want.second);
    assert_int_equal(c.weekday, want.weekday);
}

static void an_instant_has_one_utc_date_and_back(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        struct civil c;
    } k_cases[] = {
        {0, {1970, 1, 1, 0, 0, 0, 4}},
        {-1000, {1969, 12, 31, 23, 59, 59, 3}},
        {INT64_C(-2203891200000), {1900, 3, 1, 0, 0, 0, 4}},
        {INT64_C(951782400000), {2000, 2, 29, 0, 0, 0, 2}},
        {INT64_C(1709251199000), {2024, 2, 29, 23, 59, 59, 4}},
        {INT64_C(1795334400000), {2026, 11, 22, 8, 0, 0, 0}},
        {INT64_C(4107499200000), {2100, 2, 28, 12, 0, 0, 0}},
        {INT64_C(7289654399000), {2200, 12, 31, 23, 59, 59, 3}},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%lld\n", (long long)k_cases[i].ms);
        assert_civil(civil_utc(k_cases[i].ms), k_cases[i].c);
        assert_civil(civil_utc(k_cases[i].ms + 999), k_cases[i].c);
        assert_int_equal(civil_utc_ms(&k_cases[i].c), k_cases[i].ms);
    }
}

static void every_day_of_three_centuries_follows_the_one_before(void **state)
{
    (void)state;
    struct civil before = civil_utc(INT64_C(-2208988800000)); /* 1 January 1900, a Monday */
    assert_civil(before, (struct civil){.year = 1900, .month = 1, .day = 1, .weekday = 1});
    int64_t ms = INT64_C(-2208988800000);
    while (before.year < 2201) {
        ms += 24 * HOUR_MS;
        const struct civil c = civil_utc(ms);
        assert_true(civil_valid(c.year, c.month, c.day));
        assert_int_equal(c.weekday, (before.weekday + 1) % 7);
        assert_int_equal(civil_utc_ms(&c), ms);
        if (c.day == 1)
            assert_false(civil_valid(before.year, before.month, before.day + 1));
        else
            assert_int_equal(c.day, before.day + 1);
        before = c;
    }
}

static void fields_past_their_range_carry_over(void **state)
{
    (void)state;
    static const struct {
        struct civil given, same;
    } k_cases[] = {
        {{2024, 2, 28, 24, 0, 0, 0}, {2024, 2, 29, 0, 0, 0, 0}},
        {{2023, 12, 31, 24, 0, 0, 0}, {2024, 1, 1, 0, 0, 0, 0}},
        {{2024, 1, 32, 0, 0, 0, 0}, {2024, 2, 1, 0, 0, 0, 0}},
        {{2024, 13, 1, 0, 0, 0, 0}, {2025, 1, 1, 0, 0, 0, 0}},
        {{2024, 0, 1, 0, 0, 0, 0}, {2023, 12, 1, 0, 0, 0, 0}},
        {{2024, 3, 0, 0, 0, 0, 0}, {2024, 2, 29, 0, 0, 0, 0}},
        {{2024, 1, 1, 0, 75, -1, 0}, {2024, 1, 1, 1, 14, 59, 0}},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu\n", i);
        assert_int_equal(civil_utc_ms(&k_cases[i].given), civil_utc_ms(&k_cases[i].same));
    }
}

static void paris_changes_its_clock_on_the_last_sundays_of_march_and_october(void **state)
{
    (void)state;
    static const int64_t k_spring[] = {
        INT64_C(828234000000),  /* 1996-03-31T01:00Z */
        INT64_C(1711846800000), /* 2024-03-31 */
        INT64_C(1743296400000), /* 2025-03-30 */
        INT64_C(1774746000000), /* 2026-03-29 */
        INT64_C(1806195600000), /* 2027-03-28 */
        INT64_C(1901149200000), /* 2030-03-31 */
        INT64_C(7265725200000), /* 2200-03-30 */
    };
    static const int64_t k_autumn[] = {
        INT64_C(846378000000),  /* 1996-10-27T01:00Z */
        INT64_C(1729990800000), /* 2024-10-27 */
        INT64_C(1761440400000), /* 2025-10-26 */
        INT64_C(1792890000000), /* 2026-10-25 */
        INT64_C(1824944400000), /* 2027-10-31 */
        INT64_C(1919293200000), /* 2030-10-27 */
        INT64_C(7283869200000), /* 2200-10-26 */
    };
    for (size_t i = 0; i < sizeof(k_spring) / sizeof(k_spring[0]); i++) {
        print_message("row %zu\n", i);
        assert_int_equal(civil_paris_offset_s(k_spring[i] - 1), 3600);
        assert_int_equal(civil_paris_offset_s(k_spring[i]), 7200);
        assert_int_equal(civil_paris_offset_s(k_autumn[i] - 1), 7200);
        assert_int_equal(civil_paris_offset_s(k_autumn[i]), 3600);
    }
}

static void a_paris_time_is_one_instant(void **state)
{
    (void)state;
    static const struct {
        struct civil local;
        int64_t ms;
    } k_cases[] = {
        {{2026, 1, 15, 8, 0, 0, 4}, INT64_C(1768460400000)},
        {{2026, 1, 15, 22, 0, 0, 4}, INT64_C(1768510800000)},
        {{2026, 7, 14, 22, 0, 0, 2}, INT64_C(1784059200000)},
        {{2024, 2, 29, 20, 0, 0, 4}, INT64_C(1709233200000)},
        {{2018, 8, 18, 20, 0, 0, 6}, INT64_C(1534615200000)},
        {{1996, 3, 31, 3, 0, 0, 0}, INT64_C(828234000000)},
        {{2027, 3, 28, 1, 59, 59, 0}, INT64_C(1806195599000)},
        {{2027, 3, 28, 3, 0, 0, 0}, INT64_C(1806195600000)},
        {{2026, 10, 25, 1, 59, 59, 0}, INT64_C(1792886399000)},
        {{2026, 10, 25, 2, 30, 0, 0}, INT64_C(1792888200000)},
        {{2026, 10, 25, 3, 0, 0, 0}, INT64_C(1792893600000)},
        {{2200, 10, 26, 3, 0, 0, 0}, INT64_C(7283872800000)},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu\n", i);
        assert_int_equal(civil_paris_ms(&k_cases[i].local), k_cases[i].ms);
        assert_civil(civil_paris(k_cases[i].ms), k_cases[i].local);
    }
}

static void a_time_in_the_spring_gap_moves_forward_an_hour(void **state)
{
    (void)state;
    const struct civil skipped = {.year = 2027, .month = 3, .day = 28, .hour = 2, .minute = 30};
    const int64_t ms = civil_paris_ms(&skipped);
    assert_int_equal(ms, INT64_C(1806197400000)); /* 01:30 UTC */
    const struct civil shown = {2027, 3, 28, 3, 30, 0, 0};
    assert_civil(civil_paris(ms), shown);

    const struct civil first_skipped = {.year = 2027, .month = 3, .day = 28, .hour = 2};
    assert_int_equal(civil_paris_ms(&first_skipped), INT64_C(1806195600000));
}

static void the_second_half_past_two_of_an_autumn_night_shows_the_same_time(void **state)
{
    (void)state;
    const struct civil shown = {2026, 10, 25, 2, 30, 0, 0};
    assert_civil(civil_paris(INT64_C(1792888200000)), shown);
    assert_civil(civil_paris(INT64_C(1792888200000) + HOUR_MS), shown);
}

static void only_dates_of_the_calendar_are_valid(void **state)
{
    (void)state;
    static const struct {
        int y, m, d;
        bool valid;
    } k_cases[] = {
        {2024, 2, 29, true},   {2023, 2, 29, false}, {2000, 2, 29, true},  {1900, 2, 29, false},
        {2100, 2, 29, false},  {2026, 4, 30, true},  {2026, 4, 31, false}, {2026, 12, 31, true},
        {2026, 12, 32, false}, {2026, 0, 1, false},  {2026, 13, 1, false}, {2026, 1, 0, false},
        {2026, -1, 1, false},  {2026, 1, -5, false}, {0, 1, 1, false},     {1, 1, 1, true},
        {9999, 12, 31, true},  {10000, 1, 1, false},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%d-%d-%d\n", k_cases[i].y, k_cases[i].m, k_cases[i].d);
        assert_int_equal(civil_valid(k_cases[i].y, k_cases[i].m, k_cases[i].d), k_cases[i].valid);
    }
}

static void easter_and_the_three_holidays_that_follow_it_move(void **state)
{
    (void)state;
    static const struct {
        int year;
        int easter[2], easter_monday[2], ascension[2], whit_monday[2];
    } k_cases[] = {
        {2008, {3, 23}, {3, 24}, {5, 1}, {5, 12}}, /* Ascension on May Day */
        {2024, {3, 31}, {4, 1}, {5, 9}, {5, 20}},
        {2025, {4, 20}, {4, 21}, {5, 29}, {6, 9}},
        {2026, {4, 5}, {4, 6}, {5, 14}, {5, 25}},
        {2027, {3, 28}, {3, 29}, {5, 6}, {5, 17}}, /* Easter and the spring change on one day */
        {2028, {4, 16}, {4, 17}, {5, 25}, {6, 5}},
        {2029, {4, 1}, {4, 2}, {5, 10}, {5, 21}},
        {2030, {4, 21}, {4, 22}, {5, 30}, {6, 10}},
        {2038, {4, 25}, {4, 26}, {6, 3}, {6, 14}}, /* as late as it gets */
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const int y = k_cases[i].year;
        print_message("%d\n", y);
        const struct civil easter = civil_easter(y);
        assert_int_equal(easter.month, k_cases[i].easter[0]);
        assert_int_equal(easter.day, k_cases[i].easter[1]);
        assert_int_equal(easter.weekday, 0);
        assert_true(french_holiday(y, k_cases[i].easter_monday[0], k_cases[i].easter_monday[1]));
        assert_true(french_holiday(y, k_cases[i].ascension[0], k_cases[i].ascension[1]));
        assert_true(french_holiday(y, k_cases[i].whit_monday[0], k_cases[i].whit_monday[1]));
        assert_false(french_holiday(y, easter.month, easter.day - 2)); /* Good Friday */
    }
}

static void a_year_has_eight_fixed_holidays_and_three_movable_ones(void **state)
{
    (void)state;
    static const int k_fixed[][2] = {{1, 1},  {5, 1},  {5, 8},   {7, 14},
                                     {8, 15}, {11, 1}, {11, 11}, {12, 25}};
    for (int y = 2024; y <= 2030; y++) {
        int count = 0;
        print_message("%d\n", y);
        for (size_t i = 0; i < sizeof(k_fixed) / sizeof(k_fixed[0]); i++)
            assert_true(french_holiday(y, k_fixed[i][0], k_fixed[i][1]));
        for (int m = 1; m <= 12; m++) {
            for (int d = 1; d <= 31; d++)
                count += civil_valid(y, m, d) && french_holiday(y, m, d);
        }
        assert_int_equal(count, 11);
    }
    assert_false(french_holiday(2026, 12, 26));
    assert_false(french_holiday(2026, 2, 29));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instant_has_one_utc_date_and_back),
        cmocka_unit_test(every_day_of_three_centuries_follows_the_one_before),
        cmocka_unit_test(fields_past_their_range_carry_over),
        cmocka_unit_test(paris_changes_its_clock_on_the_last_sundays_of_march_and_october),
        cmocka_unit_test(a_paris_time_is_one_instant),
        cmocka_unit_test(a_time_in_the_spring_gap_moves_forward_an_hour),
        cmocka_unit_test(the_second_half_past_two_of_an_autumn_night_shows_the_same_time),
        cmocka_unit_test(only_dates_of_the_calendar_are_valid),
        cmocka_unit_test(easter_and_the_three_holidays_that_follow_it_move),
        cmocka_unit_test(a_year_has_eight_fixed_holidays_and_three_movable_ones),
    };
    return cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}
