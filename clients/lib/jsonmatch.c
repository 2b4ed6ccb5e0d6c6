#include "clients/lib/jsonmatch.h"

#include "clients/lib/jsonmatch_ops.h"

enum { SHOWN_BYTES = 300 };

void jsonmatch_differ(struct jsonmatch *m,
                      struct str pointer,
                      struct str expected,
                      struct str actual)
{
    struct jsonmatch_diff *d = arena_new(m->a, struct jsonmatch_diff);
    d->pointer = pointer;
    d->expected = expected;
    d->actual = actual;
    if (m->last)
        m->last->next = d;
    else
        m->first = d;
    m->last = d;
    m->count++;
}

struct str jsonmatch_show(struct arena *a, const struct json *j)
{
    return j ? json_text(a, j, SHOWN_BYTES) : STR("nothing (absent)");
}

static bool is_matcher(const struct json *j)
{
    if (j->kind != JSON_OBJECT)
        return false;
    for (const struct json *c = j->first; c; c = c->next) {
        if (c->key.n && c->key.p[0] == '$')
            return true;
    }
    return false;
}

static bool wants_absence(const struct json *expected)
{
    return json_get(expected, STR("$absent")) != NULL;
}

void jsonmatch_members(struct jsonmatch *m,
                       struct str pointer,
                       const struct json *expected,
                       const struct json *actual)
{
    for (const struct json *e = expected->first; e; e = e->next) {
        const struct str at = json_pointer_add(m->a, pointer, e->key);
        const struct json *found = json_get(actual, e->key);
        if (!wants_absence(e))
            jsonmatch(m, at, e, found);
        else if (found)
            jsonmatch_differ(m, at, STR("nothing (absent)"), jsonmatch_show(m->a, found));
    }
}

static void refuse_other_members(struct jsonmatch *m,
                                 struct str pointer,
                                 const struct json *expected,
                                 const struct json *actual)
{
    for (const struct json *c = actual->first; c; c = c->next) {
        if (!json_get(expected, c->key))
            jsonmatch_differ(m, json_pointer_add(m->a, pointer, c->key), STR("nothing (absent)"),
                             jsonmatch_show(m->a, c));
    }
}

static struct str key_list(struct arena *a, const struct json *object)
{
    struct str list = STR("keys in the order");
    for (const struct json *c = object->first; c; c = c->next) {
        if (!wants_absence(c))
            list = arena_printf(a, "%.*s %.*s", STR_ARG(list), STR_ARG(c->key));
    }
    return list;
}

/* Both have the same keys. */
static void match_order(struct jsonmatch *m,
                        struct str pointer,
                        const struct json *expected,
                        const struct json *actual)
{
    const struct json *c = actual->first;
    for (const struct json *e = expected->first; e; e = e->next) {
        if (wants_absence(e))
            continue;
        if (!str_eq(e->key, c->key)) {
            jsonmatch_differ(m, pointer, key_list(m->a, expected), key_list(m->a, actual));
            return;
        }
        c = c->next;
    }
}

static size_t keys_wanted(const struct json *expected)
{
    size_t n = 0;
    for (const struct json *e = expected->first; e; e = e->next)
        n += !wants_absence(e);
    return n;
}

static bool same_keys(const struct json *expected, const struct json *actual)
{
    if (keys_wanted(expected) != actual->count)
        return false;
    for (const struct json *e = expected->first; e; e = e->next) {
        if (!wants_absence(e) && !json_get(actual, e->key))
            return false;
    }
    return true;
}

static void match_object(struct jsonmatch *m,
                         struct str pointer,
                         const struct json *expected,
                         const struct json *actual)
{
    jsonmatch_members(m, pointer, expected, actual);
    refuse_other_members(m, pointer, expected, actual);
    if (!m->unordered && same_keys(expected, actual))
        match_order(m, pointer, expected, actual);
}

