#include "mockd/providers/nexmo/ids.h"

#include <stdlib.h>

#include "tests/unit/str_assert.h"

static const int64_t k_ids[] = {
    1, 42, 1000000, 1999999, 0x7FFFFFFF, 0x80000000, INT64_C(1) << 40, INT64_C(0xFFFFFFFFFFFFFF)};

enum { IDS = sizeof(k_ids) / sizeof(k_ids[0]) };

static bool fits(struct str s, const char *pattern)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const bool digit = c >= '0' && c <= '9';
        if (pattern[i] == 'x'   ? !(digit || (c >= 'a' && c <= 'f'))
            : pattern[i] == 'X' ? !(digit || (c >= 'A' && c <= 'F'))
            : pattern[i] == 'v' ? c != '8' && c != '9' && c != 'a' && c != 'b'
                                : c != pattern[i])
            return false;
    }
    return s.n == strlen(pattern);
}

static void both_forms_look_as_published_and_are_read_back(void **state)
{
    (void)state;
    const struct session s = {.seed = 42};
    struct arena a;
    int64_t back;
    arena_init(&a);
    for (size_t i = 0; i < IDS; i++) {
        const struct str hex = nexmo_id_hex16(&a, &s, k_ids[i]);
        const struct str uuid = nexmo_id_uuid(&a, &s, k_ids[i]);
        print_message("%lld %.*s %.*s\n", (long long)k_ids[i], STR_ARG(hex), STR_ARG(uuid));
        assert_true(fits(hex, "XXXXXXXXXXXXXXXX"));
        assert_true(fits(uuid, "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx"));
        assert_true(nexmo_id_parse(&s, hex, &back));
        assert_int_equal(back, k_ids[i]);
        assert_true(nexmo_id_parse(&s, uuid, &back));
        assert_int_equal(back, k_ids[i]);
    }
    arena_release(&a);
}

static void parts_have_consecutive_hex_ids_on_one_node(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (uint64_t seed = 0; seed < 200; seed++) {
        const struct session s = {.seed = seed};
        const struct str first = nexmo_id_hex16(&a, &s, 0x1E8480);
        const struct str second = nexmo_id_hex16(&a, &s, 0x1E8481);
        const int node = (int)strtol(arena_cstr(&a, (struct str){first.p, 2}), NULL, 16);
        assert_in_range(node, 0x0A, 0x16);
        assert_str(str_from(first, 2), STR("000000001E8480"));
        assert_str(str_from(second, 2), STR("000000001E8481"));
        assert_memory_equal(first.p, second.p, 2);
    }
    arena_release(&a);
}

static void the_same_seed_gives_the_same_ids_and_another_seed_others(void **state)
{
    (void)state;
    const struct session one = {.seed = 1};
    const struct session again = {.seed = 1};
    const struct session two = {.seed = 2};
    struct arena a;
    int64_t id;
    arena_init(&a);
    const struct str uuid = nexmo_id_uuid(&a, &one, 7);
    assert_str(nexmo_id_uuid(&a, &again, 7), uuid);
    assert_false(str_eq(nexmo_id_uuid(&a, &two, 7), uuid));
    assert_false(nexmo_id_parse(&two, uuid, &id));
    arena_release(&a);
}

static void what_was_never_given_out_is_not_read(void **state)
{
    (void)state;
    static const struct str k_bad[] = {
        STR_INIT(""),
        STR_INIT("1"),
        STR_INIT("FF000000001E8480"),
        STR_INIT("0A00000000ABCDXY"),
        STR_INIT("0A0000000123ABCD1"),
        STR_INIT("3295d748-4e14-4681-af78-166dca3c5aab"),
        STR_INIT("3295d748_4e14_4681_af78_166dca3c5aab"),
        STR_INIT("3295d748-4e14-4681-cf78-166dca3c5aab"),
    };
    const struct session s = {.seed = 1};
    for (size_t i = 0; i < sizeof(k_bad) / sizeof(k_bad[0]); i++) {
        int64_t id = -1;
        print_message("%.*s\n", STR_ARG(k_bad[i]));
        assert_false(nexmo_id_parse(&s, k_bad[i], &id));
        assert_int_equal(id, -1);
    }
}

static void ids_are_read_in_either_case(void **state)
{
    (void)state;
    const struct session s = {.seed = 1};
    struct arena a;
    int64_t id;
    arena_init(&a);
    const struct str uuid = nexmo_id_uuid(&a, &s, 123456789);
    char *upper = arena_alloc(&a, uuid.n);
    for (size_t i = 0; i < uuid.n; i++)
        upper[i] = (char)(uuid.p[i] >= 'a' ? uuid.p[i] - 32 : uuid.p[i]);
    assert_true(nexmo_id_parse(&s, (struct str){upper, uuid.n}, &id));
    assert_int_equal(id, 123456789);
    arena_release(&a);
}

static void trace_ids_differ_by_request_alone(void **state)
{
    (void)state;
    const struct session s = {.seed = 1};
    struct arena a;
    arena_init(&a);
    const struct str one = nexmo_trace_id(&a, &s, 1);
    assert_true(fits(one, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    assert_str(nexmo_trace_id(&a, &s, 1), one);
    assert_false(str_eq(nexmo_trace_id(&a, &s, 2), one));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_look_as_published_and_are_read_back),
        cmocka_unit_test(parts_have_consecutive_hex_ids_on_one_node),
        cmocka_unit_test(the_same_seed_gives_the_same_ids_and_another_seed_others),
        cmocka_unit_test(what_was_never_given_out_is_not_read),
        cmocka_unit_test(ids_are_read_in_either_case),
        cmocka_unit_test(trace_ids_differ_by_request_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
