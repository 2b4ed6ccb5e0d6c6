#include "mockd/tools/gen_trigger.h"

#include <string.h>

/* Sets may hold sets; deeper than this it is a circle. */
enum { MAX_NESTING = 8 };

static bool holds(const cJSON *list, const char *s)
{
    const cJSON *v;
    cJSON_ArrayForEach(v, list)
    {
        if (strcmp(v->valuestring, s) == 0)
            return true;
    }
    return false;
}

/* "POST /v1/send": a method in capitals, a blank, a path. */
static bool is_endpoint(const char *s)
{
    const size_t method = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return method > 0 && s[method] == ' ' && s[method + 1] == '/';
}

static bool open_sets(const struct gen_row *r, const cJSON *names, int depth, cJSON *out)
{
    const cJSON *v;
    if (!cJSON_IsArray(names) || depth > MAX_NESTING)
        return gen_refuse(r->id, "lacks a good \"endpoints\"");
    cJSON_ArrayForEach(v, names)
    {
        if (!cJSON_IsString(v))
            return gen_refuse(r->id, "lacks a good \"endpoints\"");
        const char *s = v->valuestring;
        if (*s == '@') {
            const cJSON *set = cJSON_GetObjectItemCaseSensitive(r->src->sets, s + 1);
            if (!set)
                return gen_refuse(r->id, "there is no endpoint set \"%s\"", s);
            if (!open_sets(r, set, depth + 1, out))
                return false;
        } else if (!is_endpoint(s) || holds(out, s)) {
            return gen_refuse(r->id, "the endpoint \"%s\" is malformed or stands twice", s);
        } else {
            cJSON_AddItemToArray(out, cJSON_CreateString(s));
        }
    }
    return true;
}

static cJSON *opened(const struct gen_row *r, const cJSON *names)
{
    cJSON *out = cJSON_CreateArray();
    bool good = open_sets(r, names, 0, out);
    if (good && cJSON_GetArraySize(out) == 0)
        good = gen_refuse(r->id, "has no endpoint");
    if (good)
        return out;
    cJSON_Delete(out);
    return NULL;
}

cJSON *gen_endpoints(const struct gen_row *r)
{
    return opened(r, gen_value(r, "endpoints"));
}

static void add_trigger(cJSON *triggers, const char *kind, const char *value, const char *endpoint)
{
    cJSON *t = cJSON_CreateObject();
    cJSON_AddStringToObject(t, "kind", kind);
    cJSON_AddStringToObject(t, "value", value);
    cJSON_AddStringToObject(t, "endpoint", endpoint);
    cJSON_AddItemToArray(triggers, t);
}

/* s with zeros in front until it has `width` characters. */
static struct str padded(struct arena *a, const char *s, uint64_t width)
{
    const size_t n = strlen(s);
    return n >= width ? str_from_cstr(s)
                      : arena_printf(a, "%.*s%s", (int)(width - n), "00000000", s);
}

/* What stands between the braces of a template: "code", or "code:3" for three digits. */
static bool field_value(const struct gen_row *r, struct str field, struct str *out)
{
    struct arena *a = r->src->arena;
    uint64_t width = 0;
    const size_t colon = str_find_char(field, ':');
    const struct str name = {field.p, colon};
    const char *value = NULL;
    if (str_eq(name, STR("suffix")))
        value = r->suffix;
    else if (str_eq(name, STR("code")))
        value = cJSON_IsString(r->code) ? r->code->valuestring
                                        : arena_printf(a, "%d", r->code->valueint).p;
    if (!value || (colon < field.n && !str_to_uint(str_from(field, colon + 1), 8, &width)))
        return gen_refuse(r->id, "a trigger has the bad field {%.*s}", STR_ARG(field));
    *out = padded(a, value, width);
    return true;
}

