#include <time.h>

#include "mockd/base/clock.h"
#include "scenarios/runner/bytes.h"
#include "scenarios/runner/run.h"

enum {
    URL_MAX = 1024 * 1024,
    BODY_MAX = 64 * 1024 * 1024,
    SHOWN_MAX = 4096,
    EVENTUALLY_SECONDS = 10
};

static struct str variable(const struct run *r, struct str name)
{
    const struct json *v = json_get(r->vars, name);
    return v && v->kind == JSON_STRING ? v->text : (struct str){0};
}

static void add_pair(struct run *r, struct buf *b, struct str name, const struct json *value)
{
    if (b->n && b->p[b->n - 1] != '?' && b->p[b->n - 1] != '&')
        buf_add_char(b, '&');
    http_percent_encode(b, name);
    buf_add_char(b, '=');
    http_percent_encode(b, json_plain(&r->scratch, value));
}

/* name=value&... ; a list repeats its name. */
static void add_pairs(struct run *r, struct buf *b, const struct json *pairs)
{
    for (const struct json *m = pairs->first; m; m = m->next) {
        if (m->kind != JSON_ARRAY)
            add_pair(r, b, m->key, m);
        for (const struct json *one = m->kind == JSON_ARRAY ? m->first : NULL; one; one = one->next)
            add_pair(r, b, m->key, one);
    }
}

static struct str build_url(struct run *r, const struct json *send, bool tls)
{
    struct buf b;
    const struct json *path = json_get(send, STR("path"));
    const struct json *url = json_get(send, STR("url"));
    const struct json *query = json_get(send, STR("query"));

    buf_init(&b, URL_MAX);
    buf_add(&b, url ? url->text : variable(r, tls ? STR("tls_url") : STR("url")));
    if (path)
        buf_add(&b, path->text);
    if (query) {
        const bool has_query = str_find_char(buf_view(&b), '?') < b.n;
        buf_add_char(&b, has_query ? '&' : '?');
        add_pairs(r, &b, query);
    }
    const struct str out = arena_strdup(&r->scratch, buf_view(&b));
    buf_release(&b);
    return out;
}

static struct str form_body(struct run *r, const struct json *form)
{
    struct buf b;
    buf_init(&b, BODY_MAX);
    add_pairs(r, &b, form);
    const struct str out = arena_strdup(&r->scratch, buf_view(&b));
    buf_release(&b);
    return out;
}

/* *type is what the body's kind says about Content-Type; absent: nothing. */
static struct str build_body(struct run *r, const struct json *send, struct str *type)
{
    int64_t times = 0;
    struct str bytes = {0};
    const struct json *json = json_get(send, STR("json"));
    const struct json *form = json_get(send, STR("form"));
    const struct json *text = json_get(send, STR("body"));
    const struct json *hex = json_get(send, STR("body_hex"));
    const struct json *repeat = json_get(send, STR("body_repeat"));

    *type = (struct str){0};
    if (json) {
        *type = STR("application/json");
        bytes = json_text(&r->scratch, json, BODY_MAX);
    } else if (form) {
        *type = STR("application/x-www-form-urlencoded");
        bytes = form_body(r, form);
    } else if (text) {
        bytes = text->text;
    } else if (hex) {
        bytes_from_hex(&r->scratch, hex->text, &bytes);
    } else if (repeat && json_to_int(json_get(repeat, STR("times")), &times)) {
        bytes = bytes_repeat(&r->scratch, json_get(repeat, STR("text"))->text, (size_t)times);
    }
    return bytes;
}

static size_t count_values(const struct json *headers)
{
    size_t n = 0;
    for (const struct json *m = headers ? headers->first : NULL; m; m = m->next)
        n += m->kind == JSON_ARRAY ? m->count : 1;
    return n;
}

static void build_headers(struct run *r,
                          const struct json *send,
                          struct str type,
                          struct http_request *request)
{
    size_t n = 0;
    const struct json *given = json_get(send, STR("headers"));
    struct http_header *list =
        arena_array(&r->scratch, struct http_header, count_values(given) + 1);

    for (const struct json *m = given ? given->first : NULL; m; m = m->next) {
        const struct json *one = m->kind == JSON_ARRAY ? m->first : m;
        if (str_eq_nocase(m->key, STR("Content-Type")))
            type = (struct str){0};
        for (; one; one = one == m ? NULL : one->next)
            list[n++] = (struct http_header){
                .name = m->key, .value = one->kind == JSON_NULL ? (struct str){0} : one->text};
    }
    if (type.p)
        list[n++] = (struct http_header){.name = STR("Content-Type"), .value = type};
    request->headers = list;
    request->nheaders = n;
}

