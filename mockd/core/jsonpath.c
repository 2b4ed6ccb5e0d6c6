#include "mockd/core/jsonpath.h"

enum { NODES_MAX = 10000, STEPS_MAX = 64 };

enum step_kind { STEP_NAME, STEP_INDEX, STEP_ALL, STEP_FILTER };
enum compare {
    COMPARE_EXISTS,
    COMPARE_EQ,
    COMPARE_NE,
    COMPARE_LE,
    COMPARE_GE,
    COMPARE_LT,
    COMPARE_GT
};

struct step {
    enum step_kind kind;
    bool deep; /* of the value and of all below it */
    struct str name;
    int64_t index;
    const struct jsonpath *left; /* of a filter: from @ */
    enum compare compare;
    const struct cJSON *right;
};

struct jsonpath {
    struct step *step;
    size_t n;
};

struct reader {
    struct arena *a;
    struct str rest;
    const char *why;
};

static bool fail(struct reader *r, const char *why)
{
    if (!r->why)
        r->why = why;
    return false;
}

static bool take(struct reader *r, struct str word)
{
    if (!str_starts(r->rest, word))
        return false;
    r->rest = str_from(r->rest, word.n);
    return true;
}

static void blanks(struct reader *r)
{
    while (r->rest.n && r->rest.p[0] == ' ')
        r->rest = str_from(r->rest, 1);
}

/* A name after a dot: up to the next thing that means something. */
static bool take_name(struct reader *r, struct step *s)
{
    size_t n = 0;
    while (n < r->rest.n && !memchr(".[]()=!<> '\"", r->rest.p[n], 12))
        n++;
    s->name = (struct str){r->rest.p, n};
    s->kind = str_eq(s->name, STR("*")) ? STEP_ALL : STEP_NAME;
    r->rest = str_from(r->rest, n);
    return n > 0 || fail(r, "a name is missing after a dot");
}

/* 'text' or "text" */
static bool take_quoted(struct reader *r, struct str *out)
{
    const char quote = r->rest.n ? r->rest.p[0] : '\0';
    if (quote != '\'' && quote != '"')
        return false;
    const struct str inside = str_from(r->rest, 1);
    const size_t n = str_find_char(inside, quote);
    if (n == inside.n)
        return fail(r, "a quote is not closed");
    *out = (struct str){inside.p, n};
    r->rest = str_from(inside, n + 1);
    return true;
}

static bool take_literal(struct reader *r, const struct cJSON **out)
{
    struct buf quoted;
    struct str text;
    enum json_fault fault;
    size_t at;
    if (take_quoted(r, &text)) {
        buf_init(&quoted, 4096);
        json_quote(&quoted, text);
        *out = json_parse(r->a, buf_view(&quoted), &fault, &at);
        buf_release(&quoted);
        return *out || fail(r, "a text in the filter is too long");
    }
    const size_t n = str_find_char(r->rest, ')');
    *out = json_parse(r->a, str_trim((struct str){r->rest.p, n}), &fault, &at);
    r->rest = str_from(r->rest, n);
    return *out || fail(r, "a filter compares with a quoted text, a number, true, false or null");
}

static const struct jsonpath *read_steps(struct reader *r, bool in_filter);

/* After "[?(" */
static bool take_filter(struct reader *r, struct step *s) // NOLINT(misc-no-recursion)
{
    static const struct {
        struct str text;
        enum compare compare;
    } k_compare[] = {
        {STR_INIT("=="), COMPARE_EQ}, {STR_INIT("!="), COMPARE_NE}, {STR_INIT("<="), COMPARE_LE},
        {STR_INIT(">="), COMPARE_GE}, {STR_INIT("<"), COMPARE_LT},  {STR_INIT(">"), COMPARE_GT},
    };
    s->kind = STEP_FILTER;
    blanks(r);
    if (!take(r, STR("@")))
        return fail(r, "a filter begins with @");
    s->left = read_steps(r, true);
    blanks(r);
    for (size_t i = 0; i < sizeof(k_compare) / sizeof(k_compare[0]) && !r->why; i++) {
        if (!take(r, k_compare[i].text))
            continue;
        blanks(r);
        s->compare = k_compare[i].compare;
        if (!take_literal(r, &s->right))
            return false;
        break;
    }
    blanks(r);
    return !r->why && (take(r, STR(")]")) || fail(r, "a filter is not closed by \")]\""));
}

/* After "[" */
static bool take_bracket(struct reader *r, struct step *s) // NOLINT(misc-no-recursion)
{
    uint64_t index;
    if (take(r, STR("?(")))
        return take_filter(r, s);
    if (take_quoted(r, &s->name)) {
        s->kind = STEP_NAME;
    } else if (take(r, STR("*"))) {
        s->kind = STEP_ALL;
    } else {
        const bool minus = take(r, STR("-"));
        const struct str digits = {r->rest.p, str_find_char(r->rest, ']')};
        if (!str_to_uint(digits, INT32_MAX, &index))
            return fail(r, "brackets hold an index, a quoted name, * or a filter ?(…)");
        s->kind = STEP_INDEX;
        s->index = minus ? -(int64_t)index : (int64_t)index;
        r->rest = str_from(r->rest, digits.n);
    }
    return take(r, STR("]")) || fail(r, "a bracket is not closed");
}

