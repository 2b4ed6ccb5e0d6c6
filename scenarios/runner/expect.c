#include "clients/lib/jsonmatch.h"
#include "scenarios/runner/run.h"

enum { MESSAGE_MAX = 64 * 1024 };

static void add_differences(struct run *r, const struct jsonmatch *m)
{
    struct buf b;
    buf_init(&b, MESSAGE_MAX);
    jsonmatch_write(&b, m);
    if (b.n)
        run_problem(r, (struct str){b.p, b.n - 1}); /* the line end comes by itself */
    buf_release(&b);
}

/* Compares `actual` (NULL: absent) with the member `key` of expect, when it is there. */
static void compare(struct run *r,
                    const struct json *expect,
                    struct str key,
                    const struct json *actual)
{
    const struct json *unordered = json_get(expect, STR("unordered"));
    const struct json *expected = json_get(expect, key);
    struct jsonmatch m = {
        .a = &r->scratch, .vars = r->vars, .unordered = unordered && unordered->yes};
    if (expected && !jsonmatch(&m, json_pointer_add(&r->scratch, STR(""), key), expected, actual))
        add_differences(r, &m);
}

static void compare_headers(struct run *r,
                            const struct json *expect,
                            const struct http_answer *answer)
{
    const struct json *headers = json_get(expect, STR("headers"));
    const struct json *h = headers ? headers->first : NULL;
    for (; h; h = h->next) {
        const struct str value = http_header_value(&r->scratch, answer, h->key);
        struct jsonmatch m = {.a = &r->scratch, .vars = r->vars};
        const struct str at = json_pointer_add(&r->scratch, STR("/headers"), h->key);
        const struct json *actual = value.p ? json_new_string(&r->scratch, value) : NULL;
        if (h->kind == JSON_NULL && !actual)
            continue;
        if (!jsonmatch(&m, at, h, actual))
            add_differences(r, &m);
    }
}

static void compare_json(struct run *r, const struct json *expect, const struct http_answer *answer)
{
    struct json_error error;
    if (!json_get(expect, STR("json")))
        return;
    const struct json *body = json_parse(&r->scratch, answer->body, &error);
    if (body)
        compare(r, expect, STR("json"), body);
    else
        run_problemf(r, "/json: the body is not JSON (line %zu, column %zu: %.*s)", error.line,
                     error.column, STR_ARG(error.message));
}

static bool holds_text(struct str bytes, struct str text)
{
    return text.n == 0 || str_find(bytes, text) < bytes.n;
}

/* `texts` is one text or a list; each must (not) be in `bytes`. */
static void compare_parts(
    struct run *r, const struct json *texts, struct str bytes, const char *key, bool wanted)
{
    const struct json *one = texts && texts->kind == JSON_ARRAY ? texts->first : texts;
    for (; one; one = one == texts ? NULL : one->next) {
        if (holds_text(bytes, one->text) != wanted)
            run_problemf(r, "/%s: expected %s %.*s", key, wanted ? "somewhere" : "nowhere",
                         STR_ARG(json_text(&r->scratch, one, MESSAGE_MAX)));
    }
}

static void compare_text(struct run *r, const struct json *expect, const struct http_answer *answer)
{
    const struct json *body = json_new_string(&r->scratch, answer->body);
    compare(r, expect, STR("text"), body);
    compare(r, expect, STR("xml"), body);
    compare_parts(r, json_get(expect, STR("text_contains")), answer->body, "text_contains", true);
}

static void compare_close(struct run *r,
                          const struct json *expect,
                          const struct http_answer *answer)
{
    const struct json *close = json_get(expect, STR("close"));
    if (close && close->yes != http_announces_close(&r->scratch, answer))
        run_problemf(r, "/close: expected an answer that %s",
                     close->yes ? "announces the end of the connection"
                                : "keeps the connection open");
}

static void expect_failure(struct run *r, struct str wanted, const struct outcome *o)
{
    const struct str got = str_from_cstr(httpc_failure_name(o->failure));
    const bool any = str_eq(wanted, STR("any"));
    if (o->answered)
        run_problemf(r, "/fails: expected %.*s, got a whole answer", STR_ARG(wanted));
    else if (!any && !str_eq(wanted, got))
        run_problemf(r, "/fails: expected %.*s, got %.*s (%.*s)", STR_ARG(wanted), STR_ARG(got),
                     STR_ARG(o->detail));
}

bool expect_outcome(struct run *r, const struct json *expect, const struct outcome *o)
{
    const size_t before = r->problems.n;
    const struct json *fails = json_get(expect, STR("fails"));
    const struct http_answer *answer = &o->answer;

    if (fails)
        expect_failure(r, fails->text, o);
    else if (!o->answered)
        run_problemf(r, "no whole answer: %s (%.*s)", httpc_failure_name(o->failure),
                     STR_ARG(o->detail));
    compare(r, expect, STR("elapsed_ms"), json_new_int(&r->scratch, answer->elapsed_us / 1000));
    if (!fails && o->answered) {
        compare(r, expect, STR("status"), json_new_int(&r->scratch, answer->status));
        compare_json(r, expect, answer);
    }
    if (answer->status) {
        compare_headers(r, expect, answer);
        compare_text(r, expect, answer);
        compare_close(r, expect, answer);
    }
    return r->problems.n == before;
}

static void compare_edge(struct run *r,
                         const struct json *expect,
                         struct str key,
                         struct str bytes,
                         bool (*holds)(struct str, struct str))
{
    const struct json *text = json_get(expect, key);
    if (text && !holds(bytes, text->text))
        run_problemf(r, "/%.*s: expected %.*s", STR_ARG(key),
                     STR_ARG(json_text(&r->scratch, text, MESSAGE_MAX)));
}

bool expect_bytes(struct run *r, const struct json *expect, struct str bytes)
{
    const size_t before = r->problems.n;
    compare_edge(r, expect, STR("equals"), bytes, str_eq);
    compare_edge(r, expect, STR("starts_with"), bytes, str_starts);
    compare_edge(r, expect, STR("ends_with"), bytes, str_ends);
    compare_parts(r, json_get(expect, STR("contains")), bytes, "contains", true);
    compare_parts(r, json_get(expect, STR("excludes")), bytes, "excludes", false);
    return r->problems.n == before;
}

/* In the case's arena, or NULL when the answer has no such thing. */
static struct json *kept_value(struct run *r, struct str from, const struct http_answer *answer)
{
    struct json_error error;
    if (str_eq(from, STR("status")))
        return json_new_int(r->a, answer->status);
    if (str_eq(from, STR("body")))
        return json_new_string(r->a, arena_strdup(r->a, answer->body));
    if (str_starts(from, STR("header:"))) {
        const struct str value = http_header_value(&r->scratch, answer, str_from(from, 7));
        return value.p ? json_new_string(r->a, arena_strdup(r->a, value)) : NULL;
    }
    const struct json *body = json_parse(&r->scratch, answer->body, &error);
    const struct json *found = body ? json_at(body, from) : NULL;
    return found ? json_clone(r->a, found) : NULL;
}

bool keep_values(struct run *r, const struct json *keep, const struct http_answer *answer)
{
    for (const struct json *k = keep ? keep->first : NULL; k; k = k->next) {
        struct json *value = kept_value(r, k->text, answer);
        if (!value)
            return run_problemf(r, "/keep/%.*s: the answer has no %.*s", STR_ARG(k->key),
                                STR_ARG(k->text));
        json_set(r->vars, k->key, value);
    }
    return true;
}
