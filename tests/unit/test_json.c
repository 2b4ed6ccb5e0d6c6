#include "mockd/base/arena.h"
#include "mockd/http/json.h"
#include "mockd/http/json_locate.h"
#include "tests/unit/str_assert.h"

static struct str repeated(struct arena *a, const char *open, size_t n, const char *close)
{
    struct buf b;
    buf_init(&b, n * 4 + 16);
    for (size_t i = 0; i < n; i++)
        buf_add(&b, str_from_cstr(open));
    for (size_t i = 0; i < n; i++)
        buf_add(&b, str_from_cstr(close));
    const struct str s = arena_strdup(a, buf_view(&b));
    buf_release(&b);
    return s;
}

static const struct {
    struct str text;
    enum json_fault fault;
} k_texts[] = {
    {STR_INIT("{}"), JSON_GOOD},
    {STR_INIT(" [1] \r\n\t"), JSON_GOOD},
    {STR_INIT("\"x\""), JSON_GOOD},
    {STR_INIT("null"), JSON_GOOD},
    {STR_INIT("-0.5e+10"), JSON_GOOD},
    {STR_INIT("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"]"), JSON_GOOD},
    {STR_INIT("{\"a\":1,\"a\":2}"), JSON_GOOD},
    {STR_INIT(""), JSON_SYNTAX},
    {STR_INIT(" "), JSON_SYNTAX},
    {STR_INIT("{} {}"), JSON_SYNTAX},
    {STR_INIT("{}x"), JSON_SYNTAX},
    {STR_INIT("[1,]"), JSON_SYNTAX},
    {STR_INIT("{\"a\":1,}"), JSON_SYNTAX},
    {STR_INIT("{a:1}"), JSON_SYNTAX},
    {STR_INIT("{'a':1}"), JSON_SYNTAX},
    {STR_INIT("[1"), JSON_SYNTAX},
    {STR_INIT("[\"a"), JSON_SYNTAX},
    {STR_INIT("[01]"), JSON_SYNTAX},
    {STR_INIT("[-01]"), JSON_SYNTAX},
    {STR_INIT("[+1]"), JSON_SYNTAX},
    {STR_INIT("[1.]"), JSON_SYNTAX},
    {STR_INIT("[.5]"), JSON_SYNTAX},
    {STR_INIT("[1e]"), JSON_SYNTAX},
    {STR_INIT("[-]"), JSON_SYNTAX},
    {STR_INIT("[0x10]"), JSON_SYNTAX},
    {STR_INIT("[1.2.3]"), JSON_SYNTAX},
    {STR_INIT("[1-2]"), JSON_SYNTAX},
    {STR_INIT("[NaN]"), JSON_SYNTAX},
    {STR_INIT("[True]"), JSON_SYNTAX},
    {STR_INIT("[\"a\tb\"]"), JSON_SYNTAX},
    {STR_INIT("[\"\\x\"]"), JSON_SYNTAX},
    {STR_INIT("[\"a\\u00zzb\"]"), JSON_SYNTAX},
    {STR_INIT("[\"\\u12\"]"), JSON_SYNTAX},
    {STR_INIT("[\"\\\0\"]"), JSON_SYNTAX},
    {STR_INIT("[\"\\ud800\"]"), JSON_SYNTAX},
    {STR_INIT("{} // comment"), JSON_SYNTAX},
    {STR_INIT("\xEF\xBB\xBF{}"), JSON_SYNTAX},
    {STR_INIT("\f[1]"), JSON_SYNTAX},
    {STR_INIT("[1,\x0b 2]"), JSON_SYNTAX},
    {STR_INIT("[\"\xFF\"]"), JSON_NOT_UTF8},
    {STR_INIT("[\"\xC0\x80\"]"), JSON_NOT_UTF8},
    {STR_INIT("{}\0"), JSON_NUL_BYTE},
    {STR_INIT("[\"a\0b\"]"), JSON_NUL_BYTE},
    {STR_INIT("[\"a\\u0000b\"]"), JSON_NUL_BYTE},
    {STR_INIT("{\"a\\u0000\":1}"), JSON_NUL_BYTE},
    {STR_INIT("[\"\\\\u0000\"]"), JSON_GOOD},
};

static void only_one_well_formed_value_is_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(k_texts) / sizeof(k_texts[0]); i++) {
        struct arena a;
        enum json_fault fault;
        size_t at;
        arena_init(&a);
        print_message("row %zu: %.*s\n", i, STR_ARG(k_texts[i].text));
        const struct cJSON *v = json_parse(&a, k_texts[i].text, &fault, &at);
        assert_int_equal(fault, k_texts[i].fault);
        assert_int_equal(v != NULL, fault == JSON_GOOD);
        arena_release(&a);
    }
}

