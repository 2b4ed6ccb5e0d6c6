#include "mockd/tools/gen_entry.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mockd/base/utf8.h"
#include "mockd/tools/gen_trigger.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const char *const k_row_keys[] = {
    "id",        "code",           "name",       "message",  "fr",
    "condition", "endpoints",      "httpStatus", "evidence", "class",
    "retryable", "headerEndpoint", "accounts",   "triggers",
};

static const char *const k_group_keys[] = {
    "section", "endpoints", "httpStatus",     "evidence",
    "class",   "retryable", "headerEndpoint", "triggers",
};

static const char *const k_evidence[] = {"documented", "seen", "inferred", "assumed"};

static const char *const k_classes[] = {
    "ok",        "unknown",   "http_4xx",          "throttled",
    "auth",      "signature", "invalid_request",   "rejected",
    "forbidden", "quota",     "provider_internal",
};

bool gen_refuse(const char *what, const char *fmt, ...)
{
    va_list args;
    fprintf(stderr, "gen_errors: %s: ", what);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
    return false;
}

static bool is_one_of(const char *s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], s) == 0)
            return true;
    return false;
}

/* cJSON keeps both of two equal keys and finds the first, so a slip would go unseen. */
static bool keys_are_good(const char *what, const cJSON *object, const char *const *keys, size_t n)
{
    const cJSON *v;
    cJSON_ArrayForEach(v, object)
    {
        if (!is_one_of(v->string, keys, n))
            return gen_refuse(what, "does not know the key \"%s\"", v->string);
        if (cJSON_GetObjectItemCaseSensitive(object, v->string) != v)
            return gen_refuse(what, "has the key \"%s\" twice", v->string);
    }
    return true;
}

static bool groups_are_good(const cJSON *groups)
{
    const cJSON *g;
    cJSON_ArrayForEach(g, groups)
    {
        if (!cJSON_IsObject(g) || !keys_are_good(g->string, g, k_group_keys, COUNT(k_group_keys)))
            return gen_refuse("groups", "\"%s\" is not good", g->string);
        if (cJSON_GetObjectItemCaseSensitive(groups, g->string) != g)
            return gen_refuse("groups", "\"%s\" stands twice", g->string);
        if (!cJSON_IsString(cJSON_GetObjectItemCaseSensitive(g, "section")))
            return gen_refuse("groups", "\"%s\" lacks a good \"section\"", g->string);
    }
    return true;
}

bool gen_source_init(struct gen_source *src, struct arena *arena, const cJSON *root)
{
    const cJSON *provider = cJSON_GetObjectItemCaseSensitive(root, "provider");
    if (!cJSON_IsString(provider) || !*provider->valuestring)
        return gen_refuse("file", "lacks a good \"provider\"");
    *src = (struct gen_source){
        .arena = arena,
        .provider = provider->valuestring,
        .sets = cJSON_GetObjectItemCaseSensitive(root, "endpointSets"),
        .defaults = cJSON_GetObjectItemCaseSensitive(root, "defaults"),
        .groups = cJSON_GetObjectItemCaseSensitive(root, "groups"),
        .rows = cJSON_GetObjectItemCaseSensitive(root, "entries"),
    };
    if (!cJSON_IsArray(src->rows) || cJSON_GetArraySize(src->rows) == 0)
        return gen_refuse("file", "lacks a good \"entries\"");
    if (!cJSON_IsObject(src->groups))
        return gen_refuse("file", "lacks a good \"groups\"");
    return groups_are_good(src->groups) &&
           keys_are_good("defaults", src->defaults, k_group_keys, COUNT(k_group_keys));
}

const cJSON *gen_value(const struct gen_row *r, const char *key)
{
    const cJSON *const places[] = {r->row, r->group, r->src->defaults};
    for (size_t i = 0; i < COUNT(places); i++) {
        const cJSON *v = cJSON_GetObjectItemCaseSensitive(places[i], key);
        if (v)
            return v;
    }
    return NULL;
}

/* Non-empty UTF-8 text, or NULL with a message. */
static const char *want_text(const struct gen_row *r, const char *key)
{
    const cJSON *v = gen_value(r, key);
    if (cJSON_IsString(v) && *v->valuestring && utf8_valid(str_from_cstr(v->valuestring)))
        return v->valuestring;
    gen_refuse(r->id, "lacks a good \"%s\"", key);
    return NULL;
}

static const char *want_word(const struct gen_row *r,
                             const char *key,
                             const char *const *list,
                             size_t n)
{
    const char *s = want_text(r, key);
    if (s && is_one_of(s, list, n))
        return s;
    if (s)
        gen_refuse(r->id, "\"%s\" cannot be \"%s\"", key, s);
    return NULL;
}

/* A whole number in [min, max], or -1 with a message. */
static int want_number(const struct gen_row *r, const char *key, int min, int max)
{
    const cJSON *v = gen_value(r, key);
    if (cJSON_IsNumber(v) && v->valuedouble >= min && v->valuedouble <= max &&
        v->valuedouble - v->valueint == 0.0)
        return v->valueint;
    gen_refuse(r->id, "lacks a good \"%s\"", key);
    return -1;
}

