#include <stdbool.h>

#include "mockd/domain/signature.h"
#include "tests/unit/str_assert.h"

enum { MAX_PARAMS = 16, METHODS = SIGNATURE_SHA512 + 1 };

/* The vectors of the specification; an absent signature is one that it does not give. */
static const struct {
    struct sig_param params[MAX_PARAMS]; /* as they could arrive: in no order */
    struct str secret;
    struct str sig[METHODS];
} k_vectors[] = {
    {.params = {{STR_INIT("to"), STR_INIT("13239877404")},
                {STR_INIT("type"), STR_INIT("text")},
                {STR_INIT("sig"), STR_INIT("d2e7b1dc968737c5998ad624e02f90b7")},
                {STR_INIT("messageId"), STR_INIT("020000001B0FE827")},
                {STR_INIT("message-timestamp"), STR_INIT("2013-11-21 15:27:30")},
                {STR_INIT("msisdn"), STR_INIT("14843472194")},
                {STR_INIT("text"), STR_INIT("Test again")},
                {STR_INIT("timestamp"), STR_INIT("1385047698")}},
     .secret = STR_INIT("my_secret_key_for_testing"),
     .sig = {[SIGNATURE_MD5HASH] = STR_INIT("d2e7b1dc968737c5998ad624e02f90b7"),
             [SIGNATURE_MD5] = STR_INIT("DDEBD46008C2D4E93CCE578A332A52D5"),
             [SIGNATURE_SHA1] = STR_INIT("27D0D05C2876C7CB1720DBCDBA4D492E1E55C09A"),
             [SIGNATURE_SHA256] =
                 STR_INIT("DDB8397C2B90AAC7F3882D306475C9A5058C92322EEF43C92B298B6E0FC0D330"),
             [SIGNATURE_SHA512] =
                 STR_INIT("E0D3C650F8C9D1A5C174D10DDDBFB003E561F59B265616208B0487C5D819481C"
                          "D3C311D59CF6165ECD1139622D5BA3A256C0D763AC4A9AD9144B5A426B94FE82")}},
    {.params = {{STR_INIT("api_key"), STR_INIT("abcd1234")},
                {STR_INIT("api_secret"), STR_INIT("never signed")},
                {STR_INIT("from"), STR_INIT("Acme")},
                {STR_INIT("to"), STR_INIT("447700900000")},
                {STR_INIT("text"), STR_INIT("A&B=C é")},
                {STR_INIT("timestamp"), STR_INIT("1461605396")},
                {STR_INIT("type"), STR_INIT("text")}},
     .secret = STR_INIT("sigsecret"),
     .sig = {[SIGNATURE_MD5HASH] = STR_INIT("8b6b5039c59797f4ae02529a6350f558"),
             [SIGNATURE_MD5] = STR_INIT("7DF37EE1D3563218C76FDC577D3CADFE"),
             [SIGNATURE_SHA1] = STR_INIT("62116AC80E5B7999D76AC5DC626E56F5D5CB41C6"),
             [SIGNATURE_SHA256] =
                 STR_INIT("4B5EF54F5201D8DD9A5090D3BB675124F326EE2DE2CD79D74D6C252005551EB7"),
             [SIGNATURE_SHA512] =
                 STR_INIT("47E01F8D286E46A9094764476235A949CE096E2A1B44224413F5B6931B552284"
                          "17A0BF344DE29890D6F3C6593271C4C5DF1A2175976A2E742289E55BF931988F")}},
    {.params = {{STR_INIT("timestamp"), STR_INIT("1540924779")},
                {STR_INIT("to"), STR_INIT("14155550100")},
                {STR_INIT("from"), STR_INIT("AcmeInc")},
                {STR_INIT("text"), STR_INIT("Test From Nexmo")},
                {STR_INIT("type"), STR_INIT("text")},
                {STR_INIT("api_key"), STR_INIT("fake_api_key")}},
     .secret = STR_INIT("71efab63122f1d179f51c46bac838fb5"),
     .sig = {[SIGNATURE_MD5HASH] = STR_INIT("2af9e28662706a74b5211d557b7a7576"),
             [SIGNATURE_MD5] = STR_INIT("51CDAFEBB4BBCE9525B195C1617CB8D2"),
             [SIGNATURE_SHA1] = STR_INIT("0162AEC64BC183B2E1256545951FE5639DC98020"),
             [SIGNATURE_SHA256] =
                 STR_INIT("9FEC5EF6D0F2B3D2BB7558B6E4042569823CAB9EA0DD30503472B7B304601975")}},
    {.params = {{STR_INIT("k"), STR_INIT("&")}},
     .secret = STR_INIT("my_secret_key_for_testing"),
     .sig = {[SIGNATURE_MD5HASH] = STR_INIT("c3d6a686ab9c7e7408bb1c0506e9629a")}},
    {.params = {{STR_INIT("k"), STR_INIT("=")}},
     .secret = STR_INIT("my_secret_key_for_testing"),
     .sig = {[SIGNATURE_MD5HASH] = STR_INIT("c3d6a686ab9c7e7408bb1c0506e9629a")}},
    {.params = {{STR_INIT("k"), STR_INIT("_")}},
     .secret = STR_INIT("my_secret_key_for_testing"),
     .sig = {[SIGNATURE_MD5HASH] = STR_INIT("c3d6a686ab9c7e7408bb1c0506e9629a")}},
    {.params = {{STR_INIT("msisdn"), STR_INIT("447700900000")},
                {STR_INIT("to"), STR_INIT("AcmeInc")},
                {STR_INIT("network-code"), STR_INIT("23410")},
                {STR_INIT("messageId"), STR_INIT("0C000000217B7F02")},
                {STR_INIT("price"), STR_INIT("0.03330000")},
                {STR_INIT("status"), STR_INIT("delivered")},
                {STR_INIT("scts"), STR_INIT("2001011200")},
                {STR_INIT("err-code"), STR_INIT("0")},
                {STR_INIT("api-key"), STR_INIT("abcd1234")},
                {STR_INIT("client-ref"), STR_INIT("my-ref")},
                {STR_INIT("message-timestamp"), STR_INIT("2020-01-01 12:00:05")},
                {STR_INIT("timestamp"), STR_INIT("1577880005")},
                {STR_INIT("nonce"), STR_INIT("ec11dd3e-1e7f-4db5-9467-82b02cd223b9")}},
     .secret = STR_INIT("sigsecret"),
     .sig = {[SIGNATURE_MD5HASH] = STR_INIT("b9f041b17103f7816b79ed4da2a96168"),
             [SIGNATURE_SHA256] =
                 STR_INIT("0E8C394EAD1D32E08D92A3F15EA30B545BBD950DFB4A20313E6046E318E1DAA3")}},
};

