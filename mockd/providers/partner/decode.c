#include "mockd/providers/partner/partner.h"

#include "mockd/base/utf8.h"

/* The query without the '?' that the official PHP client doubles. */
static struct str query_of(const struct rq *rq)
{
    struct str q = rq->query;
    while (q.n && q.p[0] == '?')
        q = str_from(q, 1);
    return q;
}

/* What a request with a body may also say in its query; *key is the pair with the apiKey. */
static void take_from_query(struct rq *rq, struct str *key)
{
    struct str rest = query_of(rq);
    struct str pair;
    while (str_split(&rest, '&', &pair)) {
        const bool is_key = str_starts(pair, STR("apiKey="));
        if (is_key)
            *key = pair;
        if (is_key || str_starts(pair, STR("_format=")))
            decode_pairs(rq->arena, &rq->in, pair);
    }
}

/* "name=value…": no JSON, no XML, no multipart. */
static bool looks_like_form(struct str body)
{
    const char c = body.p[0];
    const bool starts_a_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                               (c >= '0' && c <= '9') || c == '_' || c == '%';
    return starts_a_name && str_find_char(body, '=') < body.n;
}

static enum json_fault form_fault(const struct inputs *in)
{
    for (size_t i = 0; i < in->n; i++) {
        const struct str v = in->rows[i].value.text;
        if (str_find_char(v, '\0') < v.n)
            return JSON_NUL_BYTE;
        if (!utf8_valid(v) || !utf8_valid(in->rows[i].name))
            return JSON_NOT_UTF8;
    }
    return JSON_GOOD;
}

static void decode_json(struct rq *rq)
{
    size_t at = 0;
    const struct cJSON *root = json_parse(rq->arena, rq->body, &rq->body_fault, &at);
    if (root && json_kind(root) == JSON_OBJECT) {
        decode_object(rq->arena, &rq->in, root);
        return;
    }
    if (root) {
        rq->body_fault = JSON_SYNTAX;
        rq->why = arena_printf(rq->arena, "The body must be a JSON object, not %s.",
                               json_kind_text(json_kind(root)));
        return;
    }
    rq->why = arena_printf(rq->arena, "The body cannot be read as JSON: %s (at byte %zu).",
                           json_fault_text(rq->body_fault), at);
}

static void decode_body(struct rq *rq)
{
    const struct str body = str_trim(rq->body);
    if (body.n == 0 || !looks_like_form(body)) {
        decode_json(rq);
        return;
    }
    decode_pairs(rq->arena, &rq->in, body);
    rq->body_fault = form_fault(&rq->in);
    if (rq->body_fault != JSON_GOOD)
        rq->why = arena_printf(rq->arena, "The form in the body cannot be used: %s.",
                               json_fault_text(rq->body_fault));
}

void partner_decode(struct rq *rq)
{
    struct str key = {0};
    if (rq->method == METHOD_GET || rq->method == METHOD_HEAD) {
        decode_pairs(rq->arena, &rq->in, query_of(rq));
        return;
    }
    take_from_query(rq, &key);
    if (rq->body.n == 0)
        return;
    decode_body(rq);
    /* An empty key in the body leaves the one in the query in force. */
    const struct value v = inputs_get(&rq->in, STR("apiKey"));
    if (key.n && v.text.n == 0 && json_kind(v.node) < JSON_ARRAY)
        decode_pairs(rq->arena, &rq->in, key);
}

enum out_format partner_format(const struct rq *rq)
{
    const struct str format = inputs_get(&rq->in, STR("_format")).text;
    return str_eq(format, STR("xml")) ? OUT_XML_POSITIONAL : OUT_JSON;
}

bool partner_flag(struct str text)
{
    return str_eq(text, STR("1")) || str_eq(text, STR("true"));
}