static void match_array(struct jsonmatch *m,
                        struct str pointer,
                        const struct json *expected,
                        const struct json *actual)
{
    const struct json *e = expected->first;
    const struct json *c = actual->first;
    for (size_t i = 0; e || c; i++) {
        const struct str at = json_pointer_add_index(m->a, pointer, i);
        if (e)
            jsonmatch(m, at, e, c);
        else
            jsonmatch_differ(m, at, STR("nothing (absent)"), jsonmatch_show(m->a, c));
        e = e ? e->next : NULL;
        c = c ? c->next : NULL;
    }
}

static void match_all(struct jsonmatch *m,
                      struct str pointer,
                      const struct json *matcher,
                      const struct json *actual)
{
    for (const struct json *c = matcher->first; c; c = c->next) {
        const struct jsonmatch_op *op = jsonmatch_op_find(c->key);
        if (op && !jsonmatch_operand_problem(op->operand, c))
            op->match(m, pointer, c, actual);
        else
            jsonmatch_differ(m, pointer,
                             arena_printf(m->a, "the malformed matcher %.*s", STR_ARG(c->key)),
                             jsonmatch_show(m->a, actual));
    }
}

bool jsonmatch(struct jsonmatch *m,
               struct str pointer,
               const struct json *expected,
               const struct json *actual)
{
    const size_t before = m->count;
    if (!actual) {
        if (!wants_absence(expected))
            jsonmatch_differ(m, pointer, jsonmatch_show(m->a, expected),
                             jsonmatch_show(m->a, NULL));
    } else if (is_matcher(expected)) {
        match_all(m, pointer, expected, actual);
    } else if (expected->kind == actual->kind && expected->kind == JSON_OBJECT) {
        match_object(m, pointer, expected, actual);
    } else if (expected->kind == actual->kind && expected->kind == JSON_ARRAY) {
        match_array(m, pointer, expected, actual);
    } else if (!json_equal(expected, actual, true)) {
        jsonmatch_differ(m, pointer, jsonmatch_show(m->a, expected), jsonmatch_show(m->a, actual));
    }
    return m->count == before;
}

void jsonmatch_write(struct buf *b, const struct jsonmatch *m)
{
    for (const struct jsonmatch_diff *d = m->first; d; d = d->next) {
        buf_add(b, d->pointer.n ? d->pointer : STR("(the whole value)"));
        buf_add(b, STR(": expected "));
        buf_add(b, d->expected);
        buf_add(b, STR(", got "));
        buf_add(b, d->actual);
        buf_add(b, STR("\n"));
    }
}

static bool problem(struct jsonmatch_problem *out, struct str pointer, struct str text)
{
    *out = (struct jsonmatch_problem){.pointer = pointer, .text = text};
    return false;
}

static bool check_op(struct arena *a,
                     struct str pointer,
                     const struct json *member,
                     struct jsonmatch_problem *out)
{
    const struct jsonmatch_op *op = jsonmatch_op_find(member->key);
    if (!op)
        return problem(out, pointer, STR("there is no such matcher"));
    const char *wrong = jsonmatch_operand_problem(op->operand, member);
    if (wrong)
        return problem(out, pointer, str_from_cstr(wrong));
    const bool nested = op->operand == OPERAND_EXPECTED || op->operand == OPERAND_EXPECTED_OBJECT ||
                        op->operand == OPERAND_EXPECTED_LIST;
    return !nested || jsonmatch_check(a, pointer, member, out);
}

bool jsonmatch_check(struct arena *a,
                     struct str pointer,
                     const struct json *expected,
                     struct jsonmatch_problem *out)
{
    const bool matcher = is_matcher(expected);
    size_t i = 0;
    for (const struct json *c = expected->first; c; c = c->next, i++) {
        const struct str at = expected->kind == JSON_ARRAY ? json_pointer_add_index(a, pointer, i)
                                                           : json_pointer_add(a, pointer, c->key);
        if (!(matcher ? check_op(a, at, c, out) : jsonmatch_check(a, at, c, out)))
            return false;
    }
    return true;
}
