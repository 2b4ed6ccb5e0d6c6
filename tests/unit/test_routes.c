#include "mockd/domain/routes.h"
#include "tests/unit/str_assert.h"

static void a_number_goes_to_the_country_with_the_longest_prefix(void **state)
{
    (void)state;
    static const struct {
        struct str digits, iso2, prefix;
    } k_cases[] = {
        {STR_INIT("33612345678"), STR_INIT("FR"), STR_INIT("33")},
        {STR_INIT("33"), STR_INIT("FR"), STR_INIT("33")},
        {STR_INIT("447700900000"), STR_INIT("GB"), STR_INIT("44")},
        {STR_INIT("447700900999"), STR_INIT("GB"), STR_INIT("44")},
        {STR_INIT("447624123456"), STR_INIT("IM"), STR_INIT("44")},
        {STR_INIT("447781123456"), STR_INIT("GG"), STR_INIT("44")},
        {STR_INIT("447797123456"), STR_INIT("JE"), STR_INIT("44")},
        {STR_INIT("59173732677"), STR_INIT("BO"), STR_INIT("591")},
        {STR_INIT("14155550100"), STR_INIT("US"), STR_INIT("1")},
        {STR_INIT("14843472194"), STR_INIT("US"), STR_INIT("1")},
        {STR_INIT("1"), STR_INIT("US"), STR_INIT("1")},
        {STR_INIT("14165550100"), STR_INIT("CA"), STR_INIT("1")},
        {STR_INIT("15145550100"), STR_INIT("CA"), STR_INIT("1")},
        {STR_INIT("16045550100"), STR_INIT("CA"), STR_INIT("1")},
        {STR_INIT("18765550100"), STR_INIT("JM"), STR_INIT("1")},
        {STR_INIT("16585550100"), STR_INIT("JM"), STR_INIT("1")},
        {STR_INIT("18095550100"), STR_INIT("DO"), STR_INIT("1")},
        {STR_INIT("18495550100"), STR_INIT("DO"), STR_INIT("1")},
        {STR_INIT("17875550100"), STR_INIT("PR"), STR_INIT("1")},
        {STR_INIT("12425550100"), STR_INIT("BS"), STR_INIT("1")},
        {STR_INIT("18685550100"), STR_INIT("TT"), STR_INIT("1")},
        {STR_INIT("12465550100"), STR_INIT("BB"), STR_INIT("1")},
        {STR_INIT("79161234567"), STR_INIT("RU"), STR_INIT("7")},
        {STR_INIT("77011234567"), STR_INIT("KZ"), STR_INIT("7")},
        {STR_INIT("393331234567"), STR_INIT("IT"), STR_INIT("39")},
        {STR_INIT("390669812345"), STR_INIT("VA"), STR_INIT("39")},
        {STR_INIT("262692123456"), STR_INIT("RE"), STR_INIT("262")},
        {STR_INIT("262639123456"), STR_INIT("YT"), STR_INIT("262")},
        {STR_INIT("590690123456"), STR_INIT("GP"), STR_INIT("590")},
        {STR_INIT("5999512345"), STR_INIT("CW"), STR_INIT("599")},
        {STR_INIT("5997123456"), STR_INIT("BQ"), STR_INIT("599")},
        {STR_INIT("212666123456"), STR_INIT("MA"), STR_INIT("212")},
        {STR_INIT("8501912345678"), STR_INIT("KP"), STR_INIT("850")},
        {STR_INIT("998901234567"), STR_INIT("UZ"), STR_INIT("998")},
        {STR_INIT("383441234567"), STR_INIT("XK"), STR_INIT("383")},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct route *r = route_find(k_cases[i].digits);
        print_message("%s\n", k_cases[i].digits.p);
        assert_non_null(r);
        assert_str(r->iso2, k_cases[i].iso2);
        assert_str(r->prefix, k_cases[i].prefix);
    }
}

static void a_prefix_that_nobody_has_is_no_route(void **state)
{
    (void)state;
    static const struct str k_cases[] = {
        {NULL, 0},
        STR_INIT(""),
        STR_INIT("0"),
        STR_INIT("0612345678"),
        STR_INIT("033612345678"),
        STR_INIT("0044770090000"),
        STR_INIT("+33612345678"),
        STR_INIT("2"),
        STR_INIT("21"),
        STR_INIT("210123456789"),
        STR_INIT("999123456789"),
        STR_INIT("384123456789"),
        STR_INIT("870123456789"),
        STR_INIT("abc"),
        STR_INIT("\0"),
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("row %zu: \"%.*s\"\n", i, STR_ARG(k_cases[i]));
        assert_null(route_find(k_cases[i]));
    }
}

