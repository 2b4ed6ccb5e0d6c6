#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "clients/lib/jsonmatch.h"

enum { TEXT_MAX = 4096 };

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char k_vars[] = "{\"id\":\"m1\",\"cost\":0.0380,\"whole\":{\"a\":1,\"b\":2}}";

static struct json *parsed(struct arena *a, const char *text)
{
    struct json_error error;
    struct json *j = json_parse(a, str_from_cstr(text), &error);
    assert_non_null(j);
    return j;
}

/* What the differences say; "" when it matches. */
static const char *difference(struct arena *a,
                              const char *expected,
                              const char *actual,
                              bool unordered)
{
    struct buf b;
    struct jsonmatch m = {.a = a, .unordered = unordered, .vars = parsed(a, k_vars)};
    const bool same = jsonmatch(&m, STR(""), parsed(a, expected), parsed(a, actual));
    assert_int_equal(same, m.count == 0);
    buf_init(&b, TEXT_MAX);
    jsonmatch_write(&b, &m);
    assert_false(b.overflowed);
    const char *text = arena_cstr(a, buf_view(&b));
    buf_release(&b);
    return text;
}

static const struct {
    const char *expected;
    const char *matches;
    const char *differs; /* NULL: nothing that is there can differ */
} k_matchers[] = {
    {"1", "1", "1.0"},
    {"0.038", "0.038", "0.0380"},
    {"9007199254740993", "9007199254740993", "9007199254740992"},
    {"\"a\"", "\"\\u0061\"", "\"A\""},
    {"\"a\"", "\"a\"", "\"a\\u0000b\""},
    {"\"1\"", "\"1\"", "1"},
    {"\"\"", "\"\"", "null"},
    {"null", "null", "false"},
    {"true", "true", "false"},
    {"[]", "[]", "{}"},
    {"[1,2]", "[1,2]", "[2,1]"},
    {"[1,2]", "[1,2]", "[1]"},
    {"{\"$any\":true}", "null", NULL},
    {"{\"$type\":\"string\"}", "\"\"", "1"},
    {"{\"$type\":\"number\"}", "1.5", "\"1.5\""},
    {"{\"$type\":\"integer\"}", "-3", "3.0"},
    {"{\"$type\":\"integer\"}", "3", "3e0"},
    {"{\"$type\":\"boolean\"}", "false", "null"},
    {"{\"$type\":\"object\"}", "{}", "[]"},
    {"{\"$type\":\"array\"}", "[]", "{}"},
    {"{\"$type\":\"null\"}", "null", "0"},
    {"{\"$re\":\"^[0-9]{4}$\"}", "\"2026\"", "\"20266\""},
    {"{\"$re\":\"^[0-9]+[.][0-9]{3}$\"}", "0.038", "0.0380"},
    {"{\"$re\":\"b\"}", "\"abc\"", "[\"abc\"]"},
    {"{\"$contains\":\"error\"}", "\"an error here\"", "\"an Error here\""},
    {"{\"$contains\":\"\"}", "\"\"", "null"},
    {"{\"$gte\":2}", "2.0", "1.9"},
    {"{\"$gte\":9007199254740993}", "9007199254740993", "9007199254740992"},
    {"{\"$gt\":2}", "2.1", "2"},
    {"{\"$lte\":2}", "2", "2.1"},
    {"{\"$lt\":2}", "-1e3", "2"},
    {"{\"$lt\":2}", "1", "\"1\""},
    {"{\"$gte\":1,\"$lt\":3}", "2", "3"},
    {"{\"$in\":[200,{\"$gte\":500}]}", "503", "404"},
    {"{\"$ne\":\"x\"}", "\"y\"", "\"x\""},
    {"{\"$ne\":{\"$re\":\"secret\"}}", "\"masked\"", "\"my secret\""},
    {"{\"$len\":2}", "[1,2]", "[1]"},
    {"{\"$len\":2}", "\"\\u00e9a\"", "\"a\""},
    {"{\"$len\":1}", "{\"a\":1}", "{}"},
    {"{\"$len\":{\"$gte\":2}}", "\"abc\"", "\"a\""},
    {"{\"$len\":1}", "\"7\"", "7"},
    {"{\"$each\":{\"$gt\":0}}", "[1,2]", "[1,0]"},
    {"{\"$each\":{\"$gt\":0}}", "[1]", "[]"},
    {"{\"$some\":{\"$gt\":1}}", "[1,2]", "[1]"},
    {"{\"$some\":1}", "[1]", "1"},
    {"{\"$subset\":{\"a\":1}}", "{\"z\":0,\"a\":1}", "{\"a\":2}"},
    {"{\"$subset\":{\"b\":2,\"a\":1}}", "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":2}"},
    {"{\"$subset\":{\"a\":{\"$absent\":true}}}", "{\"b\":1}", "{\"a\":null}"},
    {"{\"a\":1,\"b\":{\"$absent\":true}}", "{\"a\":1}", "{\"a\":1,\"b\":2}"},
    {"{\"$eq\":{\"$ref\":\"#/x\"}}", "{\"$ref\":\"#/x\"}", "{\"$ref\":\"#/y\"}"},
    {"{\"$json\":{\"a\":{\"$any\":true}}}", "\"{\\\"a\\\":1}\"", "\"{\\\"b\\\":1}\""},
    {"{\"$json\":1}", "\"1\"", "\"1 2\""},
    {"{\"$var\":\"id\"}", "\"m1\"", "\"m2\""},
    {"{\"$var\":\"cost\"}", "0.0380", "0.038"},
    {"{\"$var\":\"whole\"}", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"},
};

static void each_matcher_accepts_what_it_should_and_refuses_the_rest(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(k_matchers); i++) {
        struct arena a;
        const char *differs = k_matchers[i].differs;
        arena_init(&a);
        print_message("%s | %s | %s\n", k_matchers[i].expected, k_matchers[i].matches,
                      differs ? differs : "-");
        assert_string_equal(difference(&a, k_matchers[i].expected, k_matchers[i].matches, false),
                            "");
        if (differs)
            assert_string_not_equal(difference(&a, k_matchers[i].expected, differs, false), "");
        arena_release(&a);
    }
}

