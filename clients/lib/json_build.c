#include "clients/lib/json.h"

#include <inttypes.h>

enum { TEXT_MAX = 64 * 1024 * 1024 };

const char *json_kind_name(enum json_kind kind)
{
    static const char *const k_names[] = {
        [JSON_NULL] = "null",     [JSON_BOOL] = "boolean", [JSON_NUMBER] = "number",
        [JSON_STRING] = "string", [JSON_ARRAY] = "array",  [JSON_OBJECT] = "object",
    };
    return k_names[kind];
}

const struct json *json_get(const struct json *object, struct str key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    const struct json *m = object->first;
    while (m && !str_eq(m->key, key))
        m = m->next;
    return m;
}

static const struct json *item_at(const struct json *array, struct str index)
{
    uint64_t i = 0;
    if (!str_to_uint(index, array->count, &i) || (index.n > 1 && index.p[0] == '0'))
        return NULL;
    const struct json *item = array->first;
    while (item && i--)
        item = item->next;
    return item;
}

/* A pointer's token equals a key once ~1 stands for / and ~0 for ~. */
static bool token_is(struct str token, struct str key)
{
    size_t k = 0;
    for (size_t t = 0; t < token.n; t++, k++) {
        char c = token.p[t];
        if (c == '~') {
            t++;
            if (t == token.n || (token.p[t] != '0' && token.p[t] != '1'))
                return false;
            if (token.p[t] == '1')
                c = '/';
        }
        if (k >= key.n || key.p[k] != c)
            return false;
    }
    return k == key.n;
}

static const struct json *child_at(const struct json *parent, struct str token)
{
    if (parent->kind == JSON_ARRAY)
        return item_at(parent, token);
    if (parent->kind != JSON_OBJECT)
        return NULL;
    const struct json *m = parent->first;
    while (m && !token_is(token, m->key))
        m = m->next;
    return m;
}

const struct json *json_at(const struct json *root, struct str pointer)
{
    struct str token;
    if (pointer.n == 0)
        return root;
    if (pointer.p[0] != '/')
        return NULL;
    struct str rest = str_from(pointer, 1);
    while (root && str_split(&rest, '/', &token))
        root = child_at(root, token);
    return root;
}

struct str json_pointer_add(struct arena *a, struct str pointer, struct str token)
{
    char *out = arena_alloc(a, pointer.n + 1 + 2 * token.n + 1);
    size_t n = pointer.n;
    if (n)
        memcpy(out, pointer.p, n);
    out[n++] = '/';
    for (size_t i = 0; i < token.n; i++) {
        const char c = token.p[i];
        const bool special = c == '/' || c == '~';
        if (special)
            out[n++] = '~';
        out[n] = c;
        if (special)
            out[n] = (char)('0' + (c == '/'));
        n++;
    }
    return (struct str){out, n};
}

struct str json_pointer_add_index(struct arena *a, struct str pointer, size_t index)
{
    return arena_printf(a, "%.*s/%zu", STR_ARG(pointer), index);
}

bool json_to_int(const struct json *j, int64_t *out)
{
    uint64_t v = 0;
    if (!j || j->kind != JSON_NUMBER)
        return false;
    const bool negative = j->text.p[0] == '-';
    if (!str_to_uint(str_from(j->text, negative), INT64_MAX, &v))
        return false;
    *out = negative ? -(int64_t)v : (int64_t)v;
    return true;
}

static bool members_equal(const struct json *x, const struct json *y, bool ordered)
{
    if (x->count != y->count)
        return false;
    const struct json *at = y->first;
    for (const struct json *m = x->first; m; m = m->next) {
        const struct json *other = x->kind == JSON_OBJECT && !ordered ? json_get(y, m->key) : at;
        if (!other || !str_eq(m->key, other->key) || !json_equal(m, other, ordered))
            return false;
        at = at->next;
    }
    return true;
}

bool json_equal(const struct json *x, const struct json *y, bool ordered)
{
    if (x->kind != y->kind)
        return false;
    switch (x->kind) {
    case JSON_NULL:
        return true;
    case JSON_BOOL:
        return x->yes == y->yes;
    case JSON_NUMBER:
    case JSON_STRING:
        return str_eq(x->text, y->text);
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    return members_equal(x, y, ordered);
}

static void write_string(struct buf *b, struct str s)
{
    static const char k_from[] = "\"\\\b\f\n\r\t";
    static const char k_to[] = "\"\\bfnrt";

    buf_add_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const char *found = c ? strchr(k_from, c) : NULL;
        if (found) {
            buf_add_char(b, '\\');
            buf_add_char(b, k_to[found - k_from]);
        } else if ((unsigned char)c < 0x20) {
            buf_addf(b, "\\u%04x", (unsigned)c);
        } else {
            buf_add_char(b, c);
        }
    }
    buf_add_char(b, '"');
}

static void write_children(struct buf *b, const struct json *j)
{
    const bool object = j->kind == JSON_OBJECT;
    buf_add_char(b, object ? '{' : '[');
    for (const struct json *m = j->first; m; m = m->next) {
        if (m != j->first)
            buf_add_char(b, ',');
        if (object) {
            write_string(b, m->key);
            buf_add_char(b, ':');
        }
        json_write(b, m);
    }
    buf_add_char(b, object ? '}' : ']');
}

void json_write(struct buf *b, const struct json *j)
{
    switch (j->kind) {
    case JSON_NULL:
        buf_add(b, STR("null"));
        break;
    case JSON_BOOL:
        buf_add(b, j->yes ? STR("true") : STR("false"));
        break;
    case JSON_NUMBER:
        buf_add(b, j->text);
        break;
    case JSON_STRING:
        write_string(b, j->text);
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        write_children(b, j);
        break;
    }
}

struct str json_text(struct arena *a, const struct json *j, size_t max)
{
    struct buf b;
    buf_init(&b, max);
    json_write(&b, j);
    const struct str text = b.overflowed ? arena_printf(a, "%.*s...", STR_ARG(buf_view(&b)))
                                         : arena_strdup(a, buf_view(&b));
    buf_release(&b);
    return text;
}

struct str json_plain(struct arena *a, const struct json *j)
{
    return j->kind == JSON_STRING ? j->text : json_text(a, j, TEXT_MAX);
}

struct json *json_new(struct arena *a, enum json_kind kind)
{
    struct json *j = arena_new(a, struct json);
    j->kind = kind;
    return j;
}

struct json *json_new_string(struct arena *a, struct str text)
{
    struct json *j = json_new(a, JSON_STRING);
    j->text = text;
    return j;
}

struct json *json_new_int(struct arena *a, int64_t value)
{
    struct json *j = json_new(a, JSON_NUMBER);
    j->text = arena_printf(a, "%" PRId64, value);
    return j;
}

struct json *json_clone(struct arena *a, const struct json *j)
{
    struct json *copy = json_new(a, j->kind);
    copy->yes = j->yes;
    copy->text = arena_strdup(a, j->text);
    for (const struct json *m = j->first; m; m = m->next)
        json_add(copy, arena_strdup(a, m->key), json_clone(a, m));
    return copy;
}

void json_add(struct json *parent, struct str key, struct json *child)
{
    child->key = key;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

void json_set(struct json *object, struct str key, struct json *child)
{
    for (struct json **at = &object->first; *at; at = &(*at)->next) {
        if (!str_eq((*at)->key, key))
            continue;
        child->key = key;
        child->next = (*at)->next;
        if (object->last == *at)
            object->last = child;
        *at = child;
        return;
    }
    json_add(object, key, child);
}
