#include "mockd/http/decode.h"

static void push(struct arena *a, struct inputs *in, struct str name, struct value value)
{
    in->rows = arena_grow(a, in->rows, in->n, &in->cap, sizeof(*in->rows));
    in->rows[in->n++] = (struct input){name, value};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str decode_percent(struct arena *a, struct str s, bool plus_is_blank)
{
    if (str_find_char(s, '%') == s.n && (!plus_is_blank || str_find_char(s, '+') == s.n))
        return s;
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        const int hi = s.p[i] == '%' && s.n - i > 2 ? hex_digit(s.p[i + 1]) : -1;
        const int lo = hi >= 0 ? hex_digit(s.p[i + 2]) : -1;
        if (lo >= 0) {
            p[n++] = (char)(hi << 4 | lo);
            i += 2;
        } else {
            p[n++] = plus_is_blank && s.p[i] == '+' ? ' ' : s.p[i];
        }
    }
    return (struct str){p, n};
}

void decode_pairs(struct arena *a, struct inputs *in, struct str pairs)
{
    struct str pair;
    while (str_split(&pairs, '&', &pair)) {
        if (pair.n == 0)
            continue;
        const size_t eq = str_find_char(pair, '=');
        const struct str name = {pair.p, eq};
        const struct str text = eq < pair.n ? str_from(pair, eq + 1) : STR("");
        push(a, in, decode_percent(a, name, true),
             (struct value){.text = decode_percent(a, text, true)});
    }
}

void decode_object(struct arena *a, struct inputs *in, const struct cJSON *object)
{
    in->root = object;
    for (const struct cJSON *m = json_first(object); m; m = json_next(m))
        push(a, in, json_name(m), (struct value){.text = json_scalar(a, m), .node = m});
}

void decode_one(struct arena *a, struct inputs *in, struct str name, struct str text)
{
    push(a, in, name, (struct value){.text = text});
}

static const struct input *find(const struct inputs *in, struct str name)
{
    for (size_t i = in->n; i > 0; i--) {
        if (str_eq(in->rows[i - 1].name, name))
            return &in->rows[i - 1];
    }
    return NULL;
}

struct value inputs_get(const struct inputs *in, struct str name)
{
    const struct input *row = find(in, name);
    return row ? row->value : (struct value){0};
}

bool inputs_has(const struct inputs *in, struct str name)
{
    return find(in, name) != NULL;
}