static void prices_and_networks_are_the_documented_ones(void **state)
{
    (void)state;
    static const struct {
        struct str iso2, network;
        int64_t nexmo_e8; /* 0: not documented */
        int64_t smspartner_e8;
    } k_cases[] = {
        {STR_INIT("GB"), STR_INIT("23410"), 3330000, 0},
        {STR_INIT("BO"), STR_INIT("73602"), 4800000, 0},
        {STR_INIT("US"), STR_INIT("310004"), 570000, 0},
        {STR_INIT("CA"), STR_INIT("302320"), 570000, 0},
        {STR_INIT("ID"), STR_INIT("51008"), 700000, 0},
        {STR_INIT("AL"), STR_INIT("27602"), 7732800, 0},
        {STR_INIT("FR"), STR_INIT("20801"), 0, 3800000},
        {STR_INIT("MA"), STR_INIT("60401"), 0, 4000000},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct route *r = route_by_iso2(k_cases[i].iso2);
        print_message("%s\n", k_cases[i].iso2.p);
        assert_non_null(r);
        assert_str(r->network, k_cases[i].network);
        if (k_cases[i].nexmo_e8)
            assert_int_equal(r->nexmo_e8, k_cases[i].nexmo_e8);
        if (k_cases[i].smspartner_e8)
            assert_int_equal(r->smspartner_e8, k_cases[i].smspartner_e8);
    }
    assert_int_equal(route_by_iso2(STR("FR"))->hlr_e8, 500000);
    assert_int_equal(route_by_iso2(STR("KP"))->smspartner_e8, ROUTE_NO_PRICE);
    assert_int_equal(route_by_iso2(STR("KP"))->hlr_e8, ROUTE_NO_PRICE);
    assert_false(route_by_iso2(STR("KP"))->voice);
    assert_true(route_by_iso2(STR("FR"))->voice);
    assert_true(route_by_iso2(STR("US"))->nanp);
    assert_true(route_by_iso2(STR("CA"))->nanp);
    assert_false(route_by_iso2(STR("JM"))->nanp);
    assert_false(route_by_iso2(STR("GB"))->registered_senders_only);
    assert_null(route_by_iso2(STR("fr")));
    assert_null(route_by_iso2(STR("")));
}

static void every_row_is_complete_and_found_by_what_it_says(void **state)
{
    (void)state;
    const struct route *r;
    const struct route *before = NULL;
    size_t n = 0;
    for (; (r = route_at(n)); n++) {
        print_message("%s %s\n", r->iso2.p, r->country.p);
        assert_int_equal(r->iso2.n, 2);
        assert_true(!before || memcmp(before->iso2.p, r->iso2.p, 2) < 0);
        assert_true(r->country.n > 0);
        assert_true(r->nexmo_e8 > 0);
        assert_true(r->smspartner_e8 == ROUTE_NO_PRICE || r->smspartner_e8 > 0);
        assert_int_equal(r->smspartner_e8 % 100000, r->smspartner_e8 == ROUTE_NO_PRICE ? -1 : 0);
        assert_true(network_known(r->network));
        assert_true(route_has_mcc(r, r->network));
        assert_ptr_equal(route_by_iso2(r->iso2), r);
        const struct route *owner = route_find(r->prefix);
        assert_non_null(owner);
        assert_str(owner->prefix, r->prefix);
        before = r;
    }
    assert_true(n > 200);
    assert_null(route_at(n));
}

/* A search by halves misses rows of a table that is not sorted, so each one is looked for. */
static void every_area_belongs_to_the_country_of_its_row(void **state)
{
    (void)state;
    static const struct {
        struct str prefix, iso2;
    } k_rows[] = {
#define AREA(prefix, iso2) {STR_INIT(#prefix), STR_INIT(#iso2)},
#include "mockd/domain/route_areas.def"
    };
#undef AREA
    for (size_t i = 0; i < sizeof(k_rows) / sizeof(k_rows[0]); i++) {
        const struct route *r = route_find(k_rows[i].prefix);
        print_message("%s\n", k_rows[i].prefix.p);
        assert_non_null(r);
        assert_str(r->iso2, k_rows[i].iso2);
        assert_true(str_starts(k_rows[i].prefix, r->prefix));
    }
}