/* Filters in filters are refused, so this recurses once at most. */
static const struct jsonpath *read_steps(struct reader *r,
                                         bool in_filter) // NOLINT(misc-no-recursion)
{
    size_t cap = 0;
    struct jsonpath *p = arena_new(r->a, struct jsonpath);
    while (r->rest.n && !r->why) {
        struct step s = {0};
        if (take(r, STR(".."))) {
            s.deep = true;
            if (take(r, STR("[")))
                take_bracket(r, &s);
            else
                take_name(r, &s);
        } else if (take(r, STR("."))) {
            take_name(r, &s);
        } else if (in_filter && str_starts(r->rest, STR("[?"))) {
            fail(r, "a filter stands inside a filter");
        } else if (take(r, STR("["))) {
            take_bracket(r, &s);
        } else {
            break;
        }
        p->step = arena_grow(r->a, p->step, p->n, &cap, sizeof(*p->step));
        p->step[p->n++] = s;
        if (p->n > STEPS_MAX)
            fail(r, "it has more than 64 steps");
    }
    return p;
}

const struct jsonpath *jsonpath_parse(struct arena *a, struct str text, struct str *why)
{
    struct reader r = {.a = a, .rest = str_trim(text)};
    const struct jsonpath *p = NULL;
    if (take(&r, STR("$")))
        p = read_steps(&r, false);
    else
        fail(&r, "it must begin with $");
    if (r.rest.n)
        fail(&r, "what follows a step must be .name, ..name or [");
    if (!r.why)
        return p;
    *why = arena_printf(a, "is not a JSONPath that mockd can read: %s", r.why);
    return NULL;
}

static void push(struct arena *a, struct json_nodes *out, const struct cJSON *v)
{
    if (!v || out->n >= NODES_MAX)
        return;
    out->v = arena_grow(a, out->v, out->n, &out->cap, sizeof(const struct cJSON *));
    out->v[out->n++] = v;
}

static const struct cJSON *at_index(const struct cJSON *v, int64_t index)
{
    if (json_kind(v) != JSON_ARRAY)
        return NULL;
    index += index < 0 ? (int64_t)json_count(v) : 0;
    const struct cJSON *c = index < 0 ? NULL : json_first(v);
    for (; c && index > 0; index--)
        c = json_next(c);
    return c;
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

static int text_order(struct str x, struct str y)
{
    const int c = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
    return c ? sign(c) : sign((double)x.n - (double)y.n);
}

/* -1, 0, 1, or 2 when the two have no order. */
static int order_of(const struct cJSON *a, const struct cJSON *b)
{
    if (json_kind(a) != json_kind(b))
        return 2;
    if (json_kind(a) == JSON_NUMBER)
        return sign(json_number(a) - json_number(b));
    if (json_kind(a) == JSON_STRING)
        return text_order(json_text(a), json_text(b));
    return json_kind(a) == JSON_NULL || json_true(a) == json_true(b) ? 0 : 2;
}

static bool holds(enum compare how, int order)
{
    switch (how) {
    case COMPARE_EXISTS:
        return true;
    case COMPARE_EQ:
        return order == 0;
    case COMPARE_NE:
        return order != 0;
    case COMPARE_LE:
        return order <= 0;
    case COMPARE_GE:
        return order == 0 || order == 1;
    case COMPARE_LT:
        return order < 0;
    case COMPARE_GT:
        return order == 1;
    }
    return false;
}

static bool passes(struct arena *a,
                   const struct step *s,
                   const struct cJSON *v) // NOLINT(misc-no-recursion)
{
    const struct json_nodes left = jsonpath_find(a, s->left, v);
    for (size_t i = 0; i < left.n; i++) {
        if (holds(s->compare, s->compare == COMPARE_EXISTS ? 0 : order_of(left.v[i], s->right)))
            return true;
    }
    return false;
}

/* One step from one value. */
static void go(struct arena *a,
               const struct step *s,
               const struct cJSON *v,
               struct json_nodes *out) // NOLINT(misc-no-recursion)
{
    if (s->kind == STEP_NAME)
        push(a, out, json_get(v, s->name));
    else if (s->kind == STEP_INDEX)
        push(a, out, at_index(v, s->index));
    else
        for (const struct cJSON *c = json_first(v); c; c = json_next(c)) {
            if (s->kind == STEP_ALL || passes(a, s, c))
                push(a, out, c);
        }
}

/* Parsed values are at most JSON_DEPTH_MAX deep. */
static void go_deep(struct arena *a,
                    const struct step *s,
                    const struct cJSON *v,
                    struct json_nodes *out) // NOLINT(misc-no-recursion)
{
    go(a, s, v, out);
    for (const struct cJSON *c = json_first(v); c && out->n < NODES_MAX; c = json_next(c))
        go_deep(a, s, c, out);
}

struct json_nodes // NOLINTNEXTLINE(misc-no-recursion)
jsonpath_find(struct arena *a, const struct jsonpath *path, const struct cJSON *root)
{
    struct json_nodes now = {0};
    push(a, &now, root);
    for (size_t i = 0; i < path->n; i++) {
        struct json_nodes next = {0};
        for (size_t k = 0; k < now.n; k++)
            (path->step[i].deep ? go_deep : go)(a, &path->step[i], now.v[k], &next);
        now = next;
    }
    return now;
}
