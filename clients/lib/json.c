#include "clients/lib/json.h"

#include "mockd/base/utf8.h"

struct parser {
    struct arena *a;
    struct str all;
    size_t at;
    unsigned depth;
    const char *problem; /* the first one */
};

static struct json *parse_value(struct parser *p);

static struct json *fail(struct parser *p, const char *problem)
{
    if (!p->problem)
        p->problem = problem;
    return NULL;
}

static bool refuse(struct parser *p, const char *problem)
{
    fail(p, problem);
    return false;
}

/* 0 stands for the end; a NUL byte outside a string is no JSON either. */
static char peek(const struct parser *p)
{
    if (p->at >= p->all.n)
        return '\0';
    return p->all.p[p->at];
}

static void skip_space(struct parser *p)
{
    while (peek(p) == ' ' || peek(p) == '\t' || peek(p) == '\n' || peek(p) == '\r')
        p->at++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool skip_digits(struct parser *p)
{
    const size_t from = p->at;
    while (is_digit(peek(p)))
        p->at++;
    return p->at > from;
}

static struct json *parse_number(struct parser *p)
{
    const size_t from = p->at;
    if (peek(p) == '-')
        p->at++;
    if (peek(p) == '0')
        p->at++;
    else if (!skip_digits(p))
        return fail(p, "a value was expected here");
    if (is_digit(peek(p)))
        return fail(p, "a number has no leading zero");
    if (peek(p) == '.') {
        p->at++;
        if (!skip_digits(p))
            return fail(p, "digits are missing after the point");
    }
    if (peek(p) == 'e' || peek(p) == 'E') {
        p->at++;
        if (peek(p) == '+' || peek(p) == '-')
            p->at++;
        if (!skip_digits(p))
            return fail(p, "digits are missing in the exponent");
    }
    struct json *j = json_new(p->a, JSON_NUMBER);
    j->text = (struct str){p->all.p + from, p->at - from};
    return j;
}

static bool hex4(struct parser *p, uint32_t *out)
{
    uint32_t v = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        const char c = peek(p);
        const char low = (char)(c | 0x20);
        if (is_digit(c))
            v = v * 16 + (uint32_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            v = v * 16 + (uint32_t)(low - 'a' + 10);
        else
            return refuse(p, "\\u needs four hexadecimal digits");
    }
    *out = v;
    return true;
}

static size_t parse_unicode_escape(struct parser *p, char *out)
{
    uint32_t high = 0;
    uint32_t low = 0;
    if (!hex4(p, &high))
        return 0;
    if (high < 0xD800 || high > 0xDFFF)
        return utf8_put(out, high);
    if (high > 0xDBFF || !str_starts(str_from(p->all, p->at), STR("\\u"))) {
        fail(p, "a lone surrogate");
        return 0;
    }
    p->at += 2;
    if (!hex4(p, &low))
        return 0;
    if (low < 0xDC00 || low > 0xDFFF) {
        fail(p, "a lone surrogate");
        return 0;
    }
    return utf8_put(out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
}

/* After the backslash. How many bytes were put, 0 on a problem. */
static size_t parse_escape(struct parser *p, char *out)
{
    static const char k_from[] = "\"\\/bfnrt";
    static const char k_to[] = "\"\\/\b\f\n\r\t";
    const char c = peek(p);

    p->at++;
    if (c == 'u')
        return parse_unicode_escape(p, out);
    const char *found = c ? strchr(k_from, c) : NULL;
    if (!found) {
        fail(p, "an unknown escape");
        return 0;
    }
    *out = k_to[found - k_from];
    return 1;
}

static size_t string_end(const struct parser *p)
{
    size_t i = p->at;
    while (i < p->all.n && p->all.p[i] != '"')
        i += p->all.p[i] == '\\' ? 2 : 1;
    return i;
}

/* Absent on a problem. p->at is on the opening quote. */
static struct str parse_string_text(struct parser *p)
{
    p->at++;
    const size_t end = string_end(p);
    if (end >= p->all.n) {
        fail(p, "a string without an end");
        return (struct str){0};
    }
    char *out =
        arena_alloc(p->a, end - p->at + 1); /* an escape never takes less room than it gives */
    size_t n = 0;
    while (p->at < end) {
        const char c = p->all.p[p->at];
        if ((unsigned char)c < 0x20) {
            fail(p, "a raw control character in a string");
            return (struct str){0};
        }
        p->at++;
        if (c != '\\') {
            out[n++] = c;
            continue;
        }
        const size_t put = parse_escape(p, out + n);
        if (!put)
            return (struct str){0};
        n += put;
    }
    p->at++;
    return (struct str){out, n};
}

static struct json *parse_string(struct parser *p)
{
    const struct str text = parse_string_text(p);
    return text.p ? json_new_string(p->a, text) : NULL;
}

static struct json *parse_array(struct parser *p)
{
    struct json *array = json_new(p->a, JSON_ARRAY);
    p->at++;
    skip_space(p);
    if (peek(p) == ']') {
        p->at++;
        return array;
    }
    for (;;) {
        struct json *item = parse_value(p);
        if (!item)
            return NULL;
        json_add(array, (struct str){0}, item);
        const char c = peek(p);
        if (c != ',' && c != ']')
            return fail(p, "a comma or the end of the array was expected here");
        p->at++;
        if (c == ']')
            return array;
    }
}

static bool parse_member(struct parser *p, struct json *object)
{
    skip_space(p);
    if (peek(p) != '"')
        return refuse(p, "a key in quotes was expected here");
    const size_t start = p->at;
    const struct str key = parse_string_text(p);
    if (!key.p)
        return false;
    if (json_get(object, key)) {
        p->at = start;
        return refuse(p, "the same key twice in one object");
    }
    skip_space(p);
    if (peek(p) != ':')
        return refuse(p, "a colon was expected here");
    p->at++;
    struct json *value = parse_value(p);
    if (!value)
        return false;
    json_add(object, key, value);
    return true;
}

static struct json *parse_object(struct parser *p)
{
    struct json *object = json_new(p->a, JSON_OBJECT);
    p->at++;
    skip_space(p);
    if (peek(p) == '}') {
        p->at++;
        return object;
    }
    for (;;) {
        if (!parse_member(p, object))
            return NULL;
        const char c = peek(p);
        if (c != ',' && c != '}')
            return fail(p, "a comma or the end of the object was expected here");
        p->at++;
        if (c == '}')
            return object;
    }
}

static struct json *parse_word(struct parser *p, struct str word, enum json_kind kind, bool yes)
{
    if (!str_starts(str_from(p->all, p->at), word))
        return fail(p, "a value was expected here");
    p->at += word.n;
    struct json *j = json_new(p->a, kind);
    j->yes = yes;
    return j;
}

static struct json *parse_nested(struct parser *p)
{
    if (p->depth >= JSON_MAX_DEPTH)
        return fail(p, "nested too deeply");
    p->depth++;
    struct json *j = peek(p) == '{' ? parse_object(p) : parse_array(p);
    p->depth--;
    return j;
}

/* A value with the space around it. */
static struct json *parse_value(struct parser *p)
{
    struct json *j;
    skip_space(p);
    switch (peek(p)) {
    case '{':
    case '[':
        j = parse_nested(p);
        break;
    case '"':
        j = parse_string(p);
        break;
    case 't':
        j = parse_word(p, STR("true"), JSON_BOOL, true);
        break;
    case 'f':
        j = parse_word(p, STR("false"), JSON_BOOL, false);
        break;
    case 'n':
        j = parse_word(p, STR("null"), JSON_NULL, false);
        break;
    default:
        j = parse_number(p);
    }
    if (j)
        skip_space(p);
    return j;
}

static void locate(const struct parser *p, struct json_error *error)
{
    error->line = 1;
    error->column = 1;
    for (size_t i = 0; i < p->at && i < p->all.n; i++) {
        error->column++;
        if (p->all.p[i] == '\n') {
            error->line++;
            error->column = 1;
        }
    }
    error->message = str_from_cstr(p->problem);
}

struct json *json_parse(struct arena *a, struct str text, struct json_error *error)
{
    struct parser p = {.a = a, .all = text};
    struct json *j = NULL;

    if (!utf8_valid(text))
        fail(&p, "not well-formed UTF-8");
    else
        j = parse_value(&p);
    if (j && p.at < text.n)
        j = fail(&p, "text after the value");
    if (!j)
        locate(&p, error);
    return j;
}
