#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/core/router.h"

#define ENDPOINT(verb, where)                                                                      \
    {                                                                                              \
        .method = (verb), .path = STR_INIT(where)                                                  \
    }

static const struct endpoint k_first[] = {
    ENDPOINT(METHOD_POST, "/v1/send"),
    ENDPOINT(METHOD_GET, "/v1/me"),
    ENDPOINT(METHOD_DELETE, "/v1/cancel/{key}/{id}"),
};
static const struct endpoint k_second[] = {
    ENDPOINT(METHOD_GET, "/sms/json"),
    ENDPOINT(METHOD_POST, "/sms/json"),
    ENDPOINT(METHOD_GET, "/a/{x}/b/{y}/{z}"),
};
static const struct endpoint k_own[] = {ENDPOINT(METHOD_GET, "/__admin/requests/{id}")};
static const struct str k_hosts[] = {STR_INIT("first.test")};

static const struct provider k_providers[] = {
    {.prefix = STR_INIT("/first"),
     .hosts = k_hosts,
     .nhosts = 1,
     .endpoints = k_first,
     .nendpoints = 3},
    {.prefix = STR_INIT("/second"), .endpoints = k_second, .nendpoints = 3},
};
static const struct provider k_control = {.endpoints = k_own, .nendpoints = 1};
static const struct provider *const k_all[] = {&k_providers[0], &k_providers[1]};

static size_t holes(struct str pattern)
{
    size_t n = 0;
    for (size_t i = 0; i < pattern.n; i++)
        n += pattern.p[i] == '{';
    return n;
}

/* The path that is left is a part of what came, or the root. */
static void check_path(struct str path, struct str whole)
{
    const bool inside = path.p >= whole.p && path.p + path.n == whole.p + whole.n;
    CHECK(inside || str_eq(path, STR("/")));
}

/* The first line is the Host header, the rest the path. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    const size_t end = str_find_char(s, '\n');
    const struct str path = str_from(s, end + 1);
    const struct app app = {.providers = k_all, .nproviders = 2, .control = &k_control};
    struct arena a;
    arena_init(&a);
    for (int method = METHOD_GET; method <= METHOD_OTHER; method++) {
        struct rq *rq = arena_new(&a, struct rq);
        enum miss why = MISS_NONE;
        rq->app = &app;
        rq->arena = &a;
        rq->method = (enum method)method;
        rq->path = path;
        rq->header[rq->nheaders++] = (struct header){STR("Host"), {s.p, end}};
        const struct str id = router_session(rq);
        CHECK(!id.p || str_find_char(id, '/') == id.n);
        router_provider(rq);
        CHECK(rq->provider);
        check_path(rq->path, path);
        if (router_endpoint(rq, &why)) {
            for (size_t i = 0; i < holes(rq->endpoint->path); i++)
                CHECK(rq->path_arg[i].p);
        } else {
            CHECK(!rq->endpoint && why != MISS_NONE);
        }
    }
    arena_release(&a);
    return 0;
}
