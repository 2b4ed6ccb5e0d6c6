#include "mockd/domain/msisdn.h"
#include "tests/unit/str_assert.h"

static void numbers_are_read_as_sms_partner_reads_them(void **state)
{
    (void)state;
    static const struct {
        struct str raw;
        enum msisdn_kind kind;
        struct str e164;
    } k_cases[] = {
        {STR_INIT("0612345678"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("0712345678"), MSISDN_FR_MOBILE, STR_INIT("+33712345678")},
        {STR_INIT("+33612345678"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("33612345678"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("0033612345678"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("+33639980000"), MSISDN_FR_MOBILE, STR_INIT("+33639980000")},
        {STR_INIT(" +33 6 12 34 56 78 "), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("+33 (0)6 12 34 56 78"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("06.12.34.56.78"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("06-12-34-56-78"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("(06) 12 34\t56 78"), MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("06\xC2\xA0"
                  "12\xE2\x80\xAF"
                  "34 56 78"),
         MSISDN_FR_MOBILE, STR_INIT("+33612345678")},
        {STR_INIT("0123456789"), MSISDN_FR_OTHER, STR_INIT("+33123456789")},
        {STR_INIT("+33512345678"), MSISDN_FR_OTHER, STR_INIT("+33512345678")},
        {STR_INIT("33800123456"), MSISDN_FR_OTHER, STR_INIT("+33800123456")},
        {STR_INIT("+212666123456"), MSISDN_FOREIGN, STR_INIT("+212666123456")},
        {STR_INIT(" +212666123456"), MSISDN_FOREIGN, STR_INIT("+212666123456")},
        {STR_INIT("+262692123456"), MSISDN_FOREIGN, STR_INIT("+262692123456")},
        {STR_INIT("+1 (415) 555-0100"), MSISDN_FOREIGN, STR_INIT("+14155550100")},
        {STR_INIT("+247123"), MSISDN_FOREIGN, STR_INIT("+247123")},
        {STR_INIT("+491512345678901"), MSISDN_FOREIGN, STR_INIT("+491512345678901")},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct str e164 = {0};
        print_message("%s\n", k_cases[i].raw.p);
        assert_int_equal(msisdn_parse(&a, k_cases[i].raw, &e164), k_cases[i].kind);
        assert_str(e164, k_cases[i].e164);
    }
    arena_release(&a);
}

static void other_text_is_no_number_and_leaves_the_result_alone(void **state)
{
    (void)state;
    static const struct str k_cases[] = {
        {NULL, 0},
        STR_INIT(""),
        STR_INIT(" "),
        STR_INIT("+"),
        STR_INIT("0"),
        STR_INIT("00"),
        STR_INIT("33"),
        STR_INIT("+33"),
        STR_INIT("061234567"),
        STR_INIT("06123456789"),
        STR_INIT("0012345678"),
        STR_INIT("+3361234567"),
        STR_INIT("+336123456789"),
        STR_INIT("+33012345678"),
        STR_INIT("+0612345678"),
        STR_INIT("+0033612345678"),
        STR_INIT("++33612345678"),
        STR_INIT("33+612345678"),
        STR_INIT("612345678"),
        STR_INIT("212666123456"),
        STR_INIT("00212666123456"),
        STR_INIT("447700900000"),
        STR_INIT("+24712"),
        STR_INIT("+4915123456789012"),
        STR_INIT("+49151234567890123456789012345678901234567890"),
        STR_INIT("06123456O8"),
        STR_INIT("0612345678\0"),
        STR_INIT("\0"),
        STR_INIT("06/12/34/56/78"),
        STR_INIT("0612345678,0612345679"),
        STR_INIT("tel:+33612345678"),
        STR_INIT("+33612345678x1"),
        STR_INIT("٠٦١٢٣٤٥٦٧٨"),
        STR_INIT("06123456\xC2"),
        STR_INIT("Acme"),
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct str e164 = STR("kept");
        print_message("row %zu: \"%.*s\"\n", i, STR_ARG(k_cases[i]));
        assert_int_equal(msisdn_parse(&a, k_cases[i], &e164), MSISDN_BAD);
        assert_str(e164, STR("kept"));
    }
    arena_release(&a);
}

static void the_fiction_block_gives_its_last_four_digits(void **state)
{
    (void)state;
    static const struct {
        struct str e164;
        int last4; /* -1: not in the block */
    } k_cases[] = {
        {STR_INIT("+33639980000"), 0},
        {STR_INIT("+33639980001"), 1},
        {STR_INIT("+33639987014"), 7014},
        {STR_INIT("+33639989999"), 9999},
        {STR_INIT("+33639990000"), -1},
        {STR_INIT("+33639979999"), -1},
        {STR_INIT("+3363998000"), -1},
        {STR_INIT("+336399800000"), -1},
        {STR_INIT("33639980000"), -1},
        {STR_INIT("0639980000"), -1},
        {STR_INIT("+3363998000a"), -1},
        {STR_INIT(""), -1},
        {{NULL, 0}, -1},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int last4 = -1;
        print_message("%.*s\n", STR_ARG(k_cases[i].e164));
        assert_int_equal(msisdn_fr_fiction(k_cases[i].e164, &last4), k_cases[i].last4 >= 0);
        assert_int_equal(last4, k_cases[i].last4);
    }
}

static void digits_are_ascii_and_within_the_limits(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        size_t min, max;
        int ok;
    } k_cases[] = {
        {STR_INIT("4477009"), 7, 15, 1},
        {STR_INIT("447700"), 7, 15, 0},
        {STR_INIT("123456789012345"), 7, 15, 1},
        {STR_INIT("1234567890123456"), 7, 15, 0},
        {STR_INIT("44770090000a"), 7, 15, 0},
        {STR_INIT("+44770090000"), 7, 15, 0},
        {STR_INIT("4477 0090000"), 7, 15, 0},
        {STR_INIT("4477009\0"), 7, 15, 0},
        {STR_INIT("٤٤٧٧٠٠٩"), 7, 15, 0},
        {STR_INIT(""), 0, 15, 1},
        {STR_INIT(""), 1, 15, 0},
        {{NULL, 0}, 1, 15, 0},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu: %.*s\n", i, STR_ARG(k_cases[i].s));
        assert_int_equal(msisdn_is_digits(k_cases[i].s, k_cases[i].min, k_cases[i].max),
                         k_cases[i].ok);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_sms_partner_reads_them),
        cmocka_unit_test(other_text_is_no_number_and_leaves_the_result_alone),
        cmocka_unit_test(the_fiction_block_gives_its_last_four_digits),
        cmocka_unit_test(digits_are_ascii_and_within_the_limits),
    };
    return cmocka_run_group_tests_name("msisdn", tests, NULL, NULL);
}