static const struct {
    const char *expected, *actual, *message;
} k_messages[] = {
    {"1", "2", "(the whole value): expected 1, got 2\n"},
    {"{\"a\":{\"b\":[0,1]}}", "{\"a\":{\"b\":[0,2]}}", "/a/b/1: expected 1, got 2\n"},
    {"{\"a/b\":1,\"c~d\":1}", "{\"a/b\":2,\"c~d\":3}",
     "/a~1b: expected 1, got 2\n/c~0d: expected 1, got 3\n"},
    {"{\"a\":1}", "{}", "/a: expected 1, got nothing (absent)\n"},
    {"{}", "{\"a\":null}", "/a: expected nothing (absent), got null\n"},
    {"{\"a\":null}", "{}", "/a: expected null, got nothing (absent)\n"},
    {"{\"a\":{\"$any\":true}}", "{}", "/a: expected {\"$any\":true}, got nothing (absent)\n"},
    {"{\"a\":{\"$ne\":1}}", "{}", "/a: expected {\"$ne\":1}, got nothing (absent)\n"},
    {"{\"a\":{\"$absent\":true}}", "{\"a\":1}", "/a: expected nothing (absent), got 1\n"},
    {"[1]", "[1,2]", "/1: expected nothing (absent), got 2\n"},
    {"[1,2]", "[1]", "/1: expected 2, got nothing (absent)\n"},
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}",
     "(the whole value): expected keys in the order a b, got keys in the order b a\n"},
    {"{\"x\":[{\"a\":1,\"b\":2}]}", "{\"x\":[{\"b\":2,\"a\":1}]}",
     "/x/0: expected keys in the order a b, got keys in the order b a\n"},
    {"{\"$gt\":1,\"$lt\":5}", "7", "(the whole value): expected {\"$lt\":5}, got 7\n"},
    {"{\"$each\":{\"n\":1}}", "[{\"n\":1},{\"n\":2}]", "/1/n: expected 1, got 2\n"},
    {"{\"$json\":{\"n\":1}}", "\"{\\\"n\\\":2}\"", "/n: expected 1, got 2\n"},
    {"{\"$var\":\"id\"}", "\"m2\"", "(the whole value): expected \"m1\", got \"m2\"\n"},
    {"{\"$var\":\"nobody\"}", "1",
     "(the whole value): expected the unknown variable nobody, got 1\n"},
    {"{\"$typo\":1}", "1", "(the whole value): expected the malformed matcher $typo, got 1\n"},
};

