#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "mockd/core/jsonpath.h"
#include "mockd/core/match.h"

/* The request that every case is held against. */
static const struct header k_headers[] = {
    {STR_INIT("Host"), STR_INIT("127.0.0.1:8080")},
    {STR_INIT("Accept"), STR_INIT("text/html")},
    {STR_INIT("accept"), STR_INIT("application/json")},
};

static const struct match_subject k_subject = {
    .method = STR_INIT("POST"),
    .url = STR_INIT("/s/blue/smspartner/v1/send?tag=a%20b&n=1&n=2&empty="),
    .body = STR_INIT("{\"to\":\"+33612345678\",\"n\":[1,2.50,3],\"deep\":{\"list\":[{\"x\":\"y\","
                     "\"v\":7},{\"x\":\"z\",\"v\":8}]},\"none\":null}"),
    .headers = k_headers,
    .nheaders = 3,
    .provider = STR_INIT("smspartner"),
    .endpoint = STR_INIT("POST /v1/send"),
    .api_key = STR_INIT("mockd-key"),
    .to = STR_INIT("+33612345678"),
    .catalog_id = STR_INIT("smspartner.send.42"),
    .status = 200,
};

/* What a match does: fit, not fit, or be refused with a pointer and some words. */
struct row {
    const char *match;
    bool fits;
    const char *pointer, *says; /* pointer NULL: it is not refused */
};

static void check(const struct row *rows, size_t n)
{
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < n; i++) {
        enum json_fault fault;
        size_t at;
        struct problem p = {0};
        const struct cJSON *doc = json_parse(&a, str_from_cstr(rows[i].match), &fault, &at);
        struct match *m = match_new(&a);
        print_message("%s\n", rows[i].match);
        assert_non_null(doc);
        const bool read = match_read(m, doc, &p);
        if (rows[i].pointer) {
            assert_false(read);
            assert_string_equal(arena_cstr(&a, p.pointer), rows[i].pointer);
            print_message("  %.*s\n", STR_ARG(p.detail));
            assert_true(str_find(p.detail, str_from_cstr(rows[i].says)) < p.detail.n);
        } else {
            assert_true(read);
            assert_int_equal(match_fits(m, &a, &k_subject), rows[i].fits);
        }
        match_release(m);
        arena_reset(&a);
    }
    arena_release(&a);
}

#define CHECK_ROWS(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void plain_members_must_all_hold(void **state)
{
    static const struct row k_rows[] = {
        {"{}", true, NULL, NULL},
        {"{\"method\":\"POST\"}", true, NULL, NULL},
        {"{\"method\":\"ANY\"}", true, NULL, NULL},
        {"{\"method\":\"GET\"}", false, NULL, NULL},
        {"{\"provider\":\"smspartner\",\"endpoint\":\"POST /v1/send\"}", true, NULL, NULL},
        {"{\"provider\":\"smspartner\",\"endpoint\":\"GET /v1/me\"}", false, NULL, NULL},
        {"{\"catalogId\":\"smspartner.send.42\"}", true, NULL, NULL},
        {"{\"catalogId\":\"smspartner.send.4\"}", false, NULL, NULL},
        {"{\"apiKey\":\"mockd-key\",\"status\":200}", true, NULL, NULL},
        {"{\"apiKey\":\"mockd\"}", false, NULL, NULL},
        {"{\"status\":404}", false, NULL, NULL},
    };
    (void)state;
    CHECK_ROWS(k_rows);
}

static void a_recipient_fits_however_the_number_is_written(void **state)
{
    static const struct row k_rows[] = {
        {"{\"to\":\"+33612345678\"}", true, NULL, NULL},
        {"{\"to\":\"33612345678\"}", true, NULL, NULL},
        {"{\"to\":\"0033 6 12 34 56 78\"}", true, NULL, NULL},
        {"{\"to\":\"+33612345679\"}", false, NULL, NULL},
        {"{\"to\":\"a@b.fr\"}", false, NULL, NULL},
    };
    (void)state;
    CHECK_ROWS(k_rows);
}

