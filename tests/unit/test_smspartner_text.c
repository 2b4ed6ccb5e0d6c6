#include "mockd/providers/smspartner/text.h"

#include "mockd/providers/partner/partner.h"
#include "tests/unit/str_assert.h"

static void characters_are_replaced_by_the_provider_s_table(void **state)
{
    (void)state;
    static const struct {
        struct str in, out;
    } k_cases[] = {
        {STR_INIT("plain text 123 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡¿à"),
         STR_INIT("plain text 123 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡¿à")},
        {STR_INIT("ąç"), STR_INIT("àÇ")},
        {STR_INIT("ô ö ó"), STR_INIT("o o o")},
        {STR_INIT("[a]{b}"), STR_INIT("(a)(b)")},
        {STR_INIT("ÎÝÿœ"), STR_INIT("IYyoe")},
        {STR_INIT("äáâãÄÀÁÂÃ"), STR_INIT("aaaaAAAAA")},
        {STR_INIT("ÈÊËëê"), STR_INIT("EEEee")},
        {STR_INIT("ÜÙÚÛûüµ"), STR_INIT("UUUUuuu")},
        {STR_INIT("ÖÔïîñÑ"), STR_INIT("OOiinN")},
        {STR_INIT("’‘“`"), STR_INIT("''''")},
        {STR_INIT("«x»"), STR_INIT("\"x\"")},
        {STR_INIT("20°C"), STR_INIT("20.C")},
        {STR_INIT("a^b~c|d\\e¨f§g"), STR_INIT("abcdefg")},
        {STR_INIT("10 €"), STR_INIT("10 €")},
        {STR_INIT("a😀b中c"), STR_INIT("abc")},
        {STR_INIT("line\nbreak"), STR_INIT("line\nbreak")},
        {STR_INIT(""), STR_INIT("")},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++)
        assert_str(smspartner_text(&a, k_cases[i].in, (struct str){0}, false).shown,
                   k_cases[i].out);
    arena_release(&a);
}

static void marks_become_what_they_stand_for(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    const struct sms_text t =
        smspartner_text(&a, STR("a:br:b:euro:c:brr:euro :BR:"), (struct str){0}, false);
    assert_str(t.shown, STR("a\nb€c:brr:euro :BR:"));
    assert_int_equal(t.units, 21); /* the line break and the euro sign are two each */
    assert_str(smspartner_text(&a, STR(":br::br:"), (struct str){0}, true).shown, STR("\n\n"));
    arena_release(&a);
}

static void unicode_text_stays_as_it_is(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    const struct sms_text t = smspartner_text(&a, STR("[ç] ё 😀"), STR(" STOP"), true);
    assert_str(t.shown, STR("[ç] ё 😀 STOP"));
    assert_int_equal(t.encoding, SMS_UCS2);
    assert_int_equal(t.units, 13);
    assert_int_equal(t.parts, 1);
    arena_release(&a);
}

static void parts_follow_the_documented_lengths(void **state)
{
    (void)state;
    static const struct {
        size_t characters;
        bool unicode;
        int parts;
    } k_cases[] = {{0, false, 1},   {160, false, 1},   {161, false, 2},   {306, false, 2},
                   {307, false, 3}, {1530, false, 10}, {1531, false, 11}, {70, true, 1},
                   {71, true, 2},   {134, true, 2},    {135, true, 3}};
    struct arena a;
    char text[1600];
    memset(text, 'x', sizeof(text));
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct str s = {text, k_cases[i].characters};
        print_message("%zu characters\n", s.n);
        assert_int_equal(smspartner_text(&a, s, (struct str){0}, k_cases[i].unicode).parts,
                         k_cases[i].parts);
    }
    arena_release(&a);
}

static void the_notice_is_appended_before_counting(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    const struct sms_text t = smspartner_text(&a, STR("Sale!"), STR(" STOP 36111"), false);
    assert_str(t.shown, STR("Sale! STOP 36111"));
    assert_int_equal(t.units, 16);
    arena_release(&a);
}

static void a_tag_loses_blanks_and_capitals_and_what_is_too_long(void **state)
{
    (void)state;
    static const struct {
        struct str in, out;
    } k_cases[] = {
        {STR_INIT("spring sale"), STR_INIT("springsale")},
        {STR_INIT("UPPER\tÉté"), STR_INIT("upperÉté")},
        {STR_INIT("abcdefghijklmnopqrstuvwxyz"), STR_INIT("abcdefghijklmnopqrst")},
        {STR_INIT("éééééééééééééééééééééé"), STR_INIT("éééééééééééééééééééé")},
        {STR_INIT(""), STR_INIT("")},
        {{0}, {0}},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++)
        assert_str(partner_tag(&a, k_cases[i].in), k_cases[i].out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_replaced_by_the_provider_s_table),
        cmocka_unit_test(marks_become_what_they_stand_for),
        cmocka_unit_test(unicode_text_stays_as_it_is),
        cmocka_unit_test(parts_follow_the_documented_lengths),
        cmocka_unit_test(the_notice_is_appended_before_counting),
        cmocka_unit_test(a_tag_loses_blanks_and_capitals_and_what_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