static size_t count(const struct sig_param params[static MAX_PARAMS])
{
    size_t n = 0;
    while (n < MAX_PARAMS && params[n].name.p)
        n++;
    return n;
}

static struct str lowered(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]);
    return (struct str){p, s.n};
}

static void published_signatures_come_out_in_their_own_case(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_vectors) / sizeof(k_vectors[0]); i++) {
        const struct sig_param *params = k_vectors[i].params;
        for (size_t m = 0; m < METHODS; m++) {
            if (!k_vectors[i].sig[m].p)
                continue;
            print_message("row %zu, method %zu\n", i, m);
            assert_str(signature_make(&a, (enum signature_method)m, k_vectors[i].secret, params,
                                      count(params)),
                       k_vectors[i].sig[m]);
        }
    }
    arena_release(&a);
}

static bool matches(struct arena *a, size_t i, size_t m, struct str sig)
{
    return signature_matches(a, (enum signature_method)m, k_vectors[i].secret, k_vectors[i].params,
                             count(k_vectors[i].params), sig);
}

static void published_signatures_are_recognised_in_any_case(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_vectors) / sizeof(k_vectors[0]); i++) {
        for (size_t m = 0; m < METHODS; m++) {
            const struct str sig = k_vectors[i].sig[m];
            if (!sig.p)
                continue;
            print_message("row %zu, method %zu\n", i, m);
            assert_true(matches(&a, i, m, sig));
            assert_true(matches(&a, i, m, lowered(&a, sig)));
        }
    }
    arena_release(&a);
}

static void a_wrong_signature_is_refused(void **state)
{
    (void)state;
    static const struct str k_wrong[] = {
        {NULL, 0},
        STR_INIT(""),
        STR_INIT("d2e7b1dc968737c5998ad624e02f90b"),
        STR_INIT("d2e7b1dc968737c5998ad624e02f90b70"),
        STR_INIT("d2e7b1dc968737c5998ad624e02f90b8"),
        STR_INIT("e2e7b1dc968737c5998ad624e02f90b7"),
        STR_INIT("d2e7b1dc968737c\0998ad624e02f90b7"),
        STR_INIT("DDEBD46008C2D4E93CCE578A332A52D5"), /* right for another method */
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_wrong) / sizeof(k_wrong[0]); i++) {
        print_message("row %zu\n", i);
        assert_false(matches(&a, 0, SIGNATURE_MD5HASH, k_wrong[i]));
    }
    const struct str right = k_vectors[0].sig[SIGNATURE_MD5HASH];
    assert_false(signature_matches(&a, SIGNATURE_MD5HASH, STR("another_secret"),
                                   k_vectors[0].params, count(k_vectors[0].params), right));
    assert_false(signature_matches(&a, SIGNATURE_MD5HASH, k_vectors[0].secret, k_vectors[0].params,
                                   count(k_vectors[0].params) - 1, right));
    arena_release(&a);
}

