#include "mockd/core/match_value.h"

#include "mockd/core/jsonpath.h"

struct value_match {
    bool (*fits)(const struct value_match *m, struct arena *scratch, struct str text);
    struct str text;
    bool nocase;
    const struct pattern *pattern;
    const struct cJSON *json;
    struct json_leniency lenient;
    const struct jsonpath *path;
    const struct value_match *of_path; /* NULL: the path only has to find something */
    const struct value_match *next;    /* must hold too */
};

struct reader {
    struct arena *a;
    const struct cJSON *object; /* the whole matcher: options stand beside the operator */
    enum value_place place;
    struct pattern **patterns;
    struct problem *p;
};

static bool refuse(struct reader *r, const struct cJSON *member, struct str detail)
{
    *r->p = (struct problem){
        .pointer = arena_printf(r->a, "/%.*s", STR_ARG(json_name(member))),
        .detail = detail,
    };
    return false;
}

/* ---- operators: what they read, when they hold ---------------------------- */

static bool equals(const struct value_match *m, struct arena *scratch, struct str text)
{
    (void)scratch;
    return text.p && (m->nocase ? str_eq_nocase(text, m->text) : str_eq(text, m->text));
}

static bool contains(const struct value_match *m, struct arena *scratch, struct str text)
{
    (void)scratch;
    return text.p && (m->text.n == 0 || str_find(text, m->text) < text.n);
}

static bool contains_not(const struct value_match *m, struct arena *scratch, struct str text)
{
    return text.p && !contains(m, scratch, text);
}

static bool matches(const struct value_match *m, struct arena *scratch, struct str text)
{
    return pattern_fits(m->pattern, scratch, text);
}

static bool matches_not(const struct value_match *m, struct arena *scratch, struct str text)
{
    return text.p && !pattern_fits(m->pattern, scratch, text);
}

static bool is_absent(const struct value_match *m, struct arena *scratch, struct str text)
{
    (void)m;
    (void)scratch;
    return !text.p;
}

static bool is_present(const struct value_match *m, struct arena *scratch, struct str text)
{
    return !is_absent(m, scratch, text);
}

static const struct cJSON *parsed(struct arena *a, struct str text)
{
    enum json_fault fault;
    size_t at;
    return text.n ? json_parse(a, text, &fault, &at) : NULL;
}

static bool equals_json(const struct value_match *m, struct arena *scratch, struct str text)
{
    const struct cJSON *got = parsed(scratch, text);
    return got && json_same(m->json, got, m->lenient);
}

/* A value that a path found, as the sub-matcher sees it: a text bare, all else as JSON. */
static struct str shown(struct arena *a, const struct cJSON *v)
{
    struct buf text;
    if (json_kind(v) != JSON_ARRAY && json_kind(v) != JSON_OBJECT)
        return json_kind(v) == JSON_NULL ? STR("null") : json_scalar(a, v);
    buf_init(&text, 4 << 20);
    json_print(a, &text, v);
    const struct str copy = arena_strdup(a, buf_view(&text));
    buf_release(&text);
    return copy;
}

static bool fits_path(const struct value_match *m,
                      struct arena *scratch,
                      struct str text) // NOLINT(misc-no-recursion)
{
    const struct cJSON *root = parsed(scratch, text);
    const struct json_nodes found =
        root ? jsonpath_find(scratch, m->path, root) : (struct json_nodes){0};
    if (!m->of_path)
        return found.n > 0;
    for (size_t i = 0; i < found.n; i++) {
        if (value_match_fits(m->of_path, scratch, shown(scratch, found.v[i])))
            return true;
    }
    return found.n == 0 && value_match_fits(m->of_path, scratch, (struct str){0});
}

static bool read_text(struct reader *r, const struct cJSON *v, struct value_match *m)
{
    m->text = json_text(v);
    m->nocase = json_true(json_get(r->object, STR("caseInsensitive")));
    return m->text.p || refuse(r, v, STR("must be a string"));
}

static bool read_pattern(struct reader *r, const struct cJSON *v, struct value_match *m)
{
    struct str why;
    struct pattern *made = arena_new(r->a, struct pattern);
    if (json_kind(v) != JSON_STRING)
        return refuse(r, v, STR("must be a string with a regular expression"));
    if (!pattern_compile(r->a, json_text(v), made, &why))
        return refuse(r, v, why);
    made->next = *r->patterns;
    *r->patterns = made;
    m->pattern = made;
    return true;
}

static bool read_absent(struct reader *r, const struct cJSON *v, struct value_match *m)
{
    if (json_kind(v) != JSON_BOOL)
        return refuse(r, v, STR("must be true or false"));
    m->fits = json_true(v) ? is_absent : is_present;
    return true;
}

static bool read_json(struct reader *r, const struct cJSON *v, struct value_match *m)
{
    m->json = json_kind(v) == JSON_STRING ? parsed(r->a, json_text(v)) : v;
    m->lenient = (struct json_leniency){
        json_true(json_get(r->object, STR("ignoreArrayOrder"))),
        json_true(json_get(r->object, STR("ignoreExtraElements"))),
    };
    return m->json || refuse(r, v, STR("must be JSON, or a string that holds JSON"));
}

static const struct value_match *read_members(struct reader *r, struct str passed_over);

