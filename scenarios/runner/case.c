#include "scenarios/runner/case.h"

#include "clients/lib/sys.h"

enum { FILE_MAX = 4 * 1024 * 1024, INCLUDE_DEPTH = 8 };

struct loader {
    struct arena *a;
    struct test_case *tc;
    struct str *problem;
    int depth;
};

static bool fail(struct loader *l, struct str where, struct str text)
{
    *l->problem = arena_printf(l->a, "%.*s: %.*s", STR_ARG(where), STR_ARG(text));
    return false;
}

static const struct json *read_json(struct loader *l, const char *path)
{
    struct str text;
    struct json_error error;
    const struct str name = str_from_cstr(path);
    const enum err e = sys_read_file(l->a, path, FILE_MAX, &text);
    if (e) {
        fail(l, name, str_from_cstr(err_text(e)));
        return NULL;
    }
    const struct json *root = json_parse(l->a, text, &error);
    if (!root)
        fail(l, arena_printf(l->a, "%s:%zu:%zu", path, error.line, error.column), error.message);
    return root;
}

static bool add_steps(struct loader *l,
                      const char *path,
                      struct str prefix,
                      const struct json *steps);

/* What `path` names, seen from the file that says it. */
static const char *beside(struct arena *a, const char *file, struct str path)
{
    const char *slash = strrchr(file, '/');
    const struct str folder = {file, slash ? (size_t)(slash - file) + 1 : 0};
    return arena_printf(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(path)).p;
}

static bool include(struct loader *l, const char *from, struct str where, struct str path)
{
    struct case_problem p;
    if (l->depth == INCLUDE_DEPTH)
        return fail(l, where, STR("files include each other too deeply"));
    const char *file = beside(l->a, from, path);
    const struct json *root = read_json(l, file);
    if (!root)
        return false;
    const struct json *steps = json_get(root, STR("steps"));
    if (!casecheck_file(l->a, root, &p))
        return fail(l, arena_printf(l->a, "%s %.*s", file, STR_ARG(p.pointer)), p.text);
    if (root->count != 2 || !steps)
        return fail(l, str_from_cstr(file), STR("an included file has \"why\" and \"steps\" only"));
    l->depth++;
    const bool ok = add_steps(l, file, arena_printf(l->a, "%.*s /steps", STR_ARG(path)), steps);
    l->depth--;
    return ok;
}

static bool add_step(struct loader *l, const char *path, struct str where, const struct json *node)
{
    struct case_problem p;
    if (!casecheck_step(l->a, where, node, &p))
        return fail(l, p.pointer, p.text);
    const struct json *file = json_get(node, STR("include"));
    if (file)
        return include(l, path, where, file->text);
    struct case_step *step = arena_new(l->a, struct case_step);
    step->where = where;
    step->node = node;
    if (l->tc->last)
        l->tc->last->next = step;
    else
        l->tc->first = step;
    l->tc->last = step;
    l->tc->nsteps++;
    return true;
}

static bool add_steps(struct loader *l,
                      const char *path,
                      struct str prefix,
                      const struct json *steps)
{
    size_t i = 0;
    for (const struct json *s = steps->first; s; s = s->next) {
        if (!add_step(l, path, json_pointer_add_index(l->a, prefix, i++), s))
            return false;
    }
    return true;
}

bool case_load(struct arena *a, const char *path, struct test_case *out, struct str *problem)
{
    struct case_problem p;
    struct loader l = {.a = a, .tc = out, .problem = problem};
    const struct json *root = read_json(&l, path);

    if (!root)
        return false;
    if (!casecheck_file(a, root, &p))
        return fail(&l, p.pointer, p.text);
    *out = (struct test_case){
        .path = path,
        .why = json_get(root, STR("why"))->text,
        .serve = json_get(root, STR("serve")),
        .env = json_get(root, STR("env")),
        .config = json_get(root, STR("config")),
        .vars = json_get(root, STR("vars")),
        .exit = json_get(root, STR("exit")),
    };
    const struct json *steps = json_get(root, STR("steps"));
    if (steps && out->exit)
        return fail(&l, STR("/exit"), STR("a server that ends by itself has no steps"));
    if (!steps && !out->exit)
        return fail(&l, STR("(the file)"), STR("\"steps\" is missing"));
    return !steps || add_steps(&l, path, STR("/steps"), steps);
}