static void a_url_fits_with_and_without_the_session(void **state)
{
    static const struct row k_rows[] = {
        {"{\"urlPath\":\"/smspartner/v1/send\"}", true, NULL, NULL},
        {"{\"urlPath\":\"/s/blue/smspartner/v1/send\"}", true, NULL, NULL},
        {"{\"urlPath\":\"/v1/send\"}", false, NULL, NULL},
        {"{\"url\":\"/smspartner/v1/send\"}", false, NULL, NULL},
        {"{\"url\":\"/smspartner/v1/send?tag=a%20b&n=1&n=2&empty=\"}", true, NULL, NULL},
        {"{\"urlPathPattern\":\"/smspartner/v\\\\d/(?:send|bulk)\"}", true, NULL, NULL},
        {"{\"urlPathPattern\":\"/smspartner\"}", false, NULL, NULL},
        {"{\"urlPattern\":\".*tag=a.*\"}", true, NULL, NULL},
        {"{\"urlPattern\":\"(?i)/SMSPARTNER/.*\"}", true, NULL, NULL},
    };
    (void)state;
    CHECK_ROWS(k_rows);
}

static void query_and_headers_take_any_of_their_values(void **state)
{
    static const struct row k_rows[] = {
        {"{\"queryParameters\":{\"tag\":{\"equalTo\":\"a b\"}}}", true, NULL, NULL},
        {"{\"queryParameters\":{\"n\":{\"equalTo\":\"2\"}}}", true, NULL, NULL},
        {"{\"queryParameters\":{\"n\":{\"equalTo\":\"3\"}}}", false, NULL, NULL},
        {"{\"queryParameters\":{\"empty\":{\"equalTo\":\"\"}}}", true, NULL, NULL},
        {"{\"queryParameters\":{\"gone\":{\"absent\":true}}}", true, NULL, NULL},
        {"{\"queryParameters\":{\"tag\":{\"absent\":true}}}", false, NULL, NULL},
        {"{\"queryParameters\":{\"gone\":{\"doesNotMatch\":\"x\"}}}", false, NULL, NULL},
        {"{\"headers\":{\"ACCEPT\":{\"contains\":\"json\"}}}", true, NULL, NULL},
        {"{\"headers\":{\"accept\":{\"equalTo\":\"TEXT/HTML\",\"caseInsensitive\":true}}}", true,
         NULL, NULL},
        {"{\"headers\":{\"accept\":{\"equalTo\":\"TEXT/HTML\"}}}", false, NULL, NULL},
        {"{\"headers\":{\"host\":{\"matches\":\"127[.].*\",\"doesNotMatch\":\".*:9\"}}}", true,
         NULL, NULL},
        {"{\"headers\":{\"x-none\":{\"absent\":true}}}", true, NULL, NULL},
        {"{\"headers\":{\"x-none\":{\"absent\":false}}}", false, NULL, NULL},
    };
    (void)state;
    CHECK_ROWS(k_rows);
}

static void bodies_match_as_text_and_as_json(void **state)
{
    static const struct row k_rows[] = {
        {"{\"bodyPatterns\":[{\"contains\":\"33612\"},{\"doesNotContain\":\"44\"}]}", true, NULL,
         NULL},
        {"{\"bodyPatterns\":[{\"matches\":\".*\\\"v\\\":[0-9].*\"}]}", true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matches\":\"33612\"}]}", false, NULL, NULL},
        {"{\"bodyPatterns\":[{\"equalToJson\":{\"none\":null,\"n\":[1.0,2.5,3],\"to\":"
         "\"+33612345678\",\"deep\":{\"list\":[{\"x\":\"y\",\"v\":7},{\"v\":8,\"x\":\"z\"}]}}}]}",
         true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"equalToJson\":\"{\\\"n\\\":[1,2.5]}\",\"ignoreExtraElements\":"
         "true}]}",
         true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"equalToJson\":{\"n\":[1,2.5,3]}}]}", false, NULL, NULL},
        {"{\"bodyPatterns\":[{\"equalToJson\":{\"n\":[3,1]},\"ignoreExtraElements\":true,"
         "\"ignoreArrayOrder\":true}]}",
         true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"equalToJson\":{\"n\":[3,3]},\"ignoreExtraElements\":true,"
         "\"ignoreArrayOrder\":true}]}",
         false, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":\"$.deep.list[1].v\"}]}", true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":\"$.deep.list[2]\"}]}", false, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":\"$..x\"}]}", true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":\"$.deep.list[?(@.x == 'z')]\"}]}", true, NULL,
         NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":\"$.deep.list[?(@.v > 8)]\"}]}", false, NULL,
         NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":{\"expression\":\"$..v\",\"equalTo\":\"8\"}}]}",
         true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":{\"expression\":\"$['to']\",\"matches\":"
         "\"[+]33.*\"}}]}",
         true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":{\"expression\":\"$.gone\",\"absent\":true}}]}",
         true, NULL, NULL},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":{\"expression\":\"$.n[-1]\",\"equalTo\":\"3\"}}]"
         "}",
         true, NULL, NULL},
    };
    (void)state;
    CHECK_ROWS(k_rows);
}