static void names_are_cleaned_like_values_and_sorted_by_bytes(void **state)
{
    (void)state;
    static const struct {
        struct sig_param given[3], same[3];
    } k_cases[] = {
        {{{STR_INIT("a&b"), STR_INIT("1")}, {STR_INIT("c=d"), STR_INIT("2")}},
         {{STR_INIT("a_b"), STR_INIT("1")}, {STR_INIT("c_d"), STR_INIT("2")}}},
        /* upper case before '_' before lower case, a name before what it begins */
        {{{STR_INIT("to"), STR_INIT("3")},
          {STR_INIT("Z"), STR_INIT("1")},
          {STR_INIT("_"), {NULL, 0}}},
         {{STR_INIT("Z"), STR_INIT("1")},
          {STR_INIT("_"), STR_INIT("")},
          {STR_INIT("to"), STR_INIT("3")}}},
        {{{STR_INIT("ab"), STR_INIT("2")}, {STR_INIT("a"), STR_INIT("1")}},
         {{STR_INIT("a"), STR_INIT("1")}, {STR_INIT("ab"), STR_INIT("2")}}},
    };
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        size_t n = 0;
        print_message("row %zu\n", i);
        while (n < 3 && k_cases[i].given[n].name.p)
            n++;
        assert_str(signature_make(&a, SIGNATURE_SHA256, STR("s"), k_cases[i].given, n),
                   signature_make(&a, SIGNATURE_SHA256, STR("s"), k_cases[i].same, n));
    }
    arena_release(&a);
}

static void no_parameters_and_no_secret_are_still_signed(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    /* MD5 of nothing, and RFC 2104 with an empty key and message */
    assert_str(signature_make(&a, SIGNATURE_MD5HASH, STR(""), NULL, 0),
               STR("d41d8cd98f00b204e9800998ecf8427e"));
    assert_str(signature_make(&a, SIGNATURE_MD5, STR(""), NULL, 0),
               STR("74E6F7298A9C2D168935F58C001BAD88"));
    assert_str(signature_make(&a, SIGNATURE_SHA256, (struct str){0}, NULL, 0),
               STR("B613679A0814D9EC772F95D778C35FC5FF1697C493715653C6C712144292C5AD"));
    arena_release(&a);
}

static void many_parameters_are_sorted_too(void **state)
{
    (void)state;
    enum { MANY = 1000 };
    struct arena a;
    arena_init(&a);
    struct sig_param *up = arena_array(&a, struct sig_param, MANY);
    struct sig_param *down = arena_array(&a, struct sig_param, MANY);
    for (int i = 0; i < MANY; i++) {
        up[i] = (struct sig_param){arena_printf(&a, "p%04d", i), arena_printf(&a, "%d", i)};
        down[MANY - 1 - i] = up[i];
    }
    assert_str(signature_make(&a, SIGNATURE_SHA1, STR("s"), down, MANY),
               signature_make(&a, SIGNATURE_SHA1, STR("s"), up, MANY));
    arena_release(&a);
}

static void a_method_has_a_name_and_a_name_a_method(void **state)
{
    (void)state;
    static const struct str k_names[METHODS] = {
        [SIGNATURE_MD5HASH] = STR_INIT("md5hash"), [SIGNATURE_MD5] = STR_INIT("md5"),
        [SIGNATURE_SHA1] = STR_INIT("sha1"),       [SIGNATURE_SHA256] = STR_INIT("sha256"),
        [SIGNATURE_SHA512] = STR_INIT("sha512"),
    };
    enum signature_method method;
    for (size_t m = 0; m < METHODS; m++) {
        print_message("%s\n", k_names[m].p);
        assert_true(signature_method_from(k_names[m], &method));
        assert_int_equal(method, m);
        assert_str(signature_method_name((enum signature_method)m), k_names[m]);
    }
    method = SIGNATURE_SHA1;
    assert_false(signature_method_from(STR(""), &method));
    assert_false(signature_method_from(STR("MD5"), &method));
    assert_false(signature_method_from(STR("sha384"), &method));
    assert_int_equal(method, SIGNATURE_SHA1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_signatures_come_out_in_their_own_case),
        cmocka_unit_test(published_signatures_are_recognised_in_any_case),
        cmocka_unit_test(a_wrong_signature_is_refused),
        cmocka_unit_test(names_are_cleaned_like_values_and_sorted_by_bytes),
        cmocka_unit_test(no_parameters_and_no_secret_are_still_signed),
        cmocka_unit_test(many_parameters_are_sorted_too),
        cmocka_unit_test(a_method_has_a_name_and_a_name_a_method),
    };
    return cmocka_run_group_tests_name("signature", tests, NULL, NULL);
}