static void a_difference_names_the_place_and_both_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(k_messages); i++) {
        struct arena a;
        arena_init(&a);
        print_message("%s | %s\n", k_messages[i].expected, k_messages[i].actual);
        assert_string_equal(difference(&a, k_messages[i].expected, k_messages[i].actual, false),
                            k_messages[i].message);
        arena_release(&a);
    }
}

static void the_order_of_keys_counts_unless_it_is_said_not_to(void **state)
{
    static const char k_expected[] = "{\"a\":{\"x\":1,\"y\":2},\"b\":2}";
    static const char k_actual[] = "{\"b\":2,\"a\":{\"y\":2,\"x\":1}}";
    struct arena a;
    (void)state;
    arena_init(&a);
    assert_string_not_equal(difference(&a, k_expected, k_actual, false), "");
    assert_string_equal(difference(&a, k_expected, k_actual, true), "");
    assert_string_equal(difference(&a, k_expected, "{\"b\":2,\"a\":{\"y\":2}}", true),
                        "/a/x: expected 1, got nothing (absent)\n");
    arena_release(&a);
}

static void a_pointer_starts_with_the_place_it_is_given(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    struct jsonmatch m = {.a = &a};
    assert_false(jsonmatch(&m, STR("/body"), parsed(&a, "{\"a\":1}"), parsed(&a, "{\"a\":2}")));
    assert_true(str_eq(m.first->pointer, STR("/body/a")));
    assert_true(str_eq(m.first->expected, STR("1")));
    assert_true(str_eq(m.first->actual, STR("2")));
    assert_int_equal(m.count, 1);
    arena_release(&a);
}

static const struct {
    const char *expected;
    const char *pointer; /* NULL: well formed */
} k_checked[] = {
    {"{\"a\":[1,{\"$len\":{\"$gte\":2}}]}", NULL},
    {"{\"$eq\":{\"$anything\":1}}", NULL},
    {"{\"$re\":\"^${id}$\"}", NULL},
    {"{\"a\":[{\"$typo\":1}]}", "/a/0/$typo"},
    {"{\"$any\":true,\"plain\":1}", "/plain"},
    {"{\"$any\":false}", "/$any"},
    {"{\"$absent\":1}", "/$absent"},
    {"{\"$type\":\"float\"}", "/$type"},
    {"{\"$re\":\"(\"}", "/$re"},
    {"{\"$re\":1}", "/$re"},
    {"{\"$contains\":[1]}", "/$contains"},
    {"{\"$gte\":\"1\"}", "/$gte"},
    {"{\"$in\":[]}", "/$in"},
    {"{\"$in\":[1,{\"$typo\":1}]}", "/$in/1/$typo"},
    {"{\"$ne\":{\"$typo\":1}}", "/$ne/$typo"},
    {"{\"$each\":{\"a\":{\"$typo\":1}}}", "/$each/a/$typo"},
    {"{\"$subset\":[1]}", "/$subset"},
    {"{\"$subset\":{\"a\":{\"$typo\":1}}}", "/$subset/a/$typo"},
    {"{\"$json\":{\"$typo\":1}}", "/$json/$typo"},
    {"{\"$var\":1}", "/$var"},
};

static void a_malformed_matcher_is_found_before_anything_is_compared(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(k_checked); i++) {
        struct arena a;
        struct jsonmatch_problem problem = {.pointer = STR("")};
        const char *pointer = k_checked[i].pointer;
        arena_init(&a);
        print_message("%s\n", k_checked[i].expected);
        const bool ok = jsonmatch_check(&a, STR(""), parsed(&a, k_checked[i].expected), &problem);
        assert_int_equal(ok, pointer == NULL);
        if (pointer) {
            assert_string_equal(arena_cstr(&a, problem.pointer), pointer);
            assert_true(problem.text.n > 0);
        }
        arena_release(&a);
    }
}

