#include <stdbool.h>

#include "mockd/base/arena.h"
#include "mockd/base/buf.h"
#include "mockd/base/utf8.h"
#include "tests/unit/str_assert.h"

static const struct str k_absent = {NULL, 0};

static void slices_compare_by_bytes_and_length(void **state)
{
    (void)state;
    static const struct {
        struct str a, b;
        bool eq, nocase, starts, ends; /* a starts and ends with b */
    } k_cases[] = {
        {STR_INIT(""), STR_INIT(""), true, true, true, true},
        {{NULL, 0}, STR_INIT(""), true, true, true, true},
        {{NULL, 0}, {NULL, 0}, true, true, true, true},
        {STR_INIT("abc"), {NULL, 0}, false, false, true, true},
        {{NULL, 0}, STR_INIT("a"), false, false, false, false},
        {STR_INIT("abc"), STR_INIT("abc"), true, true, true, true},
        {STR_INIT("abc"), STR_INIT("ABC"), false, true, false, false},
        {STR_INIT("abcab"), STR_INIT("ab"), false, false, true, true},
        {STR_INIT("ab"), STR_INIT("abc"), false, false, false, false},
        {STR_INIT("a\0b"), STR_INIT("a\0c"), false, false, false, false},
        {STR_INIT("a\0b"), STR_INIT("a"), false, false, true, false},
        {STR_INIT("É"), STR_INIT("é"), false, false, false, false},
        {STR_INIT("@"), STR_INIT("`"), false, false, false, false},
        {STR_INIT("[z]"), STR_INIT("[Z]"), false, true, false, false},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct str a = k_cases[i].a;
        const struct str b = k_cases[i].b;
        print_message("row %zu: \"%.*s\" \"%.*s\"\n", i, STR_ARG(a), STR_ARG(b));
        assert_int_equal(str_eq(a, b), k_cases[i].eq);
        assert_int_equal(str_eq_nocase(a, b), k_cases[i].nocase);
        assert_int_equal(str_starts(a, b), k_cases[i].starts);
        assert_int_equal(str_ends(a, b), k_cases[i].ends);
    }
}

static void a_search_gives_the_first_place_or_the_length(void **state)
{
    (void)state;
    static const struct {
        struct str s, what;
        size_t at;
    } k_cases[] = {
        {STR_INIT("a=b=c"), STR_INIT("="), 1}, {STR_INIT("a=b=c"), STR_INIT("=c"), 3},
        {STR_INIT("a=b=c"), STR_INIT("x"), 5}, {STR_INIT("aab"), STR_INIT("ab"), 1},
        {STR_INIT("ab"), STR_INIT("abc"), 2},  {STR_INIT("x\0y"), STR_INIT("y"), 2},
        {STR_INIT("x\0y"), STR_INIT("\0"), 1}, {STR_INIT(""), STR_INIT("a"), 0},
        {{NULL, 0}, STR_INIT("a"), 0},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu\n", i);
        assert_int_equal(str_find(k_cases[i].s, k_cases[i].what), k_cases[i].at);
        if (k_cases[i].what.n == 1)
            assert_int_equal(str_find_char(k_cases[i].s, k_cases[i].what.p[0]), k_cases[i].at);
    }
}

static void trimming_takes_white_space_off_both_ends(void **state)
{
    (void)state;
    static const struct {
        struct str s, trimmed;
    } k_cases[] = {
        {STR_INIT(" \t\r\n\v\fa b \n"), STR_INIT("a b")},
        {STR_INIT("a"), STR_INIT("a")},
        {STR_INIT("   "), STR_INIT("")},
        {STR_INIT(""), STR_INIT("")},
        {{NULL, 0}, {NULL, 0}},
        {STR_INIT("\0 "), STR_INIT("\0")},
        {STR_INIT("\xC2\xA0x"), STR_INIT("\xC2\xA0x")},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu\n", i);
        assert_str(str_trim(k_cases[i].s), k_cases[i].trimmed);
    }
}

