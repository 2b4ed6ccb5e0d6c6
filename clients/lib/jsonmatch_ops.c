#include "clients/lib/jsonmatch_ops.h"

#include <regex.h>
#include <stdlib.h>

#include "mockd/base/utf8.h"

/* "{"$gte":5}" for a message. */
static struct str show_op(struct arena *a, const struct json *operand)
{
    return arena_printf(a, "{\"%.*s\":%.*s}", STR_ARG(operand->key),
                        STR_ARG(jsonmatch_show(a, operand)));
}

static void hold(struct jsonmatch *m,
                 struct str pointer,
                 const struct json *operand,
                 const struct json *actual,
                 bool holds)
{
    if (!holds)
        jsonmatch_differ(m, pointer, show_op(m->a, operand), jsonmatch_show(m->a, actual));
}

/* Does it match? Keeps no differences. */
static bool try_match(const struct jsonmatch *m,
                      const struct json *expected,
                      const struct json *actual)
{
    struct jsonmatch trial = {.a = m->a, .unordered = m->unordered, .vars = m->vars};
    return jsonmatch(&trial, STR(""), expected, actual);
}

static void match_any(struct jsonmatch *m,
                      struct str pointer,
                      const struct json *operand,
                      const struct json *actual)
{
    hold(m, pointer, operand, actual, true);
}

/* The key is there, or jsonmatch() would not have asked. */
static void match_absent(struct jsonmatch *m,
                         struct str pointer,
                         const struct json *operand,
                         const struct json *actual)
{
    hold(m, pointer, operand, actual, false);
}

static bool has_type(const struct json *j, struct str type)
{
    if (str_eq(type, STR("integer")))
        return j->kind == JSON_NUMBER && str_find_char(j->text, '.') == j->text.n &&
               str_find_char(j->text, 'e') == j->text.n && str_find_char(j->text, 'E') == j->text.n;
    return str_eq(type, str_from_cstr(json_kind_name(j->kind)));
}

static void match_type(struct jsonmatch *m,
                       struct str pointer,
                       const struct json *operand,
                       const struct json *actual)
{
    hold(m, pointer, operand, actual, has_type(actual, operand->text));
}

static bool has_nul(struct str s)
{
    return str_find_char(s, '\0') < s.n;
}

