#include "mockd/domain/money.h"
#include "tests/unit/str_assert.h"

static void money_shows_a_fixed_number_of_decimals_rounded_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        int64_t e8;
        int decimals;
        struct str text, shorter;
    } k_cases[] = {
        {1022511900000, 3, STR_INIT("10225.119"), STR_INIT("10225.119")},
        {1553590000, 8, STR_INIT("15.53590000"), STR_INIT("15.5359")},
        {3800000, 3, STR_INIT("0.038"), STR_INIT("0.038")},
        {7600000, 3, STR_INIT("0.076"), STR_INIT("0.076")},
        {4000000, 3, STR_INIT("0.040"), STR_INIT("0.04")},
        {286920000000, 3, STR_INIT("2869.200"), STR_INIT("2869.2")},
        {0, 3, STR_INIT("0.000"), STR_INIT("0")},
        {0, 0, STR_INIT("0"), STR_INIT("0")},
        {10000000000, 0, STR_INIT("100"), STR_INIT("100")},
        {10000000000, 3, STR_INIT("100.000"), STR_INIT("100")},
        {50000000, 0, STR_INIT("1"), STR_INIT("1")},
        {49999999, 0, STR_INIT("0"), STR_INIT("0")},
        {-50000000, 0, STR_INIT("-1"), STR_INIT("-1")},
        {3850000, 3, STR_INIT("0.039"), STR_INIT("0.039")},
        {3849999, 3, STR_INIT("0.038"), STR_INIT("0.038")},
        {-3850000, 3, STR_INIT("-0.039"), STR_INIT("-0.039")},
        {-40000, 3, STR_INIT("0.000"), STR_INIT("0")},
        {99999999999, 3, STR_INIT("1000.000"), STR_INIT("1000")},
        {1, 8, STR_INIT("0.00000001"), STR_INIT("0.00000001")},
        {INT64_MAX, 8, STR_INIT("92233720368.54775807"), STR_INIT("92233720368.54775807")},
        {INT64_MIN, 8, STR_INIT("-92233720368.54775808"), STR_INIT("-92233720368.54775808")},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%lld with %d decimals\n", (long long)k_cases[i].e8, k_cases[i].decimals);
        assert_str(money_text(&a, k_cases[i].e8, k_cases[i].decimals), k_cases[i].text);
        assert_str(money_short(&a, k_cases[i].e8, k_cases[i].decimals), k_cases[i].shorter);
    }
    arena_release(&a);
}

static void decimal_text_is_read_exactly(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        int64_t e8;
    } k_cases[] = {
        {STR_INIT("0"), 0},
        {STR_INIT("-0"), 0},
        {STR_INIT("0.038"), 3800000},
        {STR_INIT("10225.119"), 1022511900000},
        {STR_INIT("-1.5"), -150000000},
        {STR_INIT("0.00000001"), 1},
        {STR_INIT("007.50"), 750000000},
        {STR_INIT("9999999999.99999999"), 999999999999999999},
        {STR_INIT("-9999999999.99999999"), -999999999999999999},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int64_t e8 = 42;
        print_message("%s\n", k_cases[i].text.p);
        assert_true(money_parse(k_cases[i].text, &e8));
        assert_int_equal(e8, k_cases[i].e8);
    }
}

static void other_text_is_no_amount_and_leaves_the_result_alone(void **state)
{
    (void)state;
    static const struct str k_cases[] = {
        {NULL, 0},
        STR_INIT(""),
        STR_INIT("-"),
        STR_INIT("--1"),
        STR_INIT("+1"),
        STR_INIT("."),
        STR_INIT(".5"),
        STR_INIT("5."),
        STR_INIT("-.5"),
        STR_INIT("1.2.3"),
        STR_INIT("1,5"),
        STR_INIT("1e3"),
        STR_INIT("0x10"),
        STR_INIT("nan"),
        STR_INIT(" 1"),
        STR_INIT("1 "),
        STR_INIT("1.0 "),
        STR_INIT("1.-5"),
        STR_INIT("1\0"),
        STR_INIT("0.123456789"),
        STR_INIT("0.0000000000"),
        STR_INIT("10000000000"),
        STR_INIT("00000000001"),
        STR_INIT("99999999999999999999999999"),
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int64_t e8 = 42;
        print_message("row %zu: \"%.*s\"\n", i, STR_ARG(k_cases[i]));
        assert_false(money_parse(k_cases[i], &e8));
        assert_int_equal(e8, 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_shows_a_fixed_number_of_decimals_rounded_half_away_from_zero),
        cmocka_unit_test(decimal_text_is_read_exactly),
        cmocka_unit_test(other_text_is_no_amount_and_leaves_the_result_alone),
    };
    return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