static bool flag(const struct json *object, struct str key)
{
    const struct json *j = json_get(object, key);
    return j && j->yes;
}

static struct http_request build_request(struct run *r, const struct json *send)
{
    struct str type;
    struct http_request request = {0};
    const bool tls = flag(send, STR("tls"));
    const struct json *method = json_get(send, STR("method"));

    request.url = build_url(r, send, tls);
    request.body = build_body(r, send, &type);
    request.method = method ? method->text : request.body.p ? STR("POST") : STR("GET");
    build_headers(r, send, type, &request);
    request.ca_file = variable(r, STR("ca_file"));
    json_to_int(json_get(send, STR("timeout_ms")), &request.timeout_ms);
    return request;
}

static void remember(struct run *r, const struct http_request *q, const struct outcome *o)
{
    struct buf b;
    buf_init(&b, SHOWN_MAX + URL_MAX);
    buf_add(&b, q->method);
    buf_add(&b, STR(" "));
    buf_add(&b, q->url);
    for (size_t i = 0; i < q->nheaders; i++) {
        buf_add(&b, STR("\n"));
        buf_add(&b, q->headers[i].name);
        buf_add(&b, STR(": "));
        buf_add(&b, q->headers[i].value);
    }
    buf_add(&b, q->body.n ? STR("\n\n") : STR(""));
    buf_add(&b, (struct str){q->body.p, q->body.n < SHOWN_MAX ? q->body.n : SHOWN_MAX});
    r->sent = arena_strdup(&r->scratch, buf_view(&b));
    buf_clear(&b);
    const struct str body = o->answer.body;
    buf_add(&b, o->answer.head);
    buf_add(&b, body.n ? STR("\r\n\r\n") : STR(""));
    buf_add(&b, (struct str){body.p, body.n < SHOWN_MAX ? body.n : SHOWN_MAX});
    r->received = b.n ? arena_strdup(&r->scratch, buf_view(&b)) : (struct str){0};
    buf_release(&b);
}

static void exchange(struct run *r, const struct json *send, struct outcome *o)
{
    arena_reset(&r->scratch);
    const struct http_request request = build_request(r, send);
    *o = (struct outcome){0};
    o->failure = httpc_send(r->http, &r->scratch, &request, &o->answer, &o->detail);
    o->answered = o->failure == HTTPC_OK;
    remember(r, &request, o);
}

/*
 * For what happens soon but cannot be waited for: asks again until the answer fits. The deadline
 * only decides how long a failure takes.
 */
static bool play_until(struct run *r, const struct json *step, struct outcome *o)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    const int64_t deadline_us = clock_steady_us() + INT64_C(1000000) * EVENTUALLY_SECONDS;
    for (;;) {
        exchange(r, json_get(step, STR("send")), o);
        buf_clear(&r->problems);
        if (expect_outcome(r, json_get(step, STR("expect")), o))
            return true;
        if (clock_steady_us() > deadline_us)
            return run_problemf(r, "still so after %d s", EVENTUALLY_SECONDS);
        nanosleep(&pause, NULL);
    }
}

bool play_send(struct run *r, const struct json *step)
{
    struct outcome o;
    int64_t times = 1;
    const struct json *each = json_get(step, STR("expect_each"));
    const struct json *last = json_get(step, STR("expect"));

    if (json_get(step, STR("eventually")))
        return play_until(r, step, &o) && keep_values(r, json_get(step, STR("keep")), &o.answer);
    json_to_int(json_get(step, STR("repeat")), &times);
    for (int64_t i = 1; i <= times; i++) {
        exchange(r, json_get(step, STR("send")), &o);
        if ((each && !expect_outcome(r, each, &o)) ||
            (last && i == times && !expect_outcome(r, last, &o)))
            return times == 1 ? false
                              : run_problemf(r, "this was request %lld of %lld", (long long)i,
                                             (long long)times);
    }
    return keep_values(r, json_get(step, STR("keep")), &o.answer);
}

bool play_clock(struct run *r, const struct json *step)
{
    struct outcome o;
    const struct json *expect = json_get(step, STR("expect"));
    struct json *send = json_new(r->a, JSON_OBJECT);
    struct json *status = json_new(r->a, JSON_OBJECT);

    json_add(send, STR("method"), json_new_string(r->a, STR("PUT")));
    json_add(send, STR("path"), json_new_string(r->a, STR("/__admin/clock")));
    json_add(send, STR("json"), json_clone(r->a, json_get(step, STR("clock"))));
    json_add(status, STR("status"), json_new_int(r->a, 200));
    exchange(r, send, &o);
    return expect_outcome(r, expect ? expect : status, &o) &&
           keep_values(r, json_get(step, STR("keep")), &o.answer);
}
