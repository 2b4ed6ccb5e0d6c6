#include "scenarios/runner/vars.h"

enum { EXPANDED_MAX = 64 * 1024 * 1024 };

static const struct json *look_up(struct arena *a,
                                  const struct json *vars,
                                  struct str name,
                                  struct str *problem)
{
    const struct json *v = json_get(vars, name);
    if (!v)
        *problem = arena_printf(a, "there is no variable \"%.*s\"", STR_ARG(name));
    return v;
}

/* Takes "${name}" off *rest, which starts with it. */
static bool put_variable(
    struct arena *a, struct buf *b, struct str *rest, const struct json *vars, struct str *problem)
{
    const size_t end = str_find_char(*rest, '}');
    if (end == rest->n) {
        *problem = STR("a ${ without its }");
        return false;
    }
    const struct json *v = look_up(a, vars, (struct str){rest->p + 2, end - 2}, problem);
    if (!v)
        return false;
    buf_add(b, json_plain(a, v));
    *rest = str_from(*rest, end + 1);
    return true;
}

static bool put_text(
    struct arena *a, struct buf *b, struct str rest, const struct json *vars, struct str *problem)
{
    while (rest.n) {
        if (str_starts(rest, STR("$${"))) {
            buf_add(b, STR("${"));
            rest = str_from(rest, 3);
        } else if (str_starts(rest, STR("${"))) {
            if (!put_variable(a, b, &rest, vars, problem))
                return false;
        } else {
            buf_add_char(b, rest.p[0]);
            rest = str_from(rest, 1);
        }
    }
    return true;
}

static struct json *expand_string(struct arena *a,
                                  const struct json *j,
                                  const struct json *vars,
                                  struct str *problem)
{
    struct buf b;
    buf_init(&b, EXPANDED_MAX);
    struct json *out = put_text(a, &b, j->text, vars, problem)
                           ? json_new_string(a, arena_strdup(a, buf_view(&b)))
                           : NULL;
    buf_release(&b);
    return out;
}

struct json *vars_expand(struct arena *a,
                         const struct json *j,
                         const struct json *vars,
                         struct str *problem)
{
    const struct json *name = j->count == 1 ? json_get(j, STR("$var")) : NULL;
    if (name) {
        const struct json *v = look_up(a, vars, name->text, problem);
        return v ? json_clone(a, v) : NULL;
    }
    if (j->kind == JSON_STRING)
        return expand_string(a, j, vars, problem);
    struct json *copy = json_new(a, j->kind);
    copy->yes = j->yes;
    copy->text = j->text;
    for (const struct json *c = j->first; c; c = c->next) {
        struct json *child = vars_expand(a, c, vars, problem);
        if (!child)
            return NULL;
        json_add(copy, c->key, child);
    }
    return copy;
}