static const char *slug_of(struct arena *a, const cJSON *code)
{
    if (cJSON_IsNumber(code))
        return arena_printf(a, "%d", code->valueint).p;
    const struct str word = str_from_cstr(code->valuestring);
    char *slug = arena_alloc(a, word.n + 1);
    for (size_t i = 0; i < word.n; i++)
        slug[i] = isalnum((unsigned char)word.p[i]) || word.p[i] == '_' ? word.p[i] : '-';
    return slug;
}

/* True when a row above has the id that this code would get by itself. */
static bool is_taken_above(const struct gen_row *r, const char *slug)
{
    const struct str plain =
        arena_printf(r->src->arena, "%s.%s.%s", r->src->provider, r->group_name, slug);
    const cJSON *other;
    cJSON_ArrayForEach(other, r->src->rows)
    {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(other, "id");
        if (other == r->row)
            return false;
        if (cJSON_IsString(id) && str_eq(str_from_cstr(id->valuestring), plain))
            return true;
    }
    return false;
}

/* Takes the id apart; it ends with the code unless another row had that id first. */
static bool read_id(struct gen_row *r)
{
    struct arena *a = r->src->arena;
    const struct str id = str_from_cstr(r->id);
    const struct str prefix = arena_printf(a, "%s.", r->src->provider);
    const struct str rest = str_from(id, prefix.n);
    const size_t dot = str_find_char(rest, '.');
    if (!str_starts(id, prefix) || dot == rest.n || dot + 1 == rest.n)
        return gen_refuse(r->id, "the id is not %s.<group>.<code>", r->src->provider);
    r->group_name = arena_cstr(a, (struct str){rest.p, dot});
    r->suffix = arena_cstr(a, str_from(rest, dot + 1));
    r->group = cJSON_GetObjectItemCaseSensitive(r->src->groups, r->group_name);
    if (!r->group)
        return gen_refuse(r->id, "there is no group \"%s\"", r->group_name);
    r->code = cJSON_GetObjectItemCaseSensitive(r->row, "code");
    const bool is_word = cJSON_IsString(r->code) && *r->code->valuestring;
    if (!is_word && want_number(r, "code", 0, 99999) < 0)
        return false;
    const char *slug = slug_of(a, r->code);
    if (strcmp(slug, r->suffix) != 0 && !is_taken_above(r, slug))
        return gen_refuse(r->id, "the id does not end with the code \"%s\"", slug);
    return true;
}

static bool add_texts(const struct gen_row *r, cJSON *e)
{
    const char *message = want_text(r, "message");
    const char *fr = gen_value(r, "fr") ? want_text(r, "fr") : message;
    const cJSON *name = gen_value(r, "name");
    if (!message || !fr || (name && !want_text(r, "name")))
        return false;
    cJSON_AddItemToObject(e, "name", name ? cJSON_Duplicate(name, false) : cJSON_CreateNull());
    cJSON_AddStringToObject(e, "message", message);
    cJSON *messages = cJSON_AddObjectToObject(e, "messages");
    cJSON_AddStringToObject(messages, "en", message);
    cJSON_AddStringToObject(messages, "fr", fr);
    return true;
}

static bool add_rest(const struct gen_row *r, cJSON *e)
{
    const int status = want_number(r, "httpStatus", 200, 599);
    const char *condition = want_text(r, "condition");
    const char *evidence = want_word(r, "evidence", k_evidence, COUNT(k_evidence));
    const char *class_name = want_word(r, "class", k_classes, COUNT(k_classes));
    const cJSON *retryable = gen_value(r, "retryable");
    if (status < 0 || !condition || !evidence || !class_name)
        return false;
    if (!cJSON_IsBool(retryable))
        return gen_refuse(r->id, "lacks a good \"retryable\"");
    cJSON_AddNumberToObject(e, "httpStatus", status);
    cJSON *endpoints = gen_endpoints(r);
    if (!endpoints)
        return false;
    cJSON_AddItemToObject(e, "endpoints", endpoints);
    cJSON_AddStringToObject(e, "condition", condition);
    cJSON_AddStringToObject(e, "evidence", evidence);
    cJSON_AddStringToObject(e, "class", class_name);
    cJSON_AddBoolToObject(e, "retryable", cJSON_IsTrue(retryable));
    cJSON *triggers = gen_triggers(r, endpoints);
    if (triggers)
        cJSON_AddItemToObject(e, "triggers", triggers);
    return triggers != NULL;
}

cJSON *gen_entry(const struct gen_source *src, const cJSON *row)
{
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(row, "id");
    if (!cJSON_IsString(id)) {
        gen_refuse("entries", "an entry lacks a good \"id\"");
        return NULL;
    }
    struct gen_row r = {.src = src, .row = row, .id = id->valuestring};
    if (!keys_are_good(r.id, row, k_row_keys, COUNT(k_row_keys)) || !read_id(&r))
        return NULL;
    const cJSON *section = cJSON_GetObjectItemCaseSensitive(r.group, "section");
    cJSON *e = cJSON_CreateObject();
    cJSON_AddStringToObject(e, "id", r.id);
    cJSON_AddStringToObject(e, "provider", src->provider);
    cJSON_AddStringToObject(e, "section", section->valuestring);
    cJSON_AddItemToObject(e, "code", cJSON_Duplicate(r.code, false));
    if (add_texts(&r, e) && add_rest(&r, e))
        return e;
    cJSON_Delete(e);
    return NULL;
}
