#include "mockd/core/account.h"

#include "tests/unit/str_assert.h"

struct world {
    struct arena a;
    struct store *store;
    struct accounts *all;
};

static void open_world(struct world *w)
{
    arena_init(&w->a);
    assert_int_equal(store_open(&w->store, NULL), ERR_OK);
    assert_int_equal(accounts_open(&w->all, w->store), ERR_OK);
}

static void close_world(struct world *w)
{
    accounts_close(w->all);
    store_close(w->store);
    arena_release(&w->a);
}

static enum err apply(
    struct world *w, const char *json, bool create, struct account **out, struct problem *p)
{
    enum json_fault fault;
    size_t at;
    const struct cJSON *doc = json_parse(&w->a, str_from_cstr(json), &fault, &at);
    assert_non_null(doc);
    *p = (struct problem){0};
    return accounts_apply(w->all, &w->a, doc, create, 1000, out, p);
}

static struct str written(struct world *w, const struct account *acc)
{
    struct buf b;
    struct out o;
    buf_init(&b, 65536);
    out_init(&o, OUT_JSON, &b);
    out_object_begin(&o, STR("account"));
    assert_int_equal(accounts_write(w->all, &w->a, &o, acc, true), ERR_OK);
    out_end(&o);
    const struct str s = arena_strdup(&w->a, buf_view(&b));
    buf_release(&b);
    return s;
}

static const char k_one[] =
    "{\"provider\":\"nexmo\",\"key\":\"one\",\"secret\":\"s1\",\"balance\":\"12.500\","
    "\"senders\":[\"Acme\",\"Beta\"],\"stopList\":[\"+33639980001\",\"+33639980001\"],"
    "\"flags\":{\"demo\":true}}";

static void an_account_is_created_once(void **state)
{
    (void)state;
    struct world w;
    struct account *one;
    struct account *again;
    struct problem p;
    open_world(&w);
    assert_int_equal(apply(&w, k_one, true, &one, &p), ERR_OK);
    assert_ptr_equal(accounts_find(w.all, REALM_NEXMO, STR("one")), one);
    assert_null(accounts_find(w.all, REALM_NEXMO, STR("One")));
    assert_null(accounts_find(w.all, REALM_SMSPARTNER, STR("one")));
    assert_int_equal(one->balance_e8, 1250000000);
    assert_int_equal(one->stop_count, 1);
    assert_true(one->flags & ACCOUNT_DEMO);
    assert_true(one->flags & ACCOUNT_API_ENABLED);
    assert_int_equal(apply(&w, k_one, true, &again, &p), ERR_CONFLICT);
    assert_int_equal(apply(&w, "{\"provider\":\"smspartner\",\"key\":\"one\"}", true, &again, &p),
                     ERR_OK);
    assert_int_equal(accounts_count(w.all), 2);
    close_world(&w);
}

static void a_change_touches_what_it_names(void **state)
{
    (void)state;
    struct world w;
    struct account *one;
    struct problem p;
    open_world(&w);
    assert_int_equal(apply(&w, k_one, true, &one, &p), ERR_OK);
    const int64_t id = one->id;
    assert_int_equal(apply(&w,
                           "{\"provider\":\"nexmo\",\"key\":\"one\",\"balance\":\"1.000\","
                           "\"stopList\":[],\"flags\":{\"autoReload\":true}}",
                           false, &one, &p),
                     ERR_OK);
    assert_ptr_equal(accounts_find(w.all, REALM_NEXMO, STR("one")), one);
    assert_int_equal(one->id, id);
    assert_int_equal(one->balance_e8, 100000000);
    assert_int_equal(one->stop_count, 0);
    assert_str(one->secret, STR("s1"));
    assert_int_equal(one->senders.n, 2);
    assert_true(one->flags & ACCOUNT_DEMO);
    assert_true(one->flags & ACCOUNT_AUTO_RELOAD);
    assert_int_equal(apply(&w, "{\"provider\":\"nexmo\",\"key\":\"two\"}", false, &one, &p),
                     ERR_NOT_FOUND);
    assert_int_equal(accounts_count(w.all), 1);
    close_world(&w);
}