static void a_split_gives_every_piece_also_the_empty_ones(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        size_t n;
        struct str pieces[4];
    } k_cases[] = {
        {STR_INIT("a,b"), 2, {STR_INIT("a"), STR_INIT("b")}},
        {STR_INIT(",a,,"), 4, {STR_INIT(""), STR_INIT("a"), STR_INIT(""), STR_INIT("")}},
        {STR_INIT("a\0,b"), 2, {STR_INIT("a\0"), STR_INIT("b")}},
        {STR_INIT("abc"), 1, {STR_INIT("abc")}},
        {STR_INIT(""), 1, {STR_INIT("")}},
        {{NULL, 0}, 0, {{NULL, 0}}},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct str rest = k_cases[i].s;
        struct str piece;
        size_t n = 0;
        print_message("row %zu\n", i);
        while (str_split(&rest, ',', &piece)) {
            assert_true(n < k_cases[i].n);
            assert_str(piece, k_cases[i].pieces[n++]);
        }
        assert_int_equal(n, k_cases[i].n);
        assert_str(rest, k_absent);
    }
}

static void the_rest_of_a_slice_stays_inside_it(void **state)
{
    (void)state;
    assert_str(str_from(STR("abc"), 1), STR("bc"));
    assert_str(str_from(STR("abc"), 3), STR(""));
    assert_str(str_from(STR("abc"), 4), STR(""));
    assert_str(str_from(STR("abc"), SIZE_MAX), STR(""));
    assert_str(str_from(k_absent, 1), k_absent);
    assert_str(str_from_cstr(NULL), k_absent);
    assert_str(str_from_cstr(""), STR(""));
    assert_str(str_from_cstr("ab"), STR("ab"));
}

static void digits_make_a_number_up_to_the_maximum(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        uint64_t max;
        bool ok;
        uint64_t v;
    } k_cases[] = {
        {STR_INIT("0"), 0, true, 0},
        {STR_INIT("007"), 9, true, 7},
        {STR_INIT("65535"), 65535, true, 65535},
        {STR_INIT("65536"), 65535, false, 0},
        {STR_INIT("7"), 5, false, 0},
        {STR_INIT("18446744073709551615"), UINT64_MAX, true, UINT64_MAX},
        {STR_INIT("18446744073709551616"), UINT64_MAX, false, 0},
        {STR_INIT("99999999999999999999"), UINT64_MAX, false, 0},
        {STR_INIT("9223372036854775807"), INT64_MAX, true, INT64_MAX},
        {STR_INIT("9223372036854775808"), INT64_MAX, false, 0},
        {STR_INIT(""), 9, false, 0},
        {{NULL, 0}, 9, false, 0},
        {STR_INIT("-1"), 9, false, 0},
        {STR_INIT("+1"), 9, false, 0},
        {STR_INIT(" 1"), 9, false, 0},
        {STR_INIT("1\0"), 9, false, 0},
        {STR_INIT("1.0"), 9, false, 0},
        {STR_INIT("0x1"), 9, false, 0},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        uint64_t v = 42;
        print_message("row %zu: \"%.*s\"\n", i, STR_ARG(k_cases[i].s));
        assert_int_equal(str_to_uint(k_cases[i].s, k_cases[i].max, &v), k_cases[i].ok);
        assert_true(v == (k_cases[i].ok ? k_cases[i].v : 42));
    }
}