static const struct {
    struct str text;
    bool valid;
} k_texts[] = {
    {STR_INIT(" {\"a\" : [ 1 , -0.5e+3 , \"\\ud83d\\ude00\\u0000\" ] } \r\n"), true},
    {STR_INIT("0"), true},
    {STR_INIT("\"\""), true},
    {STR_INIT(""), false},
    {STR_INIT("{} x"), false},
    {STR_INIT("01"), false},
    {STR_INIT("1."), false},
    {STR_INIT(".5"), false},
    {STR_INIT("+1"), false},
    {STR_INIT("1e"), false},
    {STR_INIT("NaN"), false},
    {STR_INIT("nul"), false},
    {STR_INIT("[1,]"), false},
    {STR_INIT("{\"a\":1,}"), false},
    {STR_INIT("{\"a\":1,\"a\":2}"), false},
    {STR_INIT("{\"a\":1,\"\\u0061\":2}"), false},
    {STR_INIT("{a:1}"), false},
    {STR_INIT("{\"a\" 1}"), false},
    {STR_INIT("'a'"), false},
    {STR_INIT("\"a"), false},
    {STR_INIT("\"a\\\""), false},
    {STR_INIT("\"\\x\""), false},
    {STR_INIT("\"\\u12g4\""), false},
    {STR_INIT("\"\\ud800\""), false},
    {STR_INIT("\"\\udc00\""), false},
    {STR_INIT("\"a\tb\""), false},
    {STR_INIT("\"\xff\""), false},
    {STR_INIT("\xef\xbb\xbf{}"), false},
    {STR_INIT("1\0"), false},
};

static void only_strict_json_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(k_texts); i++) {
        struct arena a;
        struct json_error error;
        arena_init(&a);
        print_message("%.*s\n", STR_ARG(k_texts[i].text));
        assert_int_equal(json_parse(&a, k_texts[i].text, &error) != NULL, k_texts[i].valid);
        arena_release(&a);
    }
}

static void nesting_is_limited(void **state)
{
    char deep[JSON_MAX_DEPTH * 2 + 2];
    struct arena a;
    struct json_error error;
    (void)state;
    arena_init(&a);
    memset(deep, '[', sizeof(deep) / 2);
    memset(deep + sizeof(deep) / 2, ']', sizeof(deep) / 2);
    assert_null(json_parse(&a, (struct str){deep, sizeof(deep)}, &error));
    assert_non_null(json_parse(&a, (struct str){deep + 1, sizeof(deep) - 2}, &error));
    arena_release(&a);
}

static void what_is_read_is_written_back_byte_for_byte(void **state)
{
    static const char k_text[] =
        "{\"z\":[1.50,-0,1E400,12345678901234567890],\"a\":{\"k/\\\"~\":null},"
        "\"s\":\"\\u0000\\n\xc3\xa9\\\\\",\"t\":[true,false,{},[]]}";
    struct arena a;
    (void)state;
    arena_init(&a);
    const struct str text = json_text(&a, parsed(&a, k_text), TEXT_MAX);
    assert_string_equal(arena_cstr(&a, text), k_text);
    arena_release(&a);
}

static const struct {
    const char *pointer;
    const char *value; /* NULL: nothing there */
} k_pointers[] = {
    {"", "{\"a/b\":[10,{\"~\":\"x\"}],\"\":0}"},
    {"/a~1b", "[10,{\"~\":\"x\"}]"},
    {"/a~1b/0", "10"},
    {"/a~1b/1/~0", "\"x\""},
    {"/", "0"},
    {"/a~1b/2", NULL},
    {"/a~1b/00", NULL},
    {"/a~1b/-", NULL},
    {"/a~1b/0/x", NULL},
    {"/nobody", NULL},
    {"a~1b", NULL},
};

static void a_pointer_finds_its_value_or_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(k_pointers); i++) {
        struct arena a;
        arena_init(&a);
        print_message("%s\n", k_pointers[i].pointer);
        const struct json *root = parsed(&a, k_pointers[0].value);
        const struct json *found = json_at(root, str_from_cstr(k_pointers[i].pointer));
        assert_int_equal(found != NULL, k_pointers[i].value != NULL);
        if (found)
            assert_string_equal(arena_cstr(&a, json_text(&a, found, TEXT_MAX)),
                                k_pointers[i].value);
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_matcher_accepts_what_it_should_and_refuses_the_rest),
        cmocka_unit_test(a_difference_names_the_place_and_both_values),
        cmocka_unit_test(the_order_of_keys_counts_unless_it_is_said_not_to),
        cmocka_unit_test(a_pointer_starts_with_the_place_it_is_given),
        cmocka_unit_test(a_malformed_matcher_is_found_before_anything_is_compared),
        cmocka_unit_test(only_strict_json_is_read),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(what_is_read_is_written_back_byte_for_byte),
        cmocka_unit_test(a_pointer_finds_its_value_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