static bool regex_finds(struct arena *a, struct str pattern, struct str text)
{
    regex_t re;
    if (has_nul(text) || has_nul(pattern) ||
        regcomp(&re, arena_cstr(a, pattern), REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    const bool found = regexec(&re, arena_cstr(a, text), 0, NULL, 0) == 0;
    regfree(&re);
    return found;
}

static void match_re(struct jsonmatch *m,
                     struct str pointer,
                     const struct json *operand,
                     const struct json *actual)
{
    const bool textual = actual->kind == JSON_STRING || actual->kind == JSON_NUMBER;
    hold(m, pointer, operand, actual, textual && regex_finds(m->a, operand->text, actual->text));
}

static void match_contains(struct jsonmatch *m,
                           struct str pointer,
                           const struct json *operand,
                           const struct json *actual)
{
    const bool found =
        actual->kind == JSON_STRING && actual->text.n >= operand->text.n &&
        (operand->text.n == 0 || str_find(actual->text, operand->text) < actual->text.n);
    hold(m, pointer, operand, actual, found);
}

/* Exact for whole numbers of 64 bits: a long double has that many. */
static int compare(struct arena *a, const struct json *x, const struct json *y)
{
    const long double vx = strtold(arena_cstr(a, x->text), NULL);
    const long double vy = strtold(arena_cstr(a, y->text), NULL);
    return (vx > vy) - (vx < vy);
}

static void match_bound(struct jsonmatch *m,
                        struct str pointer,
                        const struct json *operand,
                        const struct json *actual)
{
    bool holds = false;
    if (actual->kind == JSON_NUMBER) {
        const int c = compare(m->a, actual, operand);
        const bool upper = operand->key.p[1] == 'l'; /* $lt, $lte; else $gt, $gte */
        holds = (c == 0 && str_ends(operand->key, STR("te"))) || (upper ? c < 0 : c > 0);
    }
    hold(m, pointer, operand, actual, holds);
}

static void match_in(struct jsonmatch *m,
                     struct str pointer,
                     const struct json *operand,
                     const struct json *actual)
{
    const struct json *e = operand->first;
    while (e && !try_match(m, e, actual))
        e = e->next;
    hold(m, pointer, operand, actual, e != NULL);
}

static void match_ne(struct jsonmatch *m,
                     struct str pointer,
                     const struct json *operand,
                     const struct json *actual)
{
    hold(m, pointer, operand, actual, !try_match(m, operand, actual));
}

static int64_t length_of(const struct json *j)
{
    uint32_t cp;
    int64_t n = 0;
    struct str rest = j->text;
    if (j->kind != JSON_STRING)
        return (int64_t)j->count;
    while (utf8_next(&rest, &cp))
        n++;
    return n;
}

static void match_len(struct jsonmatch *m,
                      struct str pointer,
                      const struct json *operand,
                      const struct json *actual)
{
    const bool has_length =
        actual->kind == JSON_STRING || actual->kind == JSON_ARRAY || actual->kind == JSON_OBJECT;
    hold(m, pointer, operand, actual,
         has_length && try_match(m, operand, json_new_int(m->a, length_of(actual))));
}

static void match_each(struct jsonmatch *m,
                       struct str pointer,
                       const struct json *operand,
                       const struct json *actual)
{
    size_t i = 0;
    if (actual->kind != JSON_ARRAY || actual->count == 0) {
        hold(m, pointer, operand, actual, false);
        return;
    }
    for (const struct json *c = actual->first; c; c = c->next)
        jsonmatch(m, json_pointer_add_index(m->a, pointer, i++), operand, c);
}

static void match_some(struct jsonmatch *m,
                       struct str pointer,
                       const struct json *operand,
                       const struct json *actual)
{
    const struct json *c = actual->kind == JSON_ARRAY ? actual->first : NULL;
    while (c && !try_match(m, operand, c))
        c = c->next;
    hold(m, pointer, operand, actual, c != NULL);
}

static void match_subset(struct jsonmatch *m,
                         struct str pointer,
                         const struct json *operand,
                         const struct json *actual)
{
    if (actual->kind == JSON_OBJECT)
        jsonmatch_members(m, pointer, operand, actual);
    else
        hold(m, pointer, operand, actual, false);
}

static void match_eq(struct jsonmatch *m,
                     struct str pointer,
                     const struct json *operand,
                     const struct json *actual)
{
    hold(m, pointer, operand, actual, json_equal(operand, actual, !m->unordered));
}

static void match_json(struct jsonmatch *m,
                       struct str pointer,
                       const struct json *operand,
                       const struct json *actual)
{
    struct json_error error;
    const struct json *inner =
        actual->kind == JSON_STRING ? json_parse(m->a, actual->text, &error) : NULL;
    if (inner)
        jsonmatch(m, pointer, operand, inner);
    else
        hold(m, pointer, operand, actual, false);
}

static void match_var(struct jsonmatch *m,
                      struct str pointer,
                      const struct json *operand,
                      const struct json *actual)
{
    const struct json *v = json_get(m->vars, operand->text);
    if (!v)
        jsonmatch_differ(m, pointer,
                         arena_printf(m->a, "the unknown variable %.*s", STR_ARG(operand->text)),
                         jsonmatch_show(m->a, actual));
    else if (!json_equal(v, actual, !m->unordered))
        jsonmatch_differ(m, pointer, jsonmatch_show(m->a, v), jsonmatch_show(m->a, actual));
}

static const struct jsonmatch_op k_ops[] = {
    {STR_INIT("$any"), OPERAND_TRUE, match_any},
    {STR_INIT("$absent"), OPERAND_TRUE, match_absent},
    {STR_INIT("$type"), OPERAND_TYPE, match_type},
    {STR_INIT("$re"), OPERAND_REGEX, match_re},
    {STR_INIT("$contains"), OPERAND_TEXT, match_contains},
    {STR_INIT("$gte"), OPERAND_NUMBER, match_bound},
    {STR_INIT("$gt"), OPERAND_NUMBER, match_bound},
    {STR_INIT("$lte"), OPERAND_NUMBER, match_bound},
    {STR_INIT("$lt"), OPERAND_NUMBER, match_bound},
    {STR_INIT("$in"), OPERAND_EXPECTED_LIST, match_in},
    {STR_INIT("$ne"), OPERAND_EXPECTED, match_ne},
    {STR_INIT("$len"), OPERAND_EXPECTED, match_len},
    {STR_INIT("$each"), OPERAND_EXPECTED, match_each},
    {STR_INIT("$some"), OPERAND_EXPECTED, match_some},
    {STR_INIT("$subset"), OPERAND_EXPECTED_OBJECT, match_subset},
    {STR_INIT("$eq"), OPERAND_VERBATIM, match_eq},
    {STR_INIT("$json"), OPERAND_EXPECTED, match_json},
    {STR_INIT("$var"), OPERAND_TEXT, match_var},
};

const struct jsonmatch_op *jsonmatch_op_find(struct str name)
{
    for (size_t i = 0; i < sizeof(k_ops) / sizeof(k_ops[0]); i++) {
        if (str_eq(k_ops[i].name, name))
            return &k_ops[i];
    }
    return NULL;
}

static bool is_type_name(struct str s)
{
    static const char *const k_types[] = {"string", "number", "integer", "boolean",
                                          "object", "array",  "null"};
    for (size_t i = 0; i < sizeof(k_types) / sizeof(k_types[0]); i++) {
        if (str_eq(s, str_from_cstr(k_types[i])))
            return true;
    }
    return false;
}

static bool regex_compiles(struct str pattern)
{
    regex_t re;
    struct arena a;
    bool ok;
    if (str_find(pattern, STR("${")) < pattern.n)
        return true; /* a variable goes in there first */
    arena_init(&a);
    ok = !has_nul(pattern) && regcomp(&re, arena_cstr(&a, pattern), REG_EXTENDED | REG_NOSUB) == 0;
    if (ok)
        regfree(&re);
    arena_release(&a);
    return ok;
}

const char *jsonmatch_operand_problem(enum jsonmatch_operand kind, const struct json *operand)
{
    const bool text = operand->kind == JSON_STRING;
    switch (kind) {
    case OPERAND_TRUE:
        return operand->kind == JSON_BOOL && operand->yes ? NULL : "only true can stand here";
    case OPERAND_TEXT:
        return text ? NULL : "a string was expected here";
    case OPERAND_TYPE:
        return text && is_type_name(operand->text) ? NULL : "there is no such type";
    case OPERAND_REGEX:
        return text && regex_compiles(operand->text) ? NULL
                                                     : "not a POSIX extended regular expression";
    case OPERAND_NUMBER:
        return operand->kind == JSON_NUMBER ? NULL : "a number was expected here";
    case OPERAND_EXPECTED_OBJECT:
        return operand->kind == JSON_OBJECT ? NULL : "an object was expected here";
    case OPERAND_EXPECTED_LIST:
        return operand->kind == JSON_ARRAY && operand->count ? NULL
                                                             : "a list that is not empty was "
                                                               "expected here";
    case OPERAND_EXPECTED:
    case OPERAND_VERBATIM:
        break;
    }
    return NULL;
}
