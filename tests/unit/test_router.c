#include "mockd/core/router.h"

#include "tests/unit/str_assert.h"

#define ENDPOINT(verb, where)                                                                      \
    {                                                                                              \
        .method = (verb), .path = STR_INIT(where)                                                  \
    }

static const struct endpoint k_sms[] = {
    ENDPOINT(METHOD_POST, "/v1/send"),
    ENDPOINT(METHOD_GET, "/v1/me"),
};
static const struct endpoint k_voice[] = {
    ENDPOINT(METHOD_GET, "/v1/me"),
    ENDPOINT(METHOD_POST, "/v1/tts/send"),
    ENDPOINT(METHOD_DELETE, "/v1/campaign/cancel/{key}/{id}"),
};
static const struct endpoint k_nexmo[] = {
    ENDPOINT(METHOD_GET, "/sms/json"),
    ENDPOINT(METHOD_POST, "/sms/json"),
};
static const struct str k_sms_hosts[] = {STR_INIT("api.sms.test")};
static const struct str k_nexmo_hosts[] = {STR_INIT("rest.nexmo.test"), STR_INIT("api.nexmo.test")};

enum { SMS, VOICE, NEXMO, CONTROL };
static const struct provider k_rows[] = {
    [SMS] = {.prefix = STR_INIT("/sms"),
             .hosts = k_sms_hosts,
             .nhosts = 1,
             .endpoints = k_sms,
             .nendpoints = 2},
    [VOICE] = {.prefix = STR_INIT("/voice"), .endpoints = k_voice, .nendpoints = 3},
    [NEXMO] = {.prefix = STR_INIT("/nexmo"),
               .hosts = k_nexmo_hosts,
               .nhosts = 2,
               .endpoints = k_nexmo,
               .nendpoints = 2},
    [CONTROL] = {.prefix = STR_INIT("")},
};
static const struct provider *const k_all[] = {&k_rows[SMS], &k_rows[VOICE], &k_rows[NEXMO]};

enum { NEXMO_PORT = 8081 };
static const struct bind k_bind = {NEXMO_PORT, &k_rows[NEXMO]};

static const struct row {
    enum method method;
    int port;
    struct str host, path;
    int provider;
    struct str left; /* the path without what chose the provider */
    enum miss miss;
} k_cases[] = {
    /* the prefix wins over everything, and only whole segments count */
    {METHOD_POST, 0, STR_INIT("x"), STR_INIT("/sms/v1/send"), SMS, STR_INIT("/v1/send"), MISS_NONE},
    {METHOD_GET, NEXMO_PORT, STR_INIT("api.sms.test"), STR_INIT("/voice/v1/me"), VOICE,
     STR_INIT("/v1/me"), MISS_NONE},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/nexmo"), NEXMO, STR_INIT("/"), MISS_PATH},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/nexmos/sms/json"), CONTROL,
     STR_INIT("/nexmos/sms/json"), MISS_PATH},
    /* then the host, whatever its letters and port */
    {METHOD_GET, 0, STR_INIT("REST.nexmo.test:8080"), STR_INIT("/v1/me"), NEXMO, STR_INIT("/v1/me"),
     MISS_PATH},
    {METHOD_GET, NEXMO_PORT, STR_INIT("api.sms.test"), STR_INIT("/v1/me"), SMS, STR_INIT("/v1/me"),
     MISS_NONE},
    /* then the port */
    {METHOD_GET, NEXMO_PORT, STR_INIT("x"), STR_INIT("/v1/me"), NEXMO, STR_INIT("/v1/me"),
     MISS_PATH},
    /* then a path only one has, then the first for what is left of /v1/ */
    {METHOD_POST, 0, STR_INIT("x"), STR_INIT("/v1/tts/send"), VOICE, STR_INIT("/v1/tts/send"),
     MISS_NONE},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/v1/me"), SMS, STR_INIT("/v1/me"), MISS_NONE},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/v1/nothing"), SMS, STR_INIT("/v1/nothing"),
     MISS_PATH},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/nothing"), CONTROL, STR_INIT("/nothing"), MISS_PATH},
    /* the admin API belongs to nobody else */
    {METHOD_GET, NEXMO_PORT, STR_INIT("rest.nexmo.test"), STR_INIT("/__admin/health"), CONTROL,
     STR_INIT("/__admin/health"), MISS_PATH},
    {METHOD_GET, NEXMO_PORT, STR_INIT("rest.nexmo.test"), STR_INIT("/livez"), CONTROL,
     STR_INIT("/livez"), MISS_PATH},
    {METHOD_GET, 0, STR_INIT("rest.nexmo.test"), STR_INIT("/__administrator"), NEXMO,
     STR_INIT("/__administrator"), MISS_PATH},
    /* methods */
    {METHOD_PUT, 0, STR_INIT("x"), STR_INIT("/sms/v1/send"), SMS, STR_INIT("/v1/send"),
     MISS_METHOD},
    {METHOD_HEAD, 0, STR_INIT("x"), STR_INIT("/sms/v1/me"), SMS, STR_INIT("/v1/me"), MISS_NONE},
    {METHOD_HEAD, 0, STR_INIT("x"), STR_INIT("/sms/v1/send"), SMS, STR_INIT("/v1/send"),
     MISS_METHOD},
    /* paths are compared as they stand */
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/sms/v1%2Fme"), SMS, STR_INIT("/v1%2Fme"), MISS_PATH},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/sms/v1/me/"), SMS, STR_INIT("/v1/me/"), MISS_PATH},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/sms//v1/me"), SMS, STR_INIT("//v1/me"), MISS_PATH},
    {METHOD_GET, 0, STR_INIT("x"), STR_INIT("/sms/V1/me"), SMS, STR_INIT("/V1/me"), MISS_PATH},
};

