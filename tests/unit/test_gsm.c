#include <stdbool.h>

#include "mockd/base/arena.h"
#include "mockd/base/utf8.h"
#include "mockd/domain/gsm.h"
#include "tests/unit/str_assert.h"

/* count times the text; counts of 0 leave a piece out. */
struct repeated {
    struct str text;
    size_t count;
};

static struct str build(struct arena *a, const struct repeated pieces[static 3])
{
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        n += pieces[i].text.n * pieces[i].count;
    char *p = arena_alloc(a, n);
    char *at = p;
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < pieces[i].count; k++) {
            memcpy(at, pieces[i].text.p, pieces[i].text.n);
            at += pieces[i].text.n;
        }
    }
    return (struct str){p, n};
}

static void the_alphabet_is_that_of_gsm_03_38(void **state)
{
    (void)state;
    static const struct {
        struct str characters;
        int septets;
    } k_cases[] = {
        {STR_INIT("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"), 1},
        {STR_INIT(" !\"#¤%&'()*+,-./0123456789:;<=>?"), 1},
        {STR_INIT("¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"), 1},
        {STR_INIT("¿abcdefghijklmnopqrstuvwxyzäöñüà"), 1},
        {STR_INIT("|^€{}[]~\\\f"), 2},
        {STR_INIT("`çêëîïôûÿœŒÀÂÈÊ’‘“”«»…–—°µ²αβ\t\v\0\x1B\x7F漢字🎉\xEF\xBF\xBD"), 0},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct str rest = k_cases[i].characters;
        uint32_t cp;
        while (utf8_next(&rest, &cp)) {
            print_message("U+%04X\n", (unsigned)cp);
            assert_int_equal(gsm_septets(cp), k_cases[i].septets);
        }
    }
}

static void the_alphabet_has_137_characters(void **state)
{
    (void)state;
    int of_one = 0;
    int of_two = 0;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        of_one += gsm_septets(cp) == 1;
        of_two += gsm_septets(cp) == 2;
    }
    assert_int_equal(of_one, 127); /* 128 places, one of them is the escape */
    assert_int_equal(of_two, 10);
}

static void a_text_fits_when_all_of_it_does(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        bool fits;
    } k_cases[] = {
        {STR_INIT(""), true},
        {{NULL, 0}, true},
        {STR_INIT("Votre code est 1234, à bientôt"), false},
        {STR_INIT("Votre code est 1234, à demain"), true},
        {STR_INIT("10 €"), true},
        {STR_INIT("garçon"), false},
        {STR_INIT("GARÇON"), true},
        {STR_INIT("a\0b"), false},
        {STR_INIT("\xC3"), false},
        {STR_INIT("ok 👍"), false},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%.*s\n", STR_ARG(k_cases[i].text));
        assert_int_equal(gsm_fits(k_cases[i].text), k_cases[i].fits);
    }
}

static const struct sms_limits k_nexmo_text = {160, 152};
static const struct sms_limits k_nexmo_unicode = {70, 66};
static const struct sms_limits k_nexmo_push = {140, 132};
static const struct sms_limits k_partner_text = {160, 153};
static const struct sms_limits k_partner_unicode = {70, 67};

