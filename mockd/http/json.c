#include "mockd/http/json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "mockd/base/big_lock.h"
#include "mockd/base/utf8.h"

/*
 * Every cJSON parse writes a global of its own (its error position), so one runs at a time; that
 * same lock guards the arena the nodes go to.
 */
static struct big_lock g_parse_lock;
static struct arena *g_parse_arena;
static pthread_once_t g_hooks_once = PTHREAD_ONCE_INIT;

static void *arena_hook_alloc(size_t n)
{
    return arena_alloc(g_parse_arena, n);
}

static void arena_hook_free(void *p)
{
    (void)p; /* the arena frees everything at once */
}

static void install_hooks(void)
{
    cJSON_Hooks hooks = {.malloc_fn = arena_hook_alloc, .free_fn = arena_hook_free};
    cJSON_InitHooks(&hooks);
}

const char *json_fault_text(enum json_fault fault)
{
    static const char *const k_text[] = {
        [JSON_GOOD] = "fine",
        [JSON_SYNTAX] = "not well-formed JSON",
        [JSON_TOO_DEEP] = "JSON nested more than 64 deep",
        [JSON_NOT_UTF8] = "not UTF-8",
        [JSON_NUL_BYTE] = "a NUL character in JSON",
    };
    return k_text[fault];
}

/* A backslash and what may follow it. cJSON reads a \u without four digits as a NUL. */
static bool is_escape(struct str s)
{
    if (s.n < 2 || !memchr("\"\\/bfnrtu", s.p[1], 9))
        return false;
    for (size_t i = 2; s.p[1] == 'u' && i < 6; i++) {
        if (i >= s.n || !memchr("0123456789abcdefABCDEF", s.p[i], 22))
            return false;
    }
    return true;
}

/* Passes over a string literal; s.p[i] is its opening quote. Returns the index after it. */
static size_t skip_string(struct str s, size_t i, enum json_fault *fault)
{
    for (i++; i < s.n && s.p[i] != '"'; i++) {
        if ((unsigned char)s.p[i] < 0x20)
            *fault = s.p[i] ? JSON_SYNTAX : JSON_NUL_BYTE;
        if (s.p[i] != '\\')
            continue;
        if (str_starts(str_from(s, i), STR("\\u0000")))
            *fault = JSON_NUL_BYTE;
        else if (!is_escape(str_from(s, i)))
            *fault = JSON_SYNTAX;
        i++;
    }
    return i + 1;
}

/* What cJSON would let pass, or recurse on: depth, control characters (it takes them all for
 * blanks), NUL. */