static void only_well_formed_utf8_is_valid(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        bool valid;
    } k_cases[] = {
        {STR_INIT(""), true},
        {{NULL, 0}, true},
        {STR_INIT("plain"), true},
        {STR_INIT("a\0b"), true},
        {STR_INIT("é€🎉"), true},
        {STR_INIT("\x7F\xC2\x80\xDF\xBF"), true},
        {STR_INIT("\xE0\xA0\x80\xEF\xBF\xBF"), true},
        {STR_INIT("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), true},
        {STR_INIT("\xED\x9F\xBF\xEE\x80\x80"), true},
        {STR_INIT("\x80"), false}, /* continuation first */
        {STR_INIT("\xBF"), false},
        {STR_INIT("\xC0\x80"), false}, /* overlong NUL */
        {STR_INIT("\xC0\xAF"), false}, /* overlong '/' */
        {STR_INIT("\xC1\xBF"), false},
        {STR_INIT("\xE0\x80\xAF"), false},
        {STR_INIT("\xE0\x9F\xBF"), false},
        {STR_INIT("\xF0\x80\x80\xAF"), false},
        {STR_INIT("\xF0\x8F\xBF\xBF"), false},
        {STR_INIT("\xED\xA0\x80"), false},             /* first surrogate */
        {STR_INIT("\xED\xBF\xBF"), false},             /* last surrogate */
        {STR_INIT("\xED\xA0\xBD\xED\xB8\x80"), false}, /* a pair, as CESU-8 writes an emoji */
        {STR_INIT("\xF4\x90\x80\x80"), false},         /* above U+10FFFF */
        {STR_INIT("\xF5\x80\x80\x80"), false},
        {STR_INIT("\xF8\x88\x80\x80\x80"), false}, /* five bytes */
        {STR_INIT("\xFE"), false},
        {STR_INIT("\xFF"), false},
        {STR_INIT("\xC3"), false}, /* truncated */
        {STR_INIT("\xE2\x82"), false},
        {STR_INIT("\xF0\x9F\x8E"), false},
        {STR_INIT("\xE2\x82z"), false},
        {STR_INIT("\xC3\xC3\xA9"), false},
        {STR_INIT("caf\xE9"), false}, /* Latin-1 */
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu\n", i);
        assert_int_equal(utf8_valid(k_cases[i].s), k_cases[i].valid);
        const struct str repaired = utf8_repaired(&a, k_cases[i].s);
        assert_true(utf8_valid(repaired));
        assert_int_equal(repaired.p == k_cases[i].s.p, k_cases[i].valid);
    }
    arena_release(&a);
}

static void a_truncated_sequence_does_not_borrow_bytes_behind_the_slice(void **state)
{
    (void)state;
    const struct str euro = STR("€");
    assert_false(utf8_valid((struct str){euro.p, 1}));
    assert_false(utf8_valid((struct str){euro.p, 2}));
    assert_true(utf8_valid(euro));
}

static void every_code_point_survives_a_round_trip(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        uint32_t back = 0;
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        struct str rest = {bytes, utf8_put(bytes, cp)};
        if (!utf8_next(&rest, &back) || back != cp || rest.n != 0)
            fail_msg("U+%04X", (unsigned)cp);
    }
}

static void each_malformed_byte_is_replaced_on_its_own(void **state)
{
    (void)state;
    static const struct {
        struct str s, repaired;
    } k_cases[] = {
        {STR_INIT("caf\xE9!"), STR_INIT("caf\uFFFD!")},
        {STR_INIT("\xC0\x80"), STR_INIT("\uFFFD\uFFFD")},
        {STR_INIT("\xED\xA0\x80x"), STR_INIT("\uFFFD\uFFFD\uFFFDx")},
        {STR_INIT("a\xE2\x82"), STR_INIT("a\uFFFD\uFFFD")},
        {STR_INIT("\xC3\xC3\xA9"), STR_INIT("\uFFFDé")},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu\n", i);
        assert_str(utf8_repaired(&a, k_cases[i].s), k_cases[i].repaired);
    }
    arena_release(&a);
}

static void an_arena_gives_zeroed_memory_that_does_not_overlap(void **state)
{
    (void)state;
    enum { PIECES = 200 };
    struct arena a;
    unsigned char *p[PIECES];
    arena_init(&a);
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < PIECES; i++) {
            p[i] = arena_alloc(&a, i * 7);
            assert_int_equal((uintptr_t)p[i] % sizeof(long double), 0);
            for (size_t k = 0; k < i * 7; k++)
                assert_int_equal(p[i][k], 0);
            memset(p[i], (int)i, i * 7);
        }
        for (size_t i = 1; i < PIECES; i++) {
            assert_int_equal(p[i][0], i);
            assert_int_equal(p[i][i * 7 - 1], i);
        }
        arena_reset(&a);
    }
    memset(arena_alloc(&a, 1000000), 0xFF, 1000000);
    arena_reset(&a);
    arena_release(&a);
    arena_release(&a);
}

static void copies_keep_nul_bytes_and_the_difference_between_absent_and_empty(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_str(arena_strdup(&a, STR("a\0b")), STR("a\0b"));
    assert_str(arena_strdup(&a, STR("")), STR(""));
    assert_str(arena_strdup(&a, k_absent), k_absent);
    assert_string_equal(arena_cstr(&a, (struct str){"abcdef", 3}), "abc");
    assert_string_equal(arena_cstr(&a, k_absent), "");
    assert_str(arena_printf(&a, "%s-%d", "x", -7), STR("x--7"));
    assert_str(arena_printf(&a, "%s", ""), STR(""));
    assert_int_equal(arena_printf(&a, "%5000d", 1).n, 5000);
    arena_release(&a);
}