static void nesting_ends_at_64(void **state)
{
    (void)state;
    static const struct {
        size_t depth;
        enum json_fault fault;
    } k_cases[] = {{64, JSON_GOOD}, {65, JSON_TOO_DEEP}, {1000000, JSON_TOO_DEEP}};
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct arena a;
        enum json_fault fault;
        size_t at;
        arena_init(&a);
        json_parse(&a, repeated(&a, "[", k_cases[i].depth, "]"), &fault, &at);
        assert_int_equal(fault, k_cases[i].fault);
        if (fault == JSON_TOO_DEEP)
            assert_int_equal(at, 64);
        /* what stands in a string nests nothing */
        json_parse(&a, repeated(&a, "\"", 1, "[[[[\""), &fault, &at);
        assert_int_equal(fault, JSON_GOOD);
        arena_release(&a);
    }
}

static void numbers_become_the_text_that_was_meant(void **state)
{
    (void)state;
    static const struct {
        struct str literal, text;
        bool whole;
    } k_cases[] = {
        {STR_INIT("0"), STR_INIT("0"), true},
        {STR_INIT("33612345678"), STR_INIT("33612345678"), true},
        {STR_INIT("1e3"), STR_INIT("1000"), true},
        {STR_INIT("5.0"), STR_INIT("5"), true},
        {STR_INIT("9007199254740992"), STR_INIT("9007199254740992"), true},
        {STR_INIT("0.1"), STR_INIT("0.1"), false},
        {STR_INIT("-12.375"), STR_INIT("-12.375"), false},
        {STR_INIT("0.30000000000000004"), STR_INIT("0.30000000000000004"), false},
        {STR_INIT("1e999"), STR_INIT("1e999"), false},
        {STR_INIT("-1e999"), STR_INIT("-1e999"), false},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct arena a;
        enum json_fault fault;
        size_t at;
        int64_t n;
        arena_init(&a);
        const struct cJSON *v = json_parse(&a, k_cases[i].literal, &fault, &at);
        assert_str(json_scalar(&a, v), k_cases[i].text);
        assert_int_equal(json_int(v, &n), k_cases[i].whole);
        arena_release(&a);
    }
}

static void of_equal_keys_the_later_one_counts_and_case_matters(void **state)
{
    (void)state;
    struct arena a;
    enum json_fault fault;
    size_t at;
    arena_init(&a);
    const struct cJSON *v =
        json_parse(&a, STR("{\"a\":1,\"A\":2,\"a\":3,\"n\":null}"), &fault, &at);
    assert_str(json_scalar(&a, json_get(v, STR("a"))), STR("3"));
    assert_str(json_scalar(&a, json_get(v, STR("A"))), STR("2"));
    assert_int_equal(json_kind(json_get(v, STR("n"))), JSON_NULL);
    assert_null(json_get(v, STR("b")));
    assert_null(json_scalar(&a, json_get(v, STR("n"))).p);
    assert_int_equal(json_count(v), 4);
    assert_null(json_get(json_first(v), STR("a")));
    arena_release(&a);
}

static void comments_become_blanks_of_their_length(void **state)
{
    (void)state;
    static const struct {
        struct str text, blank;
    } k_cases[] = {
        {STR_INIT("{} // x"), STR_INIT("{}     ")},
        {STR_INIT("/* a\n b */{}"), STR_INIT("    \n     {}")},
        {STR_INIT("{\"a\":\"// no\"}"), STR_INIT("{\"a\":\"// no\"}")},
        {STR_INIT("\"\\\"/*\" //x\n1"), STR_INIT("\"\\\"/*\"    \n1")},
        {STR_INIT("/* never ends"), STR_INIT("             ")},
        {STR_INIT("/*/ 1 */2"), STR_INIT("        2")},
        {STR_INIT("/"), STR_INIT("/")},
        {STR_INIT(""), STR_INIT("")},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct arena a;
        arena_init(&a);
        assert_str(json_blank_comments(&a, k_cases[i].text), k_cases[i].blank);
        arena_release(&a);
    }
}

static void a_pointer_leads_to_its_line(void **state)
{
    (void)state;
    static const struct str k_text = STR_INIT("{\n \"a\": {\"b\": 1},\n \"c\": [\n  {\"a/b\": 1},\n"
                                              "  \"}\\\"]\",\n  2\n ],\n \"\": 3\n}");
    static const struct {
        struct str pointer;
        int line;
    } k_cases[] = {
        {STR_INIT(""), 1},       {STR_INIT("/a"), 2},        {STR_INIT("/a/b"), 2},
        {STR_INIT("/c"), 3},     {STR_INIT("/c/0/a~1b"), 4}, {STR_INIT("/c/1"), 5},
        {STR_INIT("/c/2"), 6},   {STR_INIT("/"), 8},         {STR_INIT("/nowhere"), 1},
        {STR_INIT("/a/x/y"), 2}, {STR_INIT("/c/9"), 3},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        int line;
        int column;
        print_message("%.*s\n", STR_ARG(k_cases[i].pointer));
        json_line(k_text, json_locate(k_text, k_cases[i].pointer), &line, &column);
        assert_int_equal(line, k_cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_one_well_formed_value_is_taken),
        cmocka_unit_test(nesting_ends_at_64),
        cmocka_unit_test(numbers_become_the_text_that_was_meant),
        cmocka_unit_test(of_equal_keys_the_later_one_counts_and_case_matters),
        cmocka_unit_test(comments_become_blanks_of_their_length),
        cmocka_unit_test(a_pointer_leads_to_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