static enum json_fault scan(struct str s, size_t *at)
{
    enum json_fault fault = JSON_GOOD;
    int depth = 0;
    for (size_t i = 0; i < s.n && fault == JSON_GOOD;) {
        const char c = s.p[i];
        *at = i;
        if (c == '\0')
            fault = JSON_NUL_BYTE;
        else if ((unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            fault = JSON_SYNTAX;
        else if ((c == '{' || c == '[') && ++depth > JSON_DEPTH_MAX)
            fault = JSON_TOO_DEEP;
        else if (c == '}' || c == ']')
            depth--;
        i = c == '"' ? skip_string(s, i, &fault) : i + 1;
    }
    return fault;
}

/* cJSON takes "01", "+1" and "1." as numbers; the wire does not. */
static bool numbers_well_formed(struct str s, size_t *at)
{
    enum json_fault ignored = JSON_GOOD;
    for (size_t i = 0; i < s.n;) {
        const char c = s.p[i];
        if (c == '"') {
            i = skip_string(s, i, &ignored);
            continue;
        }
        if (c != '-' && c != '+' && (c < '0' || c > '9')) {
            i++;
            continue;
        }
        *at = i;
        const size_t start = c == '-' ? i + 1 : i;
        size_t end = start;
        while (end < s.n && memchr("0123456789+-.eE", s.p[end], 15))
            end++;
        const bool leading_zero =
            end > start + 1 && s.p[start] == '0' && s.p[start + 1] >= '0' && s.p[start + 1] <= '9';
        const bool digit_last = end > start && s.p[end - 1] >= '0' && s.p[end - 1] <= '9';
        if (leading_zero || !digit_last || s.p[start] < '0' || s.p[start] > '9')
            return false;
        i = end;
    }
    return true;
}

const struct cJSON *json_parse(struct arena *a, struct str text, enum json_fault *fault, size_t *at)
{
    *at = 0;
    *fault = utf8_valid(text) ? scan(text, at) : JSON_NOT_UTF8;
    if (*fault != JSON_GOOD)
        return NULL;
    *fault = JSON_SYNTAX;
    if (!numbers_well_formed(text, at))
        return NULL;

    pthread_once(&g_hooks_once, install_hooks);
    const char *z = arena_cstr(a, text);
    const char *end = z;
    big_lock_take(&g_parse_lock);
    g_parse_arena = a;
    const cJSON *v = cJSON_ParseWithLengthOpts(z, text.n + 1, &end, true);
    g_parse_arena = NULL;
    big_lock_leave(&g_parse_lock);
    *at = end ? (size_t)(end - z) : 0;
    if (v && !str_starts(text, STR("\xEF\xBB\xBF")))
        *fault = JSON_GOOD;
    return *fault == JSON_GOOD ? v : NULL;
}

struct str json_blank_comments(struct arena *a, struct str text)
{
    char *p = arena_alloc(a, text.n + 1);
    enum json_fault ignored = JSON_GOOD;
    if (text.n)
        memcpy(p, text.p, text.n);
    for (size_t i = 0; i + 1 < text.n;) {
        const struct str rest = str_from(text, i);
        if (text.p[i] == '"') {
            i = skip_string(text, i, &ignored);
            continue;
        }
        size_t len = 0;
        if (str_starts(rest, STR("//")))
            len = str_find_char(rest, '\n');
        else if (str_starts(rest, STR("/*")))
            len = 4 + str_find(str_from(rest, 2), STR("*/"));
        for (size_t k = i; k < i + len && k < text.n; k++)
            p[k] = p[k] == '\n' ? '\n' : ' ';
        i += len ? len : 1;
    }
    return (struct str){p, text.n};
}

enum json_kind json_kind(const struct cJSON *v)
{
    switch (v ? v->type & 0xFF : cJSON_Invalid) {
    case cJSON_NULL:
        return JSON_NULL;
    case cJSON_True:
    case cJSON_False:
        return JSON_BOOL;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_STRING;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_ABSENT;
    }
}

const char *json_kind_text(enum json_kind kind)
{
    static const char *const k_text[] = {
        [JSON_ABSENT] = "nothing",   [JSON_NULL] = "null",       [JSON_BOOL] = "a boolean",
        [JSON_NUMBER] = "a number",  [JSON_STRING] = "a string", [JSON_ARRAY] = "an array",
        [JSON_OBJECT] = "an object",
    };
    return k_text[kind];
}

const struct cJSON *json_get(const struct cJSON *object, struct str name)
{
    const struct cJSON *found = NULL;
    if (json_kind(object) != JSON_OBJECT)
        return NULL;
    for (const struct cJSON *m = object->child; m; m = m->next) {
        if (str_eq(json_name(m), name))
            found = m;
    }
    return found;
}

const struct cJSON *json_first(const struct cJSON *v)
{
    return v ? v->child : NULL;
}

const struct cJSON *json_next(const struct cJSON *child)
{
    return child ? child->next : NULL;
}

size_t json_count(const struct cJSON *v)
{
    size_t n = 0;
    for (const struct cJSON *c = json_first(v); c; c = c->next)
        n++;
    return n;
}

struct str json_name(const struct cJSON *member)
{
    return member ? str_from_cstr(member->string) : (struct str){0};
}

struct str json_text(const struct cJSON *v)
{
    return json_kind(v) == JSON_STRING ? str_from_cstr(v->valuestring) : (struct str){0};
}

bool json_true(const struct cJSON *v)
{
    return v && (v->type & 0xFF) == cJSON_True;
}

double json_number(const struct cJSON *v)
{
    return json_kind(v) == JSON_NUMBER ? v->valuedouble : 0;
}

bool json_int(const struct cJSON *v, int64_t *out)
{
    const double limit = 9007199254740992.0; /* 2^53: above it doubles skip integers */
    if (json_kind(v) != JSON_NUMBER || !(fabs(v->valuedouble) <= limit) ||
        trunc(v->valuedouble) != v->valuedouble)
        return false;
    *out = (int64_t)v->valuedouble;
    return true;
}

/* The fewest digits that read back as the same double. */
static struct str shortest(struct arena *a, double v)
{
    char text[32];
    if (isinf(v)) /* a literal beyond the range of a double, as JSON that says the same again */
        return v < 0 ? STR("-1e999") : STR("1e999");
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, v);
        if (!(strtod(text, NULL) < v) && !(strtod(text, NULL) > v))
            break;
    }
    return arena_strdup(a, str_from_cstr(text));
}

struct str json_scalar(struct arena *a, const struct cJSON *v)
{
    int64_t whole;
    switch (json_kind(v)) {
    case JSON_STRING:
        return json_text(v);
    case JSON_BOOL:
        return json_true(v) ? STR("true") : STR("false");
    case JSON_NUMBER:
        return json_int(v, &whole) ? arena_int(a, whole) : shortest(a, v->valuedouble);
    case JSON_ABSENT:
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    return (struct str){0};
}

static void put_escape(struct buf *to, unsigned char c)
{
    static const char k_short[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    buf_add_char(to, '\\');
    if (c == '"' || c == '\\')
        buf_add_char(to, (char)c);
    else if (c < 0x20 && k_short[c])
        buf_add_char(to, k_short[c]);
    else
        buf_addf(to, "u%04x", c);
}

void json_quote(struct buf *to, struct str s)
{
    size_t from = 0;
    buf_add_char(to, '"');
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
            continue;
        buf_add(to, (struct str){s.p + from, i - from});
        put_escape(to, c);
        from = i + 1;
    }
    if (from < s.n)
        buf_add(to, (struct str){s.p + from, s.n - from});
    buf_add_char(to, '"');
}

/* Recursion is bounded by JSON_DEPTH_MAX: only parsed values get here. */
void json_print(struct arena *a, struct buf *to, const struct cJSON *v) // NOLINT(misc-no-recursion)
{
    const enum json_kind kind = json_kind(v);
    if (kind != JSON_ARRAY && kind != JSON_OBJECT) {
        if (kind == JSON_STRING)
            json_quote(to, json_text(v));
        else
            buf_add(to, kind <= JSON_NULL ? STR("null") : json_scalar(a, v));
        return;
    }
    buf_add_char(to, kind == JSON_OBJECT ? '{' : '[');
    for (const struct cJSON *c = v->child; c; c = c->next) {
        if (kind == JSON_OBJECT) {
            json_quote(to, json_name(c));
            buf_add_char(to, ':');
        }
        json_print(a, to, c);
        if (c->next)
            buf_add_char(to, ',');
    }
    buf_add_char(to, kind == JSON_OBJECT ? '}' : ']');
}