static void what_is_refused_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        bool create;
        struct str pointer;
    } k_cases[] = {
        {"{\"provider\":\"nexmo\",\"key\":\"two\"}", true, STR_INIT("/secret")},
        {"{\"provider\":\"smspartner\"}", true, STR_INIT("/key")},
        {"{\"provider\":\"smspartner\",\"key\":\"\"}", true, STR_INIT("/key")},
        {"{\"provider\":\"acme\",\"key\":\"two\"}", true, STR_INIT("/provider")},
        {"{\"provider\":\"smspartner\",\"key\":\"two\",\"balanse\":\"1\"}", true,
         STR_INIT("/balanse")},
        {"{\"provider\":\"smspartner\",\"key\":\"two\",\"stopList\":[1]}", true,
         STR_INIT("/stopList")},
        {"{\"provider\":\"smspartner\",\"key\":\"two\",\"stopList\":{}}", true,
         STR_INIT("/stopList")},
        {"{\"provider\":\"nexmo\",\"key\":\"one\",\"balance\":\"1\",\"maxRps\":0}", false,
         STR_INIT("/maxRps")},
        {"{\"provider\":\"nexmo\",\"key\":\"one\",\"senders\":[\"x\"],\"secret\":null}", false,
         STR_INIT("/secret")},
        {"{\"provider\":\"nexmo\",\"key\":\"one\",\"stopList\":[],\"flags\":{\"demo\":1}}", false,
         STR_INIT("/flags/demo")},
    };
    struct world w;
    struct account *one;
    struct account *out = NULL;
    struct problem p;
    open_world(&w);
    assert_int_equal(apply(&w, k_one, true, &one, &p), ERR_OK);
    const struct str before = written(&w, one);
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        print_message("%s\n", k_cases[i].json);
        assert_int_equal(apply(&w, k_cases[i].json, k_cases[i].create, &out, &p), ERR_BAD_INPUT);
        assert_str(p.pointer, k_cases[i].pointer);
        assert_true(p.detail.n > 0);
        assert_null(out);
        assert_int_equal(accounts_count(w.all), 1);
        assert_str(written(&w, accounts_at(w.all, 0)), before);
    }
    close_world(&w);
}

static void a_tenant_is_a_copy_with_a_life_of_its_own(void **state)
{
    (void)state;
    struct world w;
    struct account *one;
    struct account *copy;
    struct problem p;
    open_world(&w);
    assert_int_equal(apply(&w, k_one, true, &one, &p), ERR_OK);
    one->throughput.count = 9;
    assert_int_equal(accounts_clone(w.all, one, STR("tenant"), &copy), ERR_OK);
    assert_int_equal(accounts_delete(w.all, one), ERR_OK);
    assert_ptr_equal(accounts_find(w.all, REALM_NEXMO, STR("tenant")), copy);
    assert_str(copy->key, STR("tenant"));
    assert_str(copy->secret, STR("s1"));
    assert_str(copy->senders.v[1], STR("Beta"));
    assert_int_equal(copy->balance_e8, 1250000000);
    assert_int_equal(copy->throughput.count, 0);
    assert_int_equal(copy->stop_count, 0);
    close_world(&w);
}

static void a_deleted_account_is_gone_with_its_stop_list(void **state)
{
    (void)state;
    struct world w;
    struct account *one;
    struct account *two;
    struct problem p;
    open_world(&w);
    assert_int_equal(apply(&w, k_one, true, &one, &p), ERR_OK);
    assert_int_equal(apply(&w, "{\"provider\":\"smspartner\",\"key\":\"two\"}", true, &two, &p),
                     ERR_OK);
    assert_int_equal(accounts_delete(w.all, one), ERR_OK);
    assert_null(accounts_find(w.all, REALM_NEXMO, STR("one")));
    assert_ptr_equal(accounts_find(w.all, REALM_SMSPARTNER, STR("two")), two);
    assert_ptr_equal(accounts_at(w.all, 0), two);
    assert_null(accounts_at(w.all, 1));
    assert_int_equal(
        apply(&w, "{\"provider\":\"nexmo\",\"key\":\"one\",\"secret\":\"s\"}", true, &one, &p),
        ERR_OK);
    assert_int_equal(one->stop_count, 0);
    close_world(&w);
}

static void what_the_store_holds_is_loaded_as_it_was(void **state)
{
    (void)state;
    struct world w;
    struct account *one;
    struct problem p;
    open_world(&w);
    assert_int_equal(apply(&w, k_one, true, &one, &p), ERR_OK);
    const struct str before = written(&w, one);
    accounts_close(w.all);
    assert_int_equal(accounts_open(&w.all, w.store), ERR_OK);
    one = accounts_find(w.all, REALM_NEXMO, STR("one"));
    assert_non_null(one);
    assert_str(written(&w, one), before);
    assert_int_equal(one->stop_count, 1);
    close_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_account_is_created_once),
        cmocka_unit_test(a_change_touches_what_it_names),
        cmocka_unit_test(what_is_refused_changes_nothing),
        cmocka_unit_test(a_tenant_is_a_copy_with_a_life_of_its_own),
        cmocka_unit_test(a_deleted_account_is_gone_with_its_stop_list),
        cmocka_unit_test(what_the_store_holds_is_loaded_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