static void a_buffer_grows_up_to_its_cap_and_stays_overflowed(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1000);
    for (int i = 0; i < 100; i++)
        buf_add(&b, STR("0123456789"));
    assert_false(b.overflowed);
    assert_int_equal(buf_view(&b).n, 1000);
    buf_add(&b, STR(""));
    assert_false(b.overflowed);
    buf_add_char(&b, 'x');
    assert_true(b.overflowed);
    assert_int_equal(buf_view(&b).n, 1000);

    buf_clear(&b);
    assert_false(b.overflowed);
    assert_str(buf_view(&b), STR(""));
    buf_add(&b, STR("short"));
    assert_str(buf_view(&b), STR("short"));
    buf_release(&b);
    assert_int_equal(b.max, 1000);
    buf_release(&b);
}

static void an_append_that_does_not_fit_adds_nothing_and_ends_the_growth(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 4);
    buf_add(&b, STR("abc"));
    buf_add(&b, STR("de"));
    assert_true(b.overflowed);
    assert_str(buf_view(&b), STR("abc"));
    buf_add(&b, STR("d"));
    assert_str(buf_view(&b), STR("abc"));
    buf_release(&b);
}

static void an_overflowed_buffer_takes_no_single_character_either(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 4);
    buf_add(&b, STR("abc"));
    buf_add(&b, STR("de"));
    buf_add_char(&b, 'x');
    assert_true(b.overflowed);
    assert_str(buf_view(&b), STR("abc"));
    buf_release(&b);
}

static void numbers_and_formats_are_appended_whole(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 4096);
    buf_add_int(&b, 0);
    buf_add_char(&b, ' ');
    buf_add_int(&b, INT64_MAX);
    buf_add_char(&b, ' ');
    buf_add_int(&b, INT64_MIN);
    buf_addf(&b, " %s=%d", "n", 5);
    buf_add(&b, STR(" a\0b"));
    assert_str(buf_view(&b), STR("0 9223372036854775807 -9223372036854775808 n=5 a\0b"));
    buf_addf(&b, "%127d", 1);
    assert_false(b.overflowed);
    buf_addf(&b, "%128d", 1);
    assert_true(b.overflowed);
    buf_release(&b);
}

static void an_empty_buffer_has_an_empty_text(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 0);
    assert_str(buf_view(&b), STR(""));
    buf_add(&b, STR(""));
    assert_false(b.overflowed);
    buf_add_char(&b, 'x');
    assert_true(b.overflowed);
    assert_str(buf_view(&b), STR(""));
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_compare_by_bytes_and_length),
        cmocka_unit_test(a_search_gives_the_first_place_or_the_length),
        cmocka_unit_test(trimming_takes_white_space_off_both_ends),
        cmocka_unit_test(a_split_gives_every_piece_also_the_empty_ones),
        cmocka_unit_test(the_rest_of_a_slice_stays_inside_it),
        cmocka_unit_test(digits_make_a_number_up_to_the_maximum),
        cmocka_unit_test(only_well_formed_utf8_is_valid),
        cmocka_unit_test(a_truncated_sequence_does_not_borrow_bytes_behind_the_slice),
        cmocka_unit_test(every_code_point_survives_a_round_trip),
        cmocka_unit_test(each_malformed_byte_is_replaced_on_its_own),
        cmocka_unit_test(an_arena_gives_zeroed_memory_that_does_not_overlap),
        cmocka_unit_test(copies_keep_nul_bytes_and_the_difference_between_absent_and_empty),
        cmocka_unit_test(a_buffer_grows_up_to_its_cap_and_stays_overflowed),
        cmocka_unit_test(an_append_that_does_not_fit_adds_nothing_and_ends_the_growth),
        cmocka_unit_test(an_overflowed_buffer_takes_no_single_character_either),
        cmocka_unit_test(numbers_and_formats_are_appended_whole),
        cmocka_unit_test(an_empty_buffer_has_an_empty_text),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
