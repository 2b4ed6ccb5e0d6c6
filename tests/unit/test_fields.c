#include "mockd/core/fields.h"

#include "tests/unit/str_assert.h"

struct thing {
    bool on;
    unsigned flags;
    int64_t number, money_e8;
    int word;
    struct str text, secret;
    struct str_list list;
};

enum { RED = 1, GREEN = 2 };
static const char *const k_words[] = {"low", "high", NULL};

#define ROW(wire, member, ...)                                                                     \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct thing, member), __VA_ARGS__              \
    }

static const struct field k_fields[] = {
    ROW("on", on, .kind = FIELD_BOOL),
    ROW("number", number, .kind = FIELD_INT, .min = 1, .max = 10),
    ROW("word", word, .kind = FIELD_WORD, .words = k_words),
    ROW("money", money_e8, .kind = FIELD_MONEY),
    ROW("text", text, .kind = FIELD_TEXT),
    ROW("secret", secret, .kind = FIELD_TEXT, .secret = true),
    ROW("list", list, .kind = FIELD_LIST),
    ROW("red", flags, .kind = FIELD_FLAG, .bit = RED),
    ROW("green", flags, .kind = FIELD_FLAG, .bit = GREEN),
};
enum { FIELDS = sizeof(k_fields) / sizeof(k_fields[0]) };

static bool read(struct arena *a, const char *json, struct thing *t, struct problem *p)
{
    static struct str also_names[] = {STR_INIT("extra")};
    static const struct str_list also = {also_names, 1};
    enum json_fault fault;
    size_t at;
    const struct cJSON *doc = json_parse(a, str_from_cstr(json), &fault, &at);
    assert_non_null(doc);
    return fields_read(a, k_fields, FIELDS, doc, &also, t, p);
}

static struct str written(struct arena *a, const struct thing *t, bool show)
{
    struct buf b;
    struct out o;
    buf_init(&b, 4096);
    out_init(&o, OUT_JSON, &b);
    out_object_begin(&o, STR("thing"));
    fields_write(a, &o, k_fields, FIELDS, t, show);
    out_end(&o);
    const struct str s = arena_strdup(a, buf_view(&b));
    buf_release(&b);
    return s;
}

static void members_that_are_given_change_and_the_others_stay(void **state)
{
    (void)state;
    struct arena a;
    struct problem p = {0};
    struct thing t = {.number = 3, .flags = RED | GREEN, .text = STR("old")};
    arena_init(&a);
    assert_true(read(&a,
                     "{\"on\":true,\"word\":\"high\",\"money\":\"12.345\",\"secret\":\"s\","
                     "\"list\":[\"a\",\"\"],\"flags\":{\"red\":false},\"extra\":[1]}",
                     &t, &p));
    assert_str(written(&a, &t, true),
               STR("{\"on\":true,\"number\":3,\"word\":\"high\",\"money\":\"12.345\","
                   "\"text\":\"old\",\"secret\":\"s\",\"list\":[\"a\",\"\"],"
                   "\"flags\":{\"red\":false,\"green\":true}}"));
    assert_true(read(&a, "{\"text\":null,\"money\":\"0.00000001\"}", &t, &p));
    assert_str(written(&a, &t, false),
               STR("{\"on\":true,\"number\":3,\"word\":\"high\",\"money\":\"0.00000001\","
                   "\"text\":null,\"secret\":\"…\",\"list\":[\"a\",\"\"],"
                   "\"flags\":{\"red\":false,\"green\":true}}"));
    arena_release(&a);
}

static void what_is_wrong_is_named_by_its_pointer(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        struct str pointer, detail;
    } k_cases[] = {
        {"[1]", STR_INIT(""), STR_INIT("must be an object, not an array")},
        {"{\"on\":1}", STR_INIT("/on"), STR_INIT("must be true or false, not 1")},
        {"{\"number\":11}", STR_INIT("/number"),
         STR_INIT("must be a whole number from 1 to 10, not 11")},
        {"{\"number\":1.5}", STR_INIT("/number"),
         STR_INIT("must be a whole number from 1 to 10, not 1.5")},
        {"{\"number\":\"1\"}", STR_INIT("/number"),
         STR_INIT("must be a whole number from 1 to 10, not \"1\"")},
        {"{\"word\":\"High\"}", STR_INIT("/word"),
         STR_INIT("must be one of \"low\", \"high\", not \"High\"")},
        {"{\"word\":null}", STR_INIT("/word"),
         STR_INIT("must be one of \"low\", \"high\", not null")},
        {"{\"money\":true}", STR_INIT("/money"),
         STR_INIT("must be an amount such as \"12.345\", not true")},
        {"{\"money\":null}", STR_INIT("/money"),
         STR_INIT("must be an amount such as \"12.345\", not null")},
        {"{\"text\":5}", STR_INIT("/text"), STR_INIT("must be a string or null, not 5")},
        {"{\"list\":\"a\"}", STR_INIT("/list"), STR_INIT("must be an array of strings, not \"a\"")},
        {"{\"list\":[\"a\",[]]}", STR_INIT("/list/1"), STR_INIT("must be a string, not an array")},
        {"{\"flags\":[]}", STR_INIT("/flags"), STR_INIT("must be an object of booleans")},
        {"{\"flags\":{\"red\":1}}", STR_INIT("/flags/red"),
         STR_INIT("must be true or false, not 1")},
        {"{\"flags\":{\"rde\":true}}", STR_INIT("/flags/rde"),
         STR_INIT("is not a known member; did you mean \"red\"?")},
        {"{\"red\":true}", STR_INIT("/red"), {NULL, 0}},
        {"{\"nubmer\":1}", STR_INIT("/nubmer"),
         STR_INIT("is not a known member; did you mean \"number\"?")},
        {"{\"something else\":1}", STR_INIT("/something else"), STR_INIT("is not a known member")},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct arena a;
        struct problem p = {0};
        struct thing t = {0};
        arena_init(&a);
        print_message("%s\n", k_cases[i].json);
        assert_false(read(&a, k_cases[i].json, &t, &p));
        assert_str(p.pointer, k_cases[i].pointer);
        if (k_cases[i].detail.p)
            assert_str(p.detail, k_cases[i].detail);
        arena_release(&a);
    }
}

static void the_nearest_name_is_one_that_could_be_meant(void **state)
{
    (void)state;
    static const struct str k_names[] = {STR_INIT("balance"), STR_INIT("sender"), STR_INIT("key")};
    assert_str(nearest_name(STR("balanse"), k_names, 3), STR("balance"));
    assert_str(nearest_name(STR("Key"), k_names, 3), STR("key"));
    assert_null(nearest_name(STR("somethingquitedifferent"), k_names, 3).p);
    assert_int_equal(name_distance(STR("kitten"), STR("sitting")), 3);
    assert_int_equal(name_distance(STR(""), STR("abc")), 3);
    assert_int_equal(
        name_distance(STR("a"), STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")), 48);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_that_are_given_change_and_the_others_stay),
        cmocka_unit_test(what_is_wrong_is_named_by_its_pointer),
        cmocka_unit_test(the_nearest_name_is_one_that_could_be_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
