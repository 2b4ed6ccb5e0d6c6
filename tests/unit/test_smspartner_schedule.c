#include "mockd/providers/partner/schedule.h"
#include "tests/unit/str_assert.h"

static struct value text(const char *s)
{
    return (struct value){.text = str_from_cstr(s)};
}

static int64_t at(const char *iso)
{
    int64_t ms = 0;
    assert_true(iso8601_parse(str_from_cstr(iso), &ms));
    return ms;
}

static void each_part_is_absent_good_or_bad(void **state)
{
    (void)state;
    static const struct {
        const char *date, *time, *minute;
        enum when_part want[3];
    } k_cases[] = {
        {NULL, NULL, NULL, {WHEN_ABSENT, WHEN_ABSENT, WHEN_ABSENT}},
        {"", "", "", {WHEN_ABSENT, WHEN_ABSENT, WHEN_ABSENT}},
        {"01/12/2026", "15", "30", {WHEN_GOOD, WHEN_GOOD, WHEN_GOOD}},
        {"29/02/2028", "0", "00", {WHEN_GOOD, WHEN_GOOD, WHEN_GOOD}},
        {"29/02/2027", "24", "55", {WHEN_BAD, WHEN_GOOD, WHEN_GOOD}},
        {"1/12/2026", "25", "60", {WHEN_BAD, WHEN_BAD, WHEN_BAD}},
        {"01-12-2026", "-1", "-5", {WHEN_BAD, WHEN_BAD, WHEN_BAD}},
        {"+1/12/2026", "1.5", "x", {WHEN_BAD, WHEN_BAD, WHEN_BAD}},
        {"01/12/2026 ", " 15", "5 ", {WHEN_BAD, WHEN_BAD, WHEN_BAD}},
        {"01/13/2026", "8", "7", {WHEN_BAD, WHEN_GOOD, WHEN_OFF_STEP}},
        {"00/12/2026", "08", "59", {WHEN_BAD, WHEN_GOOD, WHEN_OFF_STEP}},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct partner_when when = partner_when_read(
            text(k_cases[i].date), text(k_cases[i].time), text(k_cases[i].minute));
        print_message("row %zu\n", i);
        assert_int_equal(when.date, k_cases[i].want[0]);
        assert_int_equal(when.time, k_cases[i].want[1]);
        assert_int_equal(when.minute, k_cases[i].want[2]);
    }
}

static void what_is_absent_makes_the_instant_as_late_as_can_be(void **state)
{
    (void)state;
    static const struct {
        const char *date, *time, *minute, *want;
    } k_cases[] = {
        {"01/12/2026", "15", "30", "2026-12-01T15:30:00+01:00"},
        {"01/07/2026", "15", "30", "2026-07-01T15:30:00+02:00"},
        {"31/12/2026", "24", "0", "2027-01-01T00:00:00+01:00"},
        {"01/12/2026", "15", NULL, "2026-12-01T15:59:00+01:00"},
        {"01/12/2026", "15", "x", "2026-12-01T15:59:00+01:00"},
        {"01/12/2026", "15", "7", "2026-12-01T15:07:00+01:00"},
        {"01/12/2026", NULL, "0", "2026-12-01T23:59:00+01:00"},
        {"01/12/2026", NULL, NULL, "2026-12-01T23:59:00+01:00"},
        {"29/03/2026", "2", "30", "2026-03-29T03:30:00+02:00"}, /* an hour that does not exist */
        {"25/10/2026", "2", "30", "2026-10-25T02:30:00+02:00"}, /* the first of two */
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct partner_when when = partner_when_read(
            text(k_cases[i].date), text(k_cases[i].time), text(k_cases[i].minute));
        print_message("%s\n", k_cases[i].want);
        assert_int_equal(when.latest_ms, at(k_cases[i].want));
    }
}

static void the_clock_has_two_digits_a_part_and_none_for_what_is_absent(void **state)
{
    (void)state;
    static const struct {
        const char *time, *minute;
        struct str want;
    } k_cases[] = {
        {"8", "5", STR_INIT("08:05")}, {NULL, NULL, STR_INIT(":")},
        {"24", NULL, STR_INIT("24:")}, {NULL, "0", STR_INIT(":00")},
        {"8", "7", STR_INIT("08:07")}, {"8", "half", STR_INIT("08:half")},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct value time = text(k_cases[i].time);
        const struct value minute = text(k_cases[i].minute);
        const struct partner_when when = partner_when_read(text("01/12/2026"), time, minute);
        assert_str(partner_when_clock(&a, &when, time.text, minute.text), k_cases[i].want);
    }
    arena_release(&a);
}

static void marketing_leaves_in_the_next_hour_that_is_open(void **state)
{
    (void)state;
    static const struct {
        const char *now, *leaves;
    } k_cases[] = {
        {"2026-11-24T08:00:00+01:00", "2026-11-24T08:00:00+01:00"},
        {"2026-11-24T19:59:59+01:00", "2026-11-24T19:59:59+01:00"},
        {"2026-11-24T20:00:00+01:00", "2026-11-25T08:00:00+01:00"},
        {"2026-11-24T23:30:00+01:00", "2026-11-25T08:00:00+01:00"},
        {"2026-11-25T00:30:00+01:00", "2026-11-25T08:00:00+01:00"},
        {"2026-11-25T07:59:59+01:00", "2026-11-25T08:00:00+01:00"},
        {"2026-11-22T12:00:00+01:00", "2026-11-23T08:00:00+01:00"}, /* Sunday */
        {"2026-11-22T03:00:00+01:00", "2026-11-23T08:00:00+01:00"},
        {"2026-11-21T12:00:00+01:00", "2026-11-21T12:00:00+01:00"}, /* Saturday */
        {"2026-11-21T20:00:00+01:00", "2026-11-23T08:00:00+01:00"},
        {"2027-03-27T21:00:00+01:00", "2027-03-30T08:00:00+02:00"}, /* Easter, and summer time */
        {"2026-12-31T20:00:00+01:00", "2027-01-02T08:00:00+01:00"},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%s\n", k_cases[i].now);
        assert_int_equal(partner_marketing_ms(at(k_cases[i].now)), at(k_cases[i].leaves));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_is_absent_good_or_bad),
        cmocka_unit_test(what_is_absent_makes_the_instant_as_late_as_can_be),
        cmocka_unit_test(the_clock_has_two_digits_a_part_and_none_for_what_is_absent),
        cmocka_unit_test(marketing_leaves_in_the_next_hour_that_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
