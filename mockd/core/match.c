#include "mockd/core/match.h"

#include "mockd/http/decode.h"

/* A header or query parameter and what it must be. */
struct named_match {
    struct str name;
    const struct value_match *value;
    struct named_match *next;
};

struct match {
    struct arena *a;
    struct str method, url, url_path, provider, endpoint, catalog_id, api_key, to, status;
    struct pattern *url_pattern, *url_path_pattern;
    struct named_match *query, *headers, *body;
    struct pattern *patterns; /* all that must be released */
};

typedef bool read_fn(struct match *m, void *at, const struct cJSON *v, struct problem *p);
static read_fn read_text, read_status, read_pattern, read_named, read_body;

#define MEMBER(wire, member, fn)                                                                   \
    {                                                                                              \
        STR_INIT(wire), offsetof(struct match, member), fn                                         \
    }

static const struct member {
    struct str name;
    size_t offset;
    read_fn *read;
} k_members[] = {
    MEMBER("method", method, read_text),
    MEMBER("url", url, read_text),
    MEMBER("urlPattern", url_pattern, read_pattern),
    MEMBER("urlPath", url_path, read_text),
    MEMBER("urlPathPattern", url_path_pattern, read_pattern),
    MEMBER("queryParameters", query, read_named),
    MEMBER("headers", headers, read_named),
    MEMBER("bodyPatterns", body, read_body),
    MEMBER("provider", provider, read_text),
    MEMBER("endpoint", endpoint, read_text),
    MEMBER("catalogId", catalog_id, read_text),
    MEMBER("apiKey", api_key, read_text),
    MEMBER("to", to, read_text),
    MEMBER("status", status, read_status),
};

enum { NMEMBERS = sizeof(k_members) / sizeof(k_members[0]) };

static bool refuse(struct problem *p, struct str pointer, struct str detail)
{
    *p = (struct problem){pointer, detail};
    return false;
}

static bool read_text(struct match *m, void *at, const struct cJSON *v, struct problem *p)
{
    (void)m;
    *(struct str *)at = json_text(v);
    return json_text(v).p || refuse(p, STR(""), STR("must be a string"));
}

static bool read_status(struct match *m, void *at, const struct cJSON *v, struct problem *p)
{
    int64_t status;
    if (!json_int(v, &status) || status < 100 || status > 599)
        return refuse(p, STR(""), STR("must be an HTTP status from 100 to 599"));
    *(struct str *)at = json_scalar(m->a, v);
    return true;
}

static bool read_pattern(struct match *m, void *at, const struct cJSON *v, struct problem *p)
{
    struct str why;
    struct pattern *made = arena_new(m->a, struct pattern);
    if (json_kind(v) != JSON_STRING)
        return refuse(p, STR(""), STR("must be a string with a regular expression"));
    if (!pattern_compile(m->a, json_text(v), made, &why))
        return refuse(p, STR(""), why);
    made->next = m->patterns;
    m->patterns = made;
    *(struct pattern **)at = made;
    return true;
}

static bool add_named(struct match *m,
                      struct named_match **list,
                      struct str name,
                      const struct cJSON *v,
                      enum value_place place,
                      struct problem *p)
{
    struct named_match *made = arena_new(m->a, struct named_match);
    *made = (struct named_match){.name = name, .next = *list};
    made->value = value_match_read(m->a, v, place, &m->patterns, p);
    *list = made;
    return made->value != NULL;
}

static bool read_named(struct match *m, void *at, const struct cJSON *v, struct problem *p)
{
    if (json_kind(v) != JSON_OBJECT)
        return refuse(p, STR(""),
                      STR("must be an object such as {\"name\": {\"equalTo\": \"x\"}}"));
    for (const struct cJSON *c = json_first(v); c; c = json_next(c)) {
        if (!add_named(m, at, json_name(c), c, VALUE_NAMED, p)) {
            problem_under(m->a, p, json_name(c));
            return false;
        }
    }
    return true;
}

static bool read_body(struct match *m, void *at, const struct cJSON *v, struct problem *p)
{
    size_t i = 0;
    if (json_kind(v) != JSON_ARRAY)
        return refuse(p, STR(""), STR("must be an array such as [{\"contains\": \"x\"}]"));
    for (const struct cJSON *c = json_first(v); c; c = json_next(c), i++) {
        if (!add_named(m, at, STR(""), c, VALUE_BODY, p)) {
            problem_under(m->a, p, arena_printf(m->a, "%zu", i));
            return false;
        }
    }
    return true;
}

static const struct member *find_member(struct str name)
{
    for (size_t i = 0; i < NMEMBERS; i++) {
        if (str_eq(k_members[i].name, name))
            return &k_members[i];
    }
    return NULL;
}

static bool unknown(struct match *m, struct str name, struct problem *p)
{
    struct str names[NMEMBERS];
    struct str all = STR("");
    for (size_t i = 0; i < NMEMBERS; i++) {
        names[i] = k_members[i].name;
        all = arena_printf(m->a, "%.*s%s%.*s", STR_ARG(all), i ? ", " : "", STR_ARG(names[i]));
    }
    const struct str near = nearest_name(name, names, NMEMBERS);
    const struct str hint =
        near.n ? arena_printf(m->a, "did you mean \"%.*s\"? ", STR_ARG(near)) : STR("");
    return refuse(p, arena_printf(m->a, "/%.*s", STR_ARG(name)),
                  arena_printf(m->a, "is not part of a match: %.*sKnown are %.*s", STR_ARG(hint),
                               STR_ARG(all)));
}

struct match *match_new(struct arena *a)
{
    struct match *m = arena_new(a, struct match);
    m->a = a;
    return m;
}

void match_release(struct match *m)
{
    pattern_release(m->patterns);
    m->patterns = NULL;
}

