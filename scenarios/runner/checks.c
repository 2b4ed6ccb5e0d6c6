#include "scenarios/runner/checks.h"

#include "clients/lib/jsonmatch.h"
#include "scenarios/runner/bytes.h"

bool checks_problem(struct check *c, struct str pointer, struct str text)
{
    *c->out =
        (struct case_problem){.pointer = pointer.n ? pointer : STR("(the file)"), .text = text};
    return false;
}

const struct field *checks_field(const struct field *fields, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(fields[i].name, name))
            return &fields[i];
    }
    return NULL;
}

bool checks_object(
    struct check *c, struct str pointer, const struct json *j, const struct field *fields, size_t n)
{
    if (j->kind != JSON_OBJECT)
        return checks_problem(c, pointer, STR("an object was expected here"));
    for (const struct json *m = j->first; m; m = m->next) {
        const struct str at = json_pointer_add(c->a, pointer, m->key);
        const struct field *f = checks_field(fields, n, m->key);
        if (!f)
            return checks_problem(c, at, STR("there is no such key"));
        if (!f->check(c, at, m))
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (fields[i].required && !json_get(j, fields[i].name))
            return checks_problem(
                c, pointer, arena_printf(c->a, "\"%.*s\" is missing", STR_ARG(fields[i].name)));
    }
    return true;
}

bool checks_kind(struct check *c, struct str pointer, const struct json *j, enum json_kind kind)
{
    return j->kind == kind ||
           checks_problem(c, pointer,
                          arena_printf(c->a, "this is not a JSON %s", json_kind_name(kind)));
}

bool checks_is_text(struct check *c, struct str pointer, const struct json *j)
{
    return checks_kind(c, pointer, j, JSON_STRING);
}

bool checks_is_sentence(struct check *c, struct str pointer, const struct json *j)
{
    return checks_is_text(c, pointer, j) &&
           (j->text.n > 0 || checks_problem(c, pointer, STR("a sentence was expected here")));
}

bool checks_is_bool(struct check *c, struct str pointer, const struct json *j)
{
    return checks_kind(c, pointer, j, JSON_BOOL);
}

bool checks_is_count(struct check *c, struct str pointer, const struct json *j)
{
    int64_t v = 0;
    return (json_to_int(j, &v) && v >= 0) ||
           checks_problem(c, pointer, STR("a whole number from 0 was expected here"));
}

bool checks_is_number_of_times(struct check *c, struct str pointer, const struct json *j)
{
    int64_t v = 0;
    return (json_to_int(j, &v) && v >= 1) ||
           checks_problem(c, pointer, STR("a whole number from 1 was expected here"));
}

bool checks_is_any(struct check *c, struct str pointer, const struct json *j)
{
    (void)c;
    (void)pointer;
    (void)j;
    return true;
}

bool checks_is_map(struct check *c, struct str pointer, const struct json *j)
{
    return checks_kind(c, pointer, j, JSON_OBJECT);
}

bool checks_is_texts(struct check *c, struct str pointer, const struct json *j)
{
    size_t i = 0;
    if (!checks_kind(c, pointer, j, JSON_ARRAY))
        return false;
    for (const struct json *m = j->first; m; m = m->next) {
        if (!checks_is_text(c, json_pointer_add_index(c->a, pointer, i++), m))
            return false;
    }
    return true;
}

bool checks_is_text_or_texts(struct check *c, struct str pointer, const struct json *j)
{
    return j->kind == JSON_ARRAY ? checks_is_texts(c, pointer, j) : checks_is_text(c, pointer, j);
}

bool checks_is_text_map(struct check *c, struct str pointer, const struct json *j)
{
    if (!checks_is_map(c, pointer, j))
        return false;
    for (const struct json *m = j->first; m; m = m->next) {
        if (!checks_is_text(c, json_pointer_add(c->a, pointer, m->key), m))
            return false;
    }
    return true;
}

static bool is_scalar(struct check *c, struct str pointer, const struct json *j)
{
    return j->kind == JSON_STRING || j->kind == JSON_NUMBER || json_get(j, STR("$var")) ||
           checks_problem(c, pointer, STR("a string or a number was expected here"));
}

/* Of a query or form: text, a number, or a list of them for a name that comes several times. */
bool checks_is_pairs(struct check *c, struct str pointer, const struct json *j)
{
    if (!checks_is_map(c, pointer, j))
        return false;
    for (const struct json *m = j->first; m; m = m->next) {
        const struct str at = json_pointer_add(c->a, pointer, m->key);
        const struct json *one = m->kind == JSON_ARRAY ? m->first : m;
        for (; one; one = m->kind == JSON_ARRAY ? one->next : NULL) {
            if (!is_scalar(c, at, one))
                return false;
        }
    }
    return true;
}

bool checks_is_headers(struct check *c, struct str pointer, const struct json *j)
{
    if (!checks_is_map(c, pointer, j))
        return false;
    for (const struct json *m = j->first; m; m = m->next) {
        const struct str at = json_pointer_add(c->a, pointer, m->key);
        if (m->kind != JSON_NULL && !checks_is_text_or_texts(c, at, m))
            return false;
    }
    return true;
}

bool checks_is_hex(struct check *c, struct str pointer, const struct json *j)
{
    struct str bytes;
    return checks_is_text(c, pointer, j) &&
           (bytes_from_hex(c->a, j->text, &bytes) ||
            checks_problem(c, pointer, STR("pairs of hexadecimal digits were expected here")));
}

bool checks_is_repeated(struct check *c, struct str pointer, const struct json *j)
{
    static const struct field k_fields[] = {
        {STR_INIT("text"), true, checks_is_text},
        {STR_INIT("times"), true, checks_is_number_of_times},
    };
    return checks_object(c, pointer, j, k_fields, COUNT(k_fields));
}

static bool is_piece(struct check *c, struct str pointer, const struct json *j)
{
    static const struct field k_hex[] = {{STR_INIT("hex"), true, checks_is_hex}};
    static const struct field k_pause[] = {{STR_INIT("pause_ms"), true, checks_is_count}};
    if (j->kind == JSON_STRING)
        return true;
    if (json_get(j, STR("hex")))
        return checks_object(c, pointer, j, k_hex, COUNT(k_hex));
    if (json_get(j, STR("pause_ms")))
        return checks_object(c, pointer, j, k_pause, COUNT(k_pause));
    return checks_is_repeated(c, pointer, j);
}

bool checks_is_raw(struct check *c, struct str pointer, const struct json *j)
{
    size_t i = 0;
    if (j->kind != JSON_ARRAY)
        return is_piece(c, pointer, j);
    for (const struct json *m = j->first; m; m = m->next) {
        if (!is_piece(c, json_pointer_add_index(c->a, pointer, i++), m))
            return false;
    }
    return true;
}

bool checks_is_expected(struct check *c, struct str pointer, const struct json *j)
{
    struct jsonmatch_problem p;
    return jsonmatch_check(c->a, pointer, j, &p) || checks_problem(c, p.pointer, p.text);
}

bool checks_word(struct check *c,
                 struct str pointer,
                 const struct json *j,
                 const char *const *words)
{
    if (!checks_is_text(c, pointer, j))
        return false;
    for (; *words; words++) {
        if (str_eq(j->text, str_from_cstr(*words)))
            return true;
    }
    return checks_problem(c, pointer, STR("there is no such word"));
}