static const struct {
    struct repeated pieces[3];
    enum sms_encoding encoding;
    const struct sms_limits *limits;
    int units, parts;
} k_counted[] = {
    {{{STR_INIT("a"), 0}}, SMS_GSM7, &k_nexmo_text, 0, 1},
    {{{STR_INIT("a"), 1}}, SMS_GSM7, &k_nexmo_text, 1, 1},
    {{{STR_INIT("This ^ That"), 1}}, SMS_GSM7, &k_nexmo_text, 12, 1},
    {{{STR_INIT("a"), 160}}, SMS_GSM7, &k_nexmo_text, 160, 1},
    {{{STR_INIT("a"), 161}}, SMS_GSM7, &k_nexmo_text, 161, 2},
    {{{STR_INIT("a"), 304}}, SMS_GSM7, &k_nexmo_text, 304, 2},
    {{{STR_INIT("a"), 305}}, SMS_GSM7, &k_nexmo_text, 305, 3},
    {{{STR_INIT("a"), 608}}, SMS_GSM7, &k_nexmo_text, 608, 4},
    {{{STR_INIT("a"), 609}}, SMS_GSM7, &k_nexmo_text, 609, 5},
    {{{STR_INIT("a"), 3200}}, SMS_GSM7, &k_nexmo_text, 3200, 22},
    {{{STR_INIT("€"), 80}}, SMS_GSM7, &k_nexmo_text, 160, 1},
    {{{STR_INIT("€"), 81}}, SMS_GSM7, &k_nexmo_text, 162, 2},
    {{{STR_INIT("a"), 1}, {STR_INIT("€"), 100}}, SMS_GSM7, &k_nexmo_text, 201, 2},
    {{{STR_INIT("漢"), 160}}, SMS_GSM7, &k_nexmo_text, 160, 1},
    {{{STR_INIT("🎉"), 160}}, SMS_GSM7, &k_nexmo_text, 160, 1},
    {{{STR_INIT("漢"), 70}}, SMS_UCS2, &k_nexmo_unicode, 70, 1},
    {{{STR_INIT("漢"), 71}}, SMS_UCS2, &k_nexmo_unicode, 71, 2},
    {{{STR_INIT("a"), 132}}, SMS_UCS2, &k_nexmo_unicode, 132, 2},
    {{{STR_INIT("a"), 133}}, SMS_UCS2, &k_nexmo_unicode, 133, 3},
    {{{STR_INIT("🎉"), 1}}, SMS_UCS2, &k_nexmo_unicode, 2, 1},
    {{{STR_INIT("€"), 70}}, SMS_UCS2, &k_nexmo_unicode, 70, 1},
    {{{STR_INIT("🎉"), 35}}, SMS_UCS2, &k_nexmo_unicode, 70, 1},
    {{{STR_INIT("🎉"), 36}}, SMS_UCS2, &k_nexmo_unicode, 72, 2},
    /* 65 units and an emoji that does not fit: the part ends one short */
    {{{STR_INIT("a"), 65}, {STR_INIT("🎉"), 34}}, SMS_UCS2, &k_nexmo_unicode, 133, 3},
    {{{STR_INIT("a"), 140}}, SMS_BINARY, &k_nexmo_push, 140, 1},
    {{{STR_INIT("a"), 141}}, SMS_BINARY, &k_nexmo_push, 141, 2},
    {{{STR_INIT("\0\xFF\xC3"), 88}}, SMS_BINARY, &k_nexmo_push, 264, 2},
    {{{STR_INIT("é"), 71}}, SMS_BINARY, &k_nexmo_push, 142, 2},
    {{{STR_INIT("a"), 160}}, SMS_GSM7, &k_partner_text, 160, 1},
    {{{STR_INIT("a"), 161}}, SMS_GSM7, &k_partner_text, 161, 2},
    {{{STR_INIT("a"), 306}}, SMS_GSM7, &k_partner_text, 306, 2},
    {{{STR_INIT("a"), 307}}, SMS_GSM7, &k_partner_text, 307, 3},
    {{{STR_INIT("é"), 160}}, SMS_GSM7, &k_partner_text, 160, 1},
    {{{STR_INIT("a"), 1530}}, SMS_GSM7, &k_partner_text, 1530, 10},
    {{{STR_INIT("a"), 1531}}, SMS_GSM7, &k_partner_text, 1531, 11},
    {{{STR_INIT("a"), 158}, {STR_INIT("€"), 1}}, SMS_GSM7, &k_partner_text, 160, 1},
    {{{STR_INIT("a"), 159}, {STR_INIT("€"), 1}}, SMS_GSM7, &k_partner_text, 161, 2},
    {{{STR_INIT("a"), 70}}, SMS_UCS2, &k_partner_unicode, 70, 1},
    {{{STR_INIT("a"), 71}}, SMS_UCS2, &k_partner_unicode, 71, 2},
    {{{STR_INIT("漢"), 134}}, SMS_UCS2, &k_partner_unicode, 134, 2},
    {{{STR_INIT("漢"), 135}}, SMS_UCS2, &k_partner_unicode, 135, 3},
};