/* The template with its {fields} filled in; NULL with a message. */
static const char *filled(const struct gen_row *r, const char *pattern)
{
    struct str rest = str_from_cstr(pattern);
    struct str done = STR("");
    for (;;) {
        const size_t open = str_find_char(rest, '{');
        const struct str plain = {rest.p, open};
        done = arena_printf(r->src->arena, "%.*s%.*s", STR_ARG(done), STR_ARG(plain));
        if (open == rest.n)
            return arena_cstr(r->src->arena, done);
        const struct str inside = str_from(rest, open + 1);
        const struct str field = {inside.p, str_find_char(inside, '}')};
        struct str value = STR("");
        if (!field_value(r, field, &value))
            return NULL;
        done = arena_printf(r->src->arena, "%.*s%.*s", STR_ARG(done), STR_ARG(value));
        rest = str_from(inside, field.n + 1);
    }
}

/* One trigger for each of the row's endpoints, those that the template's own list also has. */
static bool add_everywhere(const struct gen_row *r,
                           const cJSON *template,
                           const cJSON *endpoints,
                           const char *value,
                           cJSON *triggers)
{
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(template, "kind");
    const cJSON *only = cJSON_GetObjectItemCaseSensitive(template, "endpoints");
    cJSON *allowed = only ? opened(r, only) : NULL;
    const cJSON *v;
    if (only && !allowed)
        return false;
    cJSON_ArrayForEach(v, endpoints)
    {
        if (!allowed || holds(allowed, v->valuestring))
            add_trigger(triggers, kind->valuestring, value, v->valuestring);
    }
    cJSON_Delete(allowed);
    return true;
}

static bool add_template(const struct gen_row *r,
                         const cJSON *t,
                         const cJSON *endpoints,
                         cJSON *triggers)
{
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(t, "kind");
    const cJSON *pattern = cJSON_GetObjectItemCaseSensitive(t, "value");
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(t, "endpoint");
    const char *const kinds[] = {"msisdn", "email", "apiKey"};
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        known = known || (cJSON_IsString(kind) && strcmp(kind->valuestring, kinds[i]) == 0);
    if (!known || !cJSON_IsString(pattern))
        return gen_refuse(r->id, "a trigger lacks a good \"kind\" or \"value\"");
    const char *value = filled(r, pattern->valuestring);
    if (!value)
        return false;
    if (!at)
        return add_everywhere(r, t, endpoints, value, triggers);
    if (!cJSON_IsString(at) || !is_endpoint(at->valuestring))
        return gen_refuse(r->id, "a trigger lacks a good \"endpoint\"");
    add_trigger(triggers, kind->valuestring, value, at->valuestring);
    return true;
}

/* Every answer can be forced by its id, before authentication. */
static bool add_header(const struct gen_row *r, const cJSON *endpoints, cJSON *triggers)
{
    const cJSON *at = gen_value(r, "headerEndpoint");
    const char *where =
        cJSON_IsString(at) ? at->valuestring : cJSON_GetArrayItem(endpoints, 0)->valuestring;
    if (!is_endpoint(where))
        return gen_refuse(r->id, "lacks a good \"headerEndpoint\"");
    const char *line = arena_printf(r->src->arena, "X-Mockd-Error: %s", r->id).p;
    add_trigger(triggers, "header", line, where);
    return true;
}

static bool add_accounts(const struct gen_row *r, cJSON *triggers)
{
    const cJSON *v;
    cJSON_ArrayForEach(v, cJSON_GetObjectItemCaseSensitive(r->row, "accounts"))
    {
        if (!v->string || !cJSON_IsString(v) || !is_endpoint(v->valuestring))
            return gen_refuse(r->id, "lacks a good \"accounts\"");
        add_trigger(triggers, "account", v->string, v->valuestring);
    }
    return true;
}

cJSON *gen_triggers(const struct gen_row *r, const cJSON *endpoints)
{
    const cJSON *templates = gen_value(r, "triggers");
    const cJSON *t;
    cJSON *triggers = cJSON_CreateArray();
    bool good = add_header(r, endpoints, triggers) && add_accounts(r, triggers);
    cJSON_ArrayForEach(t, templates)
    {
        good = good && add_template(r, t, endpoints, triggers);
    }
    if (good)
        return triggers;
    cJSON_Delete(triggers);
    return NULL;
}
