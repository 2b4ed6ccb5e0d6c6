#include "mockd/providers/nexmo/work.h"
#include "tests/unit/str_assert.h"

static void numbers_lose_separators_and_one_international_prefix(void **state)
{
    (void)state;
    static const struct {
        struct str raw, number;
    } k_cases[] = {
        {STR_INIT("447700900000"), STR_INIT("447700900000")},
        {STR_INIT("+447700900000"), STR_INIT("447700900000")},
        {STR_INIT("00447700900000"), STR_INIT("447700900000")},
        {STR_INIT("+44 (7700) 900-000"), STR_INIT("447700900000")},
        {STR_INIT("++447700900000"), STR_INIT("+447700900000")},
        {STR_INIT("07700900000"), STR_INIT("07700900000")},
        {STR_INIT("447700900000,447700900001"), STR_INIT("447700900000,447700900001")},
        {STR_INIT("+"), STR_INIT("")},
        {STR_INIT("(44)7700"), STR_INIT("447700")},
        {STR_INIT(""), STR_INIT("")},
        {{NULL, 0}, {NULL, 0}},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%.*s\n", STR_ARG(k_cases[i].raw));
        assert_str(nexmo_number(&a, k_cases[i].raw), k_cases[i].number);
    }
    arena_release(&a);
}

static void senders_are_made_fit(void **state)
{
    (void)state;
    static const struct {
        struct str raw, sender;
    } k_cases[] = {
        {STR_INIT("Acme"), STR_INIT("Acme")},
        {STR_INIT("Acme Inc"), STR_INIT("AcmeInc")},
        {STR_INIT("ABCDEFGHIJKLM"), STR_INIT("ABCDEFGHIJK")},
        {STR_INIT("+14155550100"), STR_INIT("14155550100")},
        {STR_INIT("0014155550100"), STR_INIT("14155550100")},
        {STR_INIT("123456789012345"), STR_INIT("123456789012345")},
        {STR_INIT("1234567890123456"), STR_INIT("123456789012345")},
        {STR_INIT("ééééééééééééé"), STR_INIT("ééééééééééé")},
        {STR_INIT("   "), STR_INIT("")},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%.*s\n", STR_ARG(k_cases[i].raw));
        assert_str(nexmo_sender(&a, k_cases[i].raw), k_cases[i].sender);
    }
    arena_release(&a);
}

static void basic_headers_are_read_or_ignored_as_a_whole(void **state)
{
    (void)state;
    static const struct {
        struct str header, key, secret; /* key absent: malformed */
    } k_cases[] = {
        {STR_INIT("Basic bW9ja2QwMDE6bW9ja2RTZWNyZXQx"), STR_INIT("mockd001"),
         STR_INIT("mockdSecret1")},
        {STR_INIT("basic  YTpi"), STR_INIT("a"), STR_INIT("b")},
        {STR_INIT("Basic YTo="), STR_INIT("a"), STR_INIT("")},
        {STR_INIT("Basic YTpiOmM="), STR_INIT("a"), STR_INIT("b:c")},
        {STR_INIT("Basic OmI="), {NULL, 0}, {NULL, 0}},     /* no key */
        {STR_INIT("Basic YWI="), {NULL, 0}, {NULL, 0}},     /* no colon */
        {STR_INIT("Basic YTpi="), {NULL, 0}, {NULL, 0}},    /* not in fours */
        {STR_INIT("Basic Y*pi"), {NULL, 0}, {NULL, 0}},     /* not base64 */
        {STR_INIT("Basic YQ==YQ=="), {NULL, 0}, {NULL, 0}}, /* padding in the middle */
        {STR_INIT("Basic /zph"), {NULL, 0}, {NULL, 0}},     /* not UTF-8 */
        {STR_INIT("Basic"), {NULL, 0}, {NULL, 0}},
        {STR_INIT("Basic ===="), {NULL, 0}, {NULL, 0}},
        {STR_INIT("Bearer YTpi"), {NULL, 0}, {NULL, 0}},
        {STR_INIT(""), {NULL, 0}, {NULL, 0}},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct str key = {0};
        struct str secret = {0};
        print_message("%.*s\n", STR_ARG(k_cases[i].header));
        assert_int_equal(nexmo_basic(&a, k_cases[i].header, &key, &secret),
                         k_cases[i].key.p != NULL);
        assert_str(key, k_cases[i].key);
        assert_str(secret, k_cases[i].secret);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_lose_separators_and_one_international_prefix),
        cmocka_unit_test(senders_are_made_fit),
        cmocka_unit_test(basic_headers_are_read_or_ignored_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