static void long_texts_are_cut_where_the_provider_cuts_them(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_counted) / sizeof(k_counted[0]); i++) {
        const struct str text = build(&a, k_counted[i].pieces);
        print_message("row %zu\n", i);
        const struct segments s = sms_segments(text, k_counted[i].encoding, *k_counted[i].limits);
        assert_int_equal(s.units, k_counted[i].units);
        assert_int_equal(s.parts, k_counted[i].parts);
        arena_reset(&a);
    }
    arena_release(&a);
}

static void each_part_ends_at_a_whole_character(void **state)
{
    (void)state;
    static const struct {
        struct repeated pieces[3];
        enum sms_encoding encoding;
        const struct sms_limits *limits;
        size_t ends[4]; /* bytes; the last one is repeated */
    } k_cases[] = {
        {{{STR_INIT("a"), 160}}, SMS_GSM7, &k_nexmo_text, {160, 160, 160, 160}},
        {{{STR_INIT("a"), 161}}, SMS_GSM7, &k_nexmo_text, {152, 161, 161, 161}},
        {{{STR_INIT("a"), 305}}, SMS_GSM7, &k_nexmo_text, {152, 304, 305, 305}},
        /* 76 euro signs, then 5; three bytes each */
        {{{STR_INIT("€"), 81}}, SMS_GSM7, &k_nexmo_text, {228, 243, 243, 243}},
        /* 151 septets, because an escape pair is not split */
        {{{STR_INIT("a"), 1}, {STR_INIT("€"), 100}}, SMS_GSM7, &k_nexmo_text, {226, 301, 301, 301}},
        {{{STR_INIT("é"), 154}, {STR_INIT("a"), 7}},
         SMS_GSM7,
         &k_partner_text,
         {306, 315, 315, 315}},
        /* 33 emoji of four bytes and two units */
        {{{STR_INIT("🎉"), 36}}, SMS_UCS2, &k_nexmo_unicode, {132, 144, 144, 144}},
        {{{STR_INIT("a"), 65}, {STR_INIT("🎉"), 34}},
         SMS_UCS2,
         &k_nexmo_unicode,
         {65, 197, 201, 201}},
        {{{STR_INIT("é"), 71}}, SMS_BINARY, &k_nexmo_push, {132, 142, 142, 142}},
        {{{STR_INIT(""), 0}}, SMS_GSM7, &k_nexmo_text, {0, 0, 0, 0}},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct str text = build(&a, k_cases[i].pieces);
        for (int part = 0; part < 4; part++) {
            print_message("row %zu, part %d\n", i, part);
            assert_int_equal(sms_part_end(text, k_cases[i].encoding, *k_cases[i].limits, part),
                             k_cases[i].ends[part]);
        }
    }
    arena_release(&a);
}

static void malformed_text_is_counted_byte_by_byte(void **state)
{
    (void)state;
    const struct str broken = STR("ab\xC3\xE2\x82");
    assert_int_equal(sms_segments(broken, SMS_GSM7, k_nexmo_text).units, 5);
    assert_int_equal(sms_segments(broken, SMS_UCS2, k_nexmo_unicode).units, 5);
    assert_int_equal(sms_part_end(broken, SMS_GSM7, k_nexmo_text, 0), 5);
    assert_int_equal(sms_part_end(broken, SMS_GSM7, k_nexmo_text, -1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_alphabet_is_that_of_gsm_03_38),
        cmocka_unit_test(the_alphabet_has_137_characters),
        cmocka_unit_test(a_text_fits_when_all_of_it_does),
        cmocka_unit_test(long_texts_are_cut_where_the_provider_cuts_them),
        cmocka_unit_test(each_part_ends_at_a_whole_character),
        cmocka_unit_test(malformed_text_is_counted_byte_by_byte),
    };
    return cmocka_run_group_tests_name("gsm", tests, NULL, NULL);
}
