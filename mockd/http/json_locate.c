#include "mockd/http/json_locate.h"

static size_t skip_space(struct str t, size_t i)
{
    while (i < t.n && (t.p[i] == ' ' || t.p[i] == '\n' || t.p[i] == '\t' || t.p[i] == '\r'))
        i++;
    return i;
}

/* i is at the opening quote; the index after the closing one. */
static size_t skip_string(struct str t, size_t i)
{
    for (i++; i < t.n && t.p[i] != '"'; i++) {
        if (t.p[i] == '\\')
            i++;
    }
    return i + 1;
}

/* The index after the value that begins at i. */
static size_t skip_value(struct str t, size_t i)
{
    int depth = 0;
    do {
        if (i >= t.n)
            return t.n;
        const char c = t.p[i];
        if (c == '"') {
            i = skip_string(t, i);
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        if (c == '}' || c == ']')
            depth--;
        i++;
        while (depth == 0 && c != '}' && c != ']' && i < t.n && !strchr(",}] \n\t\r", t.p[i]))
            i++;
    } while (depth > 0);
    return i;
}

/* True when the raw key at [from, to) is the pointer's token ("~1" is '/', "~0" is '~'). */
static bool key_is(struct str t, size_t from, size_t to, struct str token)
{
    size_t i = from;
    for (size_t k = 0; k < token.n; k++, i++) {
        char c = token.p[k];
        if (c == '~' && k + 1 < token.n)
            c = token.p[++k] == '1' ? '/' : '~';
        if (i >= to || t.p[i] != c)
            return false;
    }
    return i == to;
}

/* Moves *at from a container to the child that the token names; *value is where its value is. */
static bool step(struct str t, size_t *at, size_t *value, struct str token)
{
    const size_t open = *value;
    const bool object = open < t.n && t.p[open] == '{';
    uint64_t index = 0;
    if (open >= t.n || (!object && (t.p[open] != '[' || !str_to_uint(token, 1000000, &index))))
        return false;
    size_t i = skip_space(t, open + 1);
    for (uint64_t k = 0; i < t.n && t.p[i] != '}' && t.p[i] != ']'; k++) {
        const size_t start = i;
        bool found = !object && k == index;
        if (object) {
            const size_t end = skip_string(t, i);
            found = key_is(t, i + 1, end - 1, token);
            i = skip_space(t, skip_space(t, end) + 1);
        }
        if (found) {
            *at = start;
            *value = i;
            return true;
        }
        i = skip_space(t, skip_value(t, i));
        if (i < t.n && t.p[i] == ',')
            i = skip_space(t, i + 1);
    }
    return false;
}

size_t json_locate(struct str text, struct str pointer)
{
    size_t at = skip_space(text, 0);
    size_t value = at;
    struct str token;
    struct str rest = str_from(pointer, 1);
    if (pointer.n == 0)
        return at;
    while (str_split(&rest, '/', &token)) {
        if (!step(text, &at, &value, token))
            break;
    }
    return at;
}

void json_line(struct str text, size_t offset, int *line, int *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset && i < text.n; i++) {
        (*column)++;
        if (text.p[i] == '\n') {
            (*line)++;
            *column = 1;
        }
    }
}