bool match_read(struct match *m, const struct cJSON *object, struct problem *p)
{
    if (json_kind(object) != JSON_OBJECT)
        return refuse(
            p, STR(""),
            arena_printf(m->a, "must be an object, not %s", json_kind_text(json_kind(object))));
    for (const struct cJSON *v = json_first(object); v; v = json_next(v)) {
        const struct member *k = find_member(json_name(v));
        if (!k)
            return unknown(m, json_name(v), p);
        *p = (struct problem){0};
        if (!k->read(m, (char *)m + k->offset, v, p)) {
            problem_under(m->a, p, k->name);
            return false;
        }
    }
    return true;
}

bool match_set(struct match *m, struct str name, struct str value, struct problem *p)
{
    uint64_t status;
    const struct member *k = find_member(name);
    if (!k || (k->read != read_text && k->read != read_status))
        return unknown(m, name, p);
    if (k->read == read_status && (!str_to_uint(value, 599, &status) || status < 100))
        return refuse(p, STR(""), STR("must be an HTTP status from 100 to 599"));
    *(struct str *)((char *)m + k->offset) = value;
    return true;
}

struct str match_text(const struct match *m, struct str name)
{
    const struct member *k = find_member(name);
    if (!k || (k->read != read_text && k->read != read_status))
        return (struct str){0};
    return *(const struct str *)((const char *)m + k->offset);
}

struct match_subject match_subject_of_entry(const struct journal_entry *e)
{
    return (struct match_subject){
        .method = e->method,
        .url = e->url,
        .body = e->body.p ? e->body : STR(""),
        .headers = e->headers,
        .nheaders = e->nheaders,
        .provider = e->provider,
        .endpoint = e->endpoint,
        .api_key = e->api_key,
        .to = e->to,
        .catalog_id = e->error ? e->error->id : (struct str){0},
        .status = e->status,
    };
}

/* ---- fitting --------------------------------------------------------------- */

static bool same_or_any(struct str want, struct str got)
{
    return !want.p || (got.p && str_eq(want, got));
}

/* "+33 6 12", "0033612" and "33612" are one number; what has letters compares as it is. */
static struct str bare_number(struct arena *a, struct str s)
{
    char *digits = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            digits[n++] = s.p[i];
        else if (!memchr("+ -.()", s.p[i], 6))
            return s;
    }
    const struct str all = {digits, n};
    return str_starts(all, STR("00")) ? str_from(all, 2) : all;
}

static bool same_recipient(struct arena *a, struct str want, struct str got)
{
    return !want.p || (got.p && str_eq(bare_number(a, want), bare_number(a, got)));
}

static bool url_fits(const struct match *m, struct arena *scratch, struct str url)
{
    const struct str path = {url.p, str_find_char(url, '?')};
    return same_or_any(m->url, url) && same_or_any(m->url_path, path) &&
           (!m->url_pattern || pattern_fits(m->url_pattern, scratch, url)) &&
           (!m->url_path_pattern || pattern_fits(m->url_path_pattern, scratch, path));
}

static struct str without_session(struct str url)
{
    if (!str_starts(url, STR("/s/")))
        return url;
    const struct str rest = str_from(url, 3);
    return str_from(rest, str_find_char(rest, '/'));
}

/* A name that comes several times fits when one of its values does. */
static bool query_fits(const struct match *m, struct arena *scratch, struct str url)
{
    struct inputs in = {0};
    if (!m->query)
        return true;
    decode_pairs(scratch, &in, str_from(url, str_find_char(url, '?') + 1));
    for (const struct named_match *q = m->query; q; q = q->next) {
        bool fits =
            !inputs_has(&in, q->name) && value_match_fits(q->value, scratch, (struct str){0});
        for (size_t i = 0; i < in.n && !fits; i++)
            fits = str_eq(in.rows[i].name, q->name) &&
                   value_match_fits(q->value, scratch, in.rows[i].value.text);
        if (!fits)
            return false;
    }
    return true;
}

static bool headers_fit(const struct match *m, struct arena *scratch, const struct match_subject *s)
{
    for (const struct named_match *h = m->headers; h; h = h->next) {
        bool there = false;
        bool fits = false;
        for (size_t i = 0; i < s->nheaders && !fits; i++) {
            if (!str_eq_nocase(s->headers[i].name, h->name))
                continue;
            there = true;
            fits = value_match_fits(h->value, scratch, s->headers[i].value);
        }
        if (!fits && (there || !value_match_fits(h->value, scratch, (struct str){0})))
            return false;
    }
    return true;
}

static bool body_fits(const struct match *m, struct arena *scratch, struct str body)
{
    for (const struct named_match *b = m->body; b; b = b->next) {
        if (!value_match_fits(b->value, scratch, body))
            return false;
    }
    return true;
}

static bool status_fits(const struct match *m, struct arena *scratch, int status)
{
    return !m->status.p || str_eq(m->status, arena_printf(scratch, "%d", status));
}

bool match_fits(const struct match *m, struct arena *scratch, const struct match_subject *s)
{
    const bool any_method = !m->method.p || str_eq_nocase(m->method, STR("ANY"));
    return (any_method || str_eq_nocase(m->method, s->method)) &&
           same_or_any(m->provider, s->provider) && same_or_any(m->endpoint, s->endpoint) &&
           same_or_any(m->catalog_id, s->catalog_id) && same_or_any(m->api_key, s->api_key) &&
           status_fits(m, scratch, s->status) && same_recipient(scratch, m->to, s->to) &&
           (url_fits(m, scratch, s->url) || url_fits(m, scratch, without_session(s->url))) &&
           query_fits(m, scratch, s->url) && headers_fit(m, scratch, s) &&
           body_fits(m, scratch, s->body);
}
