#include "mockd/domain/number_format.h"
#include "tests/unit/str_assert.h"

static const struct {
    struct str e164, international, national, rfc3966;
    bool mobile;
} k_good[] = {
#define ROW(e164, international, national, rfc3966, mobile)                                        \
    {                                                                                              \
        STR_INIT(e164), STR_INIT(international), STR_INIT(national), STR_INIT(rfc3966), mobile     \
    }
    ROW("+33639980100", "+33 6 39 98 01 00", "06 39 98 01 00", "tel:+33-6-39-98-01-00", true),
    ROW("+33145000000", "+33 1 45 00 00 00", "01 45 00 00 00", "tel:+33-1-45-00-00-00", false),
    ROW("+33800123456", "+33 800 123 456", "0 800 123 456", "tel:+33-800-123-456", false),
    ROW("+590690001234", "+590 690 00 12 34", "0690 00 12 34", "tel:+590-690-00-12-34", true),
    ROW("+594694201234", "+594 694 20 12 34", "0694 20 12 34", "tel:+594-694-20-12-34", true),
    ROW("+596596301234", "+596 596 30 12 34", "0596 30 12 34", "tel:+596-596-30-12-34", false),
    ROW("+262692123456", "+262 692 12 34 56", "0692 12 34 56", "tel:+262-692-12-34-56", true),
    ROW("+262639012345", "+262 639 01 23 45", "0639 01 23 45", "tel:+262-639-01-23-45", true),
    ROW("+32470123456", "+32 470 12 34 56", "0470 12 34 56", "tel:+32-470-12-34-56", true),
    ROW("+3225012345", "+32 2 501 23 45", "02 501 23 45", "tel:+32-2-501-23-45", false),
    ROW("+41781234567", "+41 78 123 45 67", "078 123 45 67", "tel:+41-78-123-45-67", true),
    ROW("+352628123456", "+352 628 123 456", "628 123 456", "tel:+352-628-123-456", true),
    ROW("+4915123456789", "+49 1512 3456789", "01512 3456789", "tel:+49-1512-3456789", true),
    ROW("+4930123456", "+49 30 123456", "030 123456", "tel:+49-30-123456", false),
    ROW("+447400123456", "+44 7400 123456", "07400 123456", "tel:+44-7400-123456", true),
    ROW("+442079460000", "+44 20 7946 0000", "020 7946 0000", "tel:+44-20-7946-0000", false),
    ROW("+441212345678", "+44 121 234 5678", "0121 234 5678", "tel:+44-121-234-5678", false),
    ROW("+34612345678", "+34 612 34 56 78", "612 34 56 78", "tel:+34-612-34-56-78", true),
    ROW("+393123456789", "+39 312 345 6789", "312 345 6789", "tel:+39-312-345-6789", true),
    ROW("+390612345678", "+39 06 1234 5678", "06 1234 5678", "tel:+39-06-1234-5678", false),
    ROW("+351912345678", "+351 912 345 678", "912 345 678", "tel:+351-912-345-678", true),
    ROW("+212666123456", "+212 666-123456", "0666-123456", "tel:+212-666-123456", true),
    ROW("+213551234567", "+213 551 23 45 67", "0551 23 45 67", "tel:+213-551-23-45-67", true),
    ROW("+21620123456", "+216 20 123 456", "20 123 456", "tel:+216-20-123-456", true),
    ROW("+221701234567", "+221 70 123 45 67", "70 123 45 67", "tel:+221-70-123-45-67", true),
    ROW("+2250123456789", "+225 01 23 45 6789", "01 23 45 6789", "tel:+225-01-23-45-6789", true),
    ROW("+12015550123", "+1 201-555-0123", "(201) 555-0123", "tel:+1-201-555-0123", true),
    ROW("+15062345678", "+1 506-234-5678", "(506) 234-5678", "tel:+1-506-234-5678", true),
    ROW("+81312345678", "+81 312345678", "312345678", "tel:+81-312345678", true),
};

static void forms(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_good) / sizeof(k_good[0]); i++) {
        struct number_format f;
        print_message("%.*s\n", STR_ARG(k_good[i].e164));
        assert_true(number_format(&a, k_good[i].e164, &f));
        assert_str(f.international, k_good[i].international);
        assert_str(f.national, k_good[i].national);
        assert_str(f.rfc3966, k_good[i].rfc3966);
        assert_int_equal(f.mobile, k_good[i].mobile);
    }
    arena_release(&a);
}

static void a_length_or_beginning_that_the_country_does_not_have_is_refused(void **state)
{
    static const struct str k_bad[] = {
        STR_INIT("+33012345678"),  STR_INIT("+3361234567"),   STR_INIT("+336123456789"),
        STR_INIT("+41121234567"),  STR_INIT("+44600123456"),  STR_INIT("+3461234567"),
        STR_INIT("+2126661234"),   STR_INIT("+213912345678"), STR_INIT("+120155501234"),
        STR_INIT("+11012345678"),  STR_INIT("+999123456789"), STR_INIT("+590123456789"),
        STR_INIT("+351512345678"), STR_INIT("+22501234567"),  STR_INIT("+216012345"),
    };
    struct arena a;
    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_bad) / sizeof(k_bad[0]); i++) {
        struct number_format f;
        print_message("%.*s\n", STR_ARG(k_bad[i]));
        assert_false(number_format(&a, k_bad[i], &f));
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(a_length_or_beginning_that_the_country_does_not_have_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