static bool read_path(struct reader *r,
                      const struct cJSON *v,
                      struct value_match *m) // NOLINT(misc-no-recursion)
{
    struct str why;
    const struct cJSON *expression =
        json_kind(v) == JSON_OBJECT ? json_get(v, STR("expression")) : v;
    if (json_kind(expression) != JSON_STRING)
        return refuse(r, v, STR("must be a JSONPath, or an object with an \"expression\""));
    m->path = jsonpath_parse(r->a, json_text(expression), &why);
    if (!m->path)
        return refuse(r, v, why);
    if (expression == v || json_count(v) == 1)
        return true;
    struct reader inner = *r;
    inner.object = v;
    m->of_path = read_members(&inner, STR("expression"));
    if (!m->of_path)
        problem_under(r->a, r->p, json_name(v));
    return m->of_path != NULL;
}

static const struct op {
    struct str name;
    bool (*read)(struct reader *r, const struct cJSON *v, struct value_match *m);
    bool (*fits)(const struct value_match *m, struct arena *scratch, struct str text);
    enum value_place place; /* the least that is needed */
} k_operators[] = {
    {STR_INIT("equalTo"), read_text, equals, VALUE_NAMED},
    {STR_INIT("contains"), read_text, contains, VALUE_NAMED},
    {STR_INIT("doesNotContain"), read_text, contains_not, VALUE_NAMED},
    {STR_INIT("matches"), read_pattern, matches, VALUE_NAMED},
    {STR_INIT("doesNotMatch"), read_pattern, matches_not, VALUE_NAMED},
    {STR_INIT("absent"), read_absent, NULL, VALUE_NAMED},
    {STR_INIT("equalToJson"), read_json, equals_json, VALUE_BODY},
    {STR_INIT("matchesJsonPath"), read_path, fits_path, VALUE_BODY},
};

/* Say how an operator beside them compares. */
static const struct option {
    struct str name;
    struct str of, or_of; /* operators it goes with */
} k_options[] = {
    {STR_INIT("caseInsensitive"), STR_INIT("equalTo"), STR_INIT("equalTo")},
    {STR_INIT("ignoreArrayOrder"), STR_INIT("equalToJson"), STR_INIT("equalToJson")},
    {STR_INIT("ignoreExtraElements"), STR_INIT("equalToJson"), STR_INIT("equalToJson")},
};

enum {
    NOPERATORS = sizeof(k_operators) / sizeof(k_operators[0]),
    NOPTIONS = sizeof(k_options) / sizeof(k_options[0]),
};

static const struct op *find_operator(const struct reader *r, struct str name)
{
    for (size_t i = 0; i < NOPERATORS; i++) {
        if (str_eq(k_operators[i].name, name) && k_operators[i].place <= r->place)
            return &k_operators[i];
    }
    return NULL;
}

static bool refuse_unknown(struct reader *r, const struct cJSON *member)
{
    struct str names[NOPERATORS + NOPTIONS];
    struct str all = STR("");
    size_t n = 0;
    for (size_t i = 0; i < NOPERATORS; i++) {
        if (k_operators[i].place > r->place)
            continue;
        all = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(all), n ? ", " : "",
                           STR_ARG(k_operators[i].name));
        names[n++] = k_operators[i].name;
    }
    for (size_t i = 0; i < NOPTIONS; i++)
        names[n++] = k_options[i].name;
    const struct str near = nearest_name(json_name(member), names, n);
    const struct str hint =
        near.n ? arena_printf(r->a, "did you mean \"%.*s\"? ", STR_ARG(near)) : STR("");
    return refuse(r, member,
                  arena_printf(r->a, "is not a matcher: %.*sKnown here are %.*s", STR_ARG(hint),
                               STR_ARG(all)));
}

/* True when the member is an option that has its operator beside it. */
static bool is_option(struct reader *r, const struct cJSON *member)
{
    for (size_t i = 0; i < NOPTIONS; i++) {
        if (!str_eq(k_options[i].name, json_name(member)))
            continue;
        if (json_kind(member) != JSON_BOOL)
            return refuse(r, member, STR("must be true or false"));
        if (json_get(r->object, k_options[i].of))
            return true;
        return refuse(r, member,
                      arena_printf(r->a, "only goes with \"%.*s\"", STR_ARG(k_options[i].of)));
    }
    return refuse_unknown(r, member);
}

static const struct value_match *read_members(struct reader *r,
                                              struct str passed_over) // NOLINT(misc-no-recursion)
{
    const struct value_match *list = NULL;
    for (const struct cJSON *v = json_first(r->object); v; v = json_next(v)) {
        if (str_eq(json_name(v), passed_over))
            continue;
        const struct op *op = find_operator(r, json_name(v));
        if (!op && !is_option(r, v))
            return NULL;
        if (!op)
            continue;
        struct value_match *m = arena_new(r->a, struct value_match);
        *m = (struct value_match){.fits = op->fits, .next = list};
        if (!op->read(r, v, m))
            return NULL;
        list = m;
    }
    if (!list)
        *r->p = (struct problem){STR(""), STR("must hold a matcher such as {\"equalTo\": \"x\"}")};
    return list;
}

const struct value_match *value_match_read(struct arena *a,
                                           const struct cJSON *object,
                                           enum value_place place,
                                           struct pattern **patterns,
                                           struct problem *p)
{
    struct reader r = {a, object, place, patterns, p};
    if (json_kind(object) == JSON_OBJECT)
        return read_members(&r, (struct str){0});
    *p = (struct problem){STR(""), STR("must be an object such as {\"equalTo\": \"x\"}")};
    return NULL;
}

bool value_match_fits(const struct value_match *m,
                      struct arena *scratch,
                      struct str text) // NOLINT(misc-no-recursion)
{
    for (; m; m = m->next) {
        if (!m->fits(m, scratch, text))
            return false;
    }
    return true;
}