static void what_is_wrong_is_named_with_its_place(void **state)
{
    static const struct row k_rows[] = {
        {"[]", false, "", "must be an object"},
        {"{\"urlPat\":\"/x\"}", false, "/urlPat", "did you mean \"urlPath\"?"},
        {"{\"method\":1}", false, "/method", "must be a string"},
        {"{\"status\":\"200\"}", false, "/status", "HTTP status"},
        {"{\"status\":99}", false, "/status", "HTTP status"},
        {"{\"headers\":{\"a\":{\"equalsTo\":\"x\"}}}", false, "/headers/a/equalsTo",
         "did you mean \"equalTo\"?"},
        {"{\"headers\":{\"a\":\"x\"}}", false, "/headers/a", "must be an object"},
        {"{\"headers\":{\"a\":{}}}", false, "/headers/a", "must hold a matcher"},
        {"{\"headers\":{\"a\":{\"equalToJson\":{}}}}", false, "/headers/a/equalToJson",
         "is not a matcher"},
        {"{\"headers\":{\"a\":{\"contains\":\"x\",\"caseInsensitive\":true}}}", false,
         "/headers/a/caseInsensitive", "only goes with \"equalTo\""},
        {"{\"bodyPatterns\":{}}", false, "/bodyPatterns", "must be an array"},
        {"{\"bodyPatterns\":[{\"contains\":\"\"},{\"matches\":\"(\"}]}", false,
         "/bodyPatterns/1/matches", "not closed"},
        {"{\"bodyPatterns\":[{\"matches\":\"(a)\\\\1\"}]}", false, "/bodyPatterns/0/matches",
         "back-references"},
        {"{\"bodyPatterns\":[{\"matches\":\"(?=a)\"}]}", false, "/bodyPatterns/0/matches", "(?:"},
        {"{\"bodyPatterns\":[{\"matches\":\"((a{100}){100})\"}]}", false, "/bodyPatterns/0/matches",
         "repeats too much"},
        {"{\"bodyPatterns\":[{\"matches\":\"a+++++++++++\"}]}", false, "/bodyPatterns/0/matches",
         "a repeat follows a repeat"},
        {"{\"bodyPatterns\":[{\"matches\":\"a{200}*{200}\"}]}", false, "/bodyPatterns/0/matches",
         "a repeat follows a repeat"},
        {"{\"bodyPatterns\":[{\"equalToJson\":\"{\"}]}", false, "/bodyPatterns/0/equalToJson",
         "must be JSON"},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":\"a.b\"}]}", false,
         "/bodyPatterns/0/matchesJsonPath", "must begin with $"},
        {"{\"bodyPatterns\":[{\"matchesJsonPath\":{\"expression\":\"$.a\",\"equals\":\"x\"}}]}",
         false, "/bodyPatterns/0/matchesJsonPath/equals", "is not a matcher"},
    };
    (void)state;
    CHECK_ROWS(k_rows);
}