static void a_request_finds_its_provider_and_endpoint(void **state)
{
    (void)state;
    const struct app app = {.providers = k_all,
                            .nproviders = 3,
                            .control = &k_rows[CONTROL],
                            .binds = &k_bind,
                            .nbinds = 1};
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        const struct row *c = &k_cases[i];
        struct arena a;
        enum miss why = MISS_NONE;
        arena_init(&a);
        struct rq *rq = arena_new(&a, struct rq);
        rq->app = &app;
        rq->arena = &a;
        rq->method = c->method;
        rq->port = c->port;
        rq->path = c->path;
        rq->header[rq->nheaders++] = (struct header){STR("host"), c->host};
        print_message("row %zu: %.*s%.*s\n", i, STR_ARG(c->host), STR_ARG(c->path));
        router_provider(rq);
        assert_ptr_equal(rq->provider, &k_rows[c->provider]);
        assert_str(rq->path, c->left);
        assert_int_equal(router_endpoint(rq, &why), c->miss == MISS_NONE);
        if (c->miss != MISS_NONE)
            assert_int_equal(why, c->miss);
        arena_release(&a);
    }
}

static void a_session_prefix_is_cut_off(void **state)
{
    (void)state;
    static const struct {
        struct str path, id, left;
    } k_paths[] = {
        {STR_INIT("/s/abc/v1/me"), STR_INIT("abc"), STR_INIT("/v1/me")},
        {STR_INIT("/s/abc"), STR_INIT("abc"), STR_INIT("/")},
        {STR_INIT("/s/abc/"), STR_INIT("abc"), STR_INIT("/")},
        {STR_INIT("/s//v1/me"), STR_INIT(""), STR_INIT("/v1/me")},
        {STR_INIT("/s"), {NULL, 0}, STR_INIT("/s")},
        {STR_INIT("/sms/json"), {NULL, 0}, STR_INIT("/sms/json")},
    };
    for (size_t i = 0; i < sizeof(k_paths) / sizeof(k_paths[0]); i++) {
        struct arena a;
        arena_init(&a);
        struct rq *rq = arena_new(&a, struct rq);
        rq->path = k_paths[i].path;
        assert_str(router_session(rq), k_paths[i].id);
        assert_str(rq->path, k_paths[i].left);
        arena_release(&a);
    }
}

static void holes_take_one_decoded_segment_each(void **state)
{
    (void)state;
    static const struct {
        struct str path;
        bool fits;
        struct str first, second;
    } k_paths[] = {
        {STR_INIT("/v1/a/b"), true, STR_INIT("a"), STR_INIT("b")},
        {STR_INIT("/v1/a%2Fb/c%20d"), true, STR_INIT("a/b"), STR_INIT("c d")},
        {STR_INIT("/v1/a+b/%zz"), true, STR_INIT("a+b"), STR_INIT("%zz")},
        {STR_INIT("/v1/a/%00"), true, STR_INIT("a"), STR_INIT("\0")},
        {STR_INIT("/v1//b"), false, {NULL, 0}, {NULL, 0}},
        {STR_INIT("/v1/a"), false, {NULL, 0}, {NULL, 0}},
        {STR_INIT("/v1/a/"), false, {NULL, 0}, {NULL, 0}},
        {STR_INIT("/v1/a/b/"), false, {NULL, 0}, {NULL, 0}},
        {STR_INIT("/v1/a/b/c"), false, {NULL, 0}, {NULL, 0}},
        {STR_INIT("/v2/a/b"), false, {NULL, 0}, {NULL, 0}},
        {STR_INIT(""), false, {NULL, 0}, {NULL, 0}},
    };
    for (size_t i = 0; i < sizeof(k_paths) / sizeof(k_paths[0]); i++) {
        struct arena a;
        struct str args[RQ_PATH_ARGS_MAX] = {{0}};
        arena_init(&a);
        print_message("%.*s\n", STR_ARG(k_paths[i].path));
        assert_int_equal(router_fits(&a, STR("/v1/{x}/{y}"), k_paths[i].path, args),
                         k_paths[i].fits);
        if (k_paths[i].fits) {
            assert_str(args[0], k_paths[i].first);
            assert_str(args[1], k_paths[i].second);
        }
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_finds_its_provider_and_endpoint),
        cmocka_unit_test(a_session_prefix_is_cut_off),
        cmocka_unit_test(holes_take_one_decoded_segment_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