static void every_country_is_reached_by_some_number(void **state)
{
    (void)state;
    static const struct str k_shared[] = {
        /* one prefix of each country that shares a calling code */
        STR_INIT("1268"),    STR_INIT("1264"),   STR_INIT("1684"),   STR_INIT("1246"),
        STR_INIT("1441"),    STR_INIT("1242"),   STR_INIT("1204"),   STR_INIT("1767"),
        STR_INIT("1829"),    STR_INIT("1473"),   STR_INIT("1671"),   STR_INIT("1658"),
        STR_INIT("1869"),    STR_INIT("1345"),   STR_INIT("1758"),   STR_INIT("1670"),
        STR_INIT("1664"),    STR_INIT("1939"),   STR_INIT("1721"),   STR_INIT("1649"),
        STR_INIT("1868"),    STR_INIT("1784"),   STR_INIT("1284"),   STR_INIT("1340"),
        STR_INIT("76"),      STR_INIT("441481"), STR_INIT("441534"), STR_INIT("441624"),
        STR_INIT("3906698"), STR_INIT("4779"),   STR_INIT("35818"),  STR_INIT("6189162"),
        STR_INIT("6189164"), STR_INIT("262269"), STR_INIT("5993"),
    };
    const struct route *r;
    size_t reached = sizeof(k_shared) / sizeof(k_shared[0]);
    size_t n = 0;
    for (; (r = route_at(n)); n++)
        reached += route_find(r->prefix) == r;
    assert_int_equal(reached, n);
    for (size_t i = 0; i < sizeof(k_shared) / sizeof(k_shared[0]); i++) {
        print_message("%s\n", k_shared[i].p);
        r = route_find(k_shared[i]);
        assert_ptr_not_equal(route_find(r->prefix), r);
        for (size_t k = 0; k < i; k++)
            assert_ptr_not_equal(route_find(k_shared[k]), r);
    }
}

static void a_network_belongs_to_the_countries_of_its_first_three_digits(void **state)
{
    (void)state;
    static const struct {
        struct str iso2, mccmnc;
        int has, known;
    } k_cases[] = {
        {STR_INIT("GB"), STR_INIT("23410"), 1, 1},  {STR_INIT("GB"), STR_INIT("23415"), 1, 1},
        {STR_INIT("GB"), STR_INIT("23430"), 1, 1},  {STR_INIT("GB"), STR_INIT("20801"), 0, 1},
        {STR_INIT("GB"), STR_INIT("23599"), 1, 0},  {STR_INIT("FR"), STR_INIT("20810"), 1, 1},
        {STR_INIT("FR"), STR_INIT("20815"), 1, 1},  {STR_INIT("FR"), STR_INIT("20820"), 1, 1},
        {STR_INIT("US"), STR_INIT("310004"), 1, 1}, {STR_INIT("US"), STR_INIT("310090"), 1, 1},
        {STR_INIT("CA"), STR_INIT("302530"), 1, 1}, {STR_INIT("CA"), STR_INIT("310004"), 0, 1},
        {STR_INIT("US"), STR_INIT("31004"), 1, 0},  {STR_INIT("FR"), STR_INIT("2080"), 0, 0},
        {STR_INIT("FR"), STR_INIT("208"), 0, 0},    {STR_INIT("FR"), STR_INIT("0208010"), 0, 0},
        {STR_INIT("FR"), STR_INIT("020801"), 0, 0}, {STR_INIT("FR"), STR_INIT("2080100"), 0, 0},
        {STR_INIT("FR"), STR_INIT("99999"), 0, 0},  {STR_INIT("FR"), STR_INIT("FR-FIXED"), 0, 0},
        {STR_INIT("FR"), STR_INIT(""), 0, 0},       {STR_INIT("FR"), {NULL, 0}, 0, 0},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct route *r = route_by_iso2(k_cases[i].iso2);
        print_message("%s %.*s\n", k_cases[i].iso2.p, STR_ARG(k_cases[i].mccmnc));
        assert_int_equal(route_has_mcc(r, k_cases[i].mccmnc), k_cases[i].has);
        assert_int_equal(network_known(k_cases[i].mccmnc), k_cases[i].known);
    }
    assert_str(network_name(STR("20801")), STR("Orange"));
    assert_null(network_name(STR("20899")).p);
}

static void all_networks_can_be_found(void **state)
{
    (void)state;
    static const uint32_t k_rows[] = {
#define NETWORK(mccmnc, name) mccmnc,
#include "mockd/domain/networks.def"
    };
#undef NETWORK
    for (size_t i = 0; i < sizeof(k_rows) / sizeof(k_rows[0]); i++) {
        char digits[12];
        const int n = snprintf(digits, sizeof(digits), "%u", (unsigned)k_rows[i]);
        print_message("%s\n", digits);
        assert_true(network_name((struct str){digits, (size_t)n}).n > 0);
    }
    assert_true(sizeof(k_rows) / sizeof(k_rows[0]) >= 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_goes_to_the_country_with_the_longest_prefix),
        cmocka_unit_test(a_prefix_that_nobody_has_is_no_route),
        cmocka_unit_test(prices_and_networks_are_the_documented_ones),
        cmocka_unit_test(every_row_is_complete_and_found_by_what_it_says),
        cmocka_unit_test(every_area_belongs_to_the_country_of_its_row),
        cmocka_unit_test(every_country_is_reached_by_some_number),
        cmocka_unit_test(a_network_belongs_to_the_countries_of_its_first_three_digits),
        cmocka_unit_test(all_networks_can_be_found),
    };
    return cmocka_run_group_tests_name("routes", tests, NULL, NULL);
}