/* Patterns of Java's dialect that POSIX brackets would read differently. */
static void patterns_read_like_javas(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool fits;
    } k_rows[] = {
        {"[\\d-]+", "06-12", true},
        {"[\\d-]+", "06.12", false},
        {"[^\\d]+", "abc", true},
        {"[^\\d]+", "a1", false},
        {"\\D+", "abc", true},
        {"a\\.b", "a.b", true},
        {"a\\.b", "axb", false},
        {"[\\w.]+@[\\w.]+", "a.b_c@x.fr", true},
        {"[\\]x]+", "]x]", true},
        {"[]x]+", "]x]", true},
        {"a|b", "b", true},
        {"a|b", "ab", false},
        {"\\{\\}", "{}", true},
        {"x{2,}", "xxxx", true},
        {"x{2,3}", "xxxx", false},
        {"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "aaaaaaaa-0c00-0000-0217-b7f02cd223b9", true},
    };
    struct arena a;
    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_rows) / sizeof(k_rows[0]); i++) {
        struct pattern p = {0};
        struct str why = STR("");
        print_message("%s on %s\n", k_rows[i].pattern, k_rows[i].text);
        const bool compiled = pattern_compile(&a, str_from_cstr(k_rows[i].pattern), &p, &why);
        if (!compiled)
            print_message("%.*s\n", STR_ARG(why));
        assert_true(compiled);
        assert_int_equal(pattern_fits(&p, &a, str_from_cstr(k_rows[i].text)), k_rows[i].fits);
        pattern_release(&p);
    }
    arena_release(&a);
}

static void a_pattern_sees_the_whole_text_also_behind_a_nul(void **state)
{
    struct arena a;
    struct pattern p = {0};
    struct str why;
    (void)state;
    arena_init(&a);
    assert_true(pattern_compile(&a, STR("a[^b]c"), &p, &why));
    assert_true(pattern_fits(&p, &a, (struct str){"a\0cd", 3}));
    assert_false(pattern_fits(&p, &a, (struct str){"a\0cd", 4}));
    assert_false(pattern_fits(&p, &a, (struct str){0}));
    pattern_release(&p);
    arena_release(&a);
}

static void a_path_finds_values_in_document_order(void **state)
{
    static const struct {
        const char *path, *found;
    } k_rows[] = {
        {"$", "{\"a\":[1,{\"b\":2}],\"b\":3}"},
        {"$.a[*]", "1 {\"b\":2}"},
        {"$.*", "[1,{\"b\":2}] 3"},
        {"$..b", "3 2"},
        {"$.a[?(@.b)]", "{\"b\":2}"},
        {"$.a[?(@ == 1)]", "1"},
        {"$.a[0].b", ""},
        {"$[\"b\"]", "3"},
    };
    struct arena a;
    enum json_fault fault;
    size_t at;
    (void)state;
    arena_init(&a);
    const struct cJSON *root = json_parse(&a, STR("{\"a\":[1,{\"b\":2}],\"b\":3}"), &fault, &at);
    for (size_t i = 0; i < sizeof(k_rows) / sizeof(k_rows[0]); i++) {
        struct str why;
        struct buf text;
        print_message("%s\n", k_rows[i].path);
        const struct jsonpath *path = jsonpath_parse(&a, str_from_cstr(k_rows[i].path), &why);
        assert_non_null(path);
        const struct json_nodes found = jsonpath_find(&a, path, root);
        buf_init(&text, 4096);
        for (size_t k = 0; k < found.n; k++) {
            if (k)
                buf_add_char(&text, ' ');
            json_print(&a, &text, found.v[k]);
        }
        assert_string_equal(arena_cstr(&a, buf_view(&text)), k_rows[i].found);
        buf_release(&text);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_members_must_all_hold),
        cmocka_unit_test(a_recipient_fits_however_the_number_is_written),
        cmocka_unit_test(a_url_fits_with_and_without_the_session),
        cmocka_unit_test(query_and_headers_take_any_of_their_values),
        cmocka_unit_test(bodies_match_as_text_and_as_json),
        cmocka_unit_test(what_is_wrong_is_named_with_its_place),
        cmocka_unit_test(patterns_read_like_javas),
        cmocka_unit_test(a_pattern_sees_the_whole_text_also_behind_a_nul),
        cmocka_unit_test(a_path_finds_values_in_document_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
