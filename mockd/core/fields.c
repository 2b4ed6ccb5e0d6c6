#include "mockd/core/fields.h"

#include <inttypes.h>

#include "mockd/domain/money.h"

enum { NAME_MAX_BYTES = 48, FIELDS_MAX = 96 };

size_t name_distance(struct str a, struct str b)
{
    size_t row[NAME_MAX_BYTES + 1];
    if (a.n > NAME_MAX_BYTES || b.n > NAME_MAX_BYTES)
        return NAME_MAX_BYTES;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            const size_t change = diagonal + (a.p[i - 1] == b.p[j - 1] ? 0 : 1);
            const size_t shift = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < shift ? change : shift;
        }
    }
    return row[b.n];
}

struct str nearest_name(struct str name, const struct str *names, size_t n)
{
    struct str best = {0};
    size_t least = name.n / 2 + 2;
    for (size_t i = 0; i < n; i++) {
        const size_t d = name_distance(name, names[i]);
        if (d < least) {
            least = d;
            best = names[i];
        }
    }
    return best;
}

void problem_under(struct arena *a, struct problem *p, struct str name)
{
    p->pointer = arena_printf(a, "/%.*s%.*s", STR_ARG(name), STR_ARG(p->pointer));
}

static bool refuse(struct arena *a, struct problem *p, struct str pointer, struct str detail)
{
    *p = (struct problem){
        .pointer = arena_printf(a, "%s%.*s", pointer.n ? "/" : "", STR_ARG(pointer)),
        .detail = detail,
    };
    return false;
}

static bool wants(
    struct arena *a, struct problem *p, const struct field *f, const char *what, struct str got)
{
    return refuse(a, p, f->name, arena_printf(a, "must be %s, not %.*s", what, STR_ARG(got)));
}

static struct str shown(struct arena *a, const struct cJSON *v)
{
    struct buf text;
    buf_init(&text, 200);
    json_print(a, &text, v);
    const struct str copy = arena_strdup(a, buf_view(&text));
    buf_release(&text);
    return copy;
}

static bool read_word(
    struct arena *a, const struct field *f, const struct cJSON *v, int *to, struct problem *p)
{
    struct str all = STR("");
    for (int i = 0; f->words[i]; i++) {
        if (json_kind(v) == JSON_STRING && str_eq(json_text(v), str_from_cstr(f->words[i]))) {
            *to = i;
            return true;
        }
        all = arena_printf(a, "%.*s%s\"%s\"", STR_ARG(all), i ? ", " : "", f->words[i]);
    }
    return wants(a, p, f, arena_cstr(a, arena_printf(a, "one of %.*s", STR_ARG(all))), shown(a, v));
}

static bool read_list(struct arena *a,
                      const struct field *f,
                      const struct cJSON *v,
                      struct str_list *to,
                      struct problem *p)
{
    if (json_kind(v) != JSON_ARRAY)
        return wants(a, p, f, "an array of strings", shown(a, v));
    struct str_list list = {.v = arena_array(a, struct str, json_count(v))};
    for (const struct cJSON *c = json_first(v); c; c = json_next(c)) {
        if (json_kind(c) != JSON_STRING)
            return refuse(
                a, p, arena_printf(a, "%.*s/%zu", STR_ARG(f->name), list.n),
                arena_printf(a, "must be a string, not %s", json_kind_text(json_kind(c))));
        list.v[list.n++] = arena_strdup(a, json_text(c));
    }
    *to = list;
    return true;
}

static bool read_int(
    struct arena *a, const struct field *f, const struct cJSON *v, int64_t *to, struct problem *p)
{
    int64_t n;
    if (!json_int(v, &n) || n < f->min || n > f->max)
        return wants(a, p, f,
                     arena_cstr(a, arena_printf(a, "a whole number from %" PRId64 " to %" PRId64,
                                                f->min, f->max)),
                     shown(a, v));
    *to = n;
    return true;
}

static bool read_one(
    struct arena *a, const struct field *f, const struct cJSON *v, void *target, struct problem *p)
{
    void *at = (char *)target + f->offset;
    const enum json_kind kind = json_kind(v);
    switch (f->kind) {
    case FIELD_BOOL:
    case FIELD_FLAG:
        if (kind != JSON_BOOL)
            return wants(a, p, f, "true or false", shown(a, v));
        if (f->kind == FIELD_BOOL)
            *(bool *)at = json_true(v);
        else
            *(unsigned *)at = (*(unsigned *)at & ~f->bit) | (json_true(v) ? f->bit : 0);
        return true;
    case FIELD_INT:
        return read_int(a, f, v, at, p);
    case FIELD_WORD:
        return read_word(a, f, v, at, p);
    case FIELD_TEXT:
        if (kind != JSON_STRING && kind != JSON_NULL)
            return wants(a, p, f, "a string or null", shown(a, v));
        *(struct str *)at = arena_strdup(a, json_text(v));
        return true;
    case FIELD_MONEY:
        if (!money_parse(json_scalar(a, v), at) || kind == JSON_BOOL)
            return wants(a, p, f, "an amount such as \"12.345\"", shown(a, v));
        return true;
    case FIELD_LIST:
        return read_list(a, f, v, at, p);
    }
    return false;
}

static const struct field *find(const struct field *table, size_t n, struct str name, bool in_flags)
{
    for (size_t i = 0; i < n; i++) {
        if ((table[i].kind == FIELD_FLAG) == in_flags && str_eq(table[i].name, name))
            return &table[i];
    }
    return NULL;
}

static bool unknown(struct arena *a,
                    const struct field *table,
                    size_t n,
                    struct str name,
                    bool in_flags,
                    struct problem *p)
{
    struct str names[FIELDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < n && count < FIELDS_MAX; i++) {
        if ((table[i].kind == FIELD_FLAG) == in_flags)
            names[count++] = table[i].name;
    }
    const struct str near = nearest_name(name, names, count);
    const struct str hint =
        near.n ? arena_printf(a, "; did you mean \"%.*s\"?", STR_ARG(near)) : STR("");
    return refuse(a, p, name, arena_printf(a, "is not a known member%.*s", STR_ARG(hint)));
}

static bool listed(const struct str_list *list, struct str name)
{
    for (size_t i = 0; list && i < list->n; i++) {
        if (str_eq(list->v[i], name))
            return true;
    }
    return false;
}

static bool read_members(struct arena *a,
                         const struct field *table,
                         size_t n,
                         const struct cJSON *object,
                         const struct str_list *also,
                         bool in_flags,
                         void *target,
                         struct problem *p)
{
    for (const struct cJSON *m = json_first(object); m; m = json_next(m)) {
        const struct str name = json_name(m);
        const struct field *f = find(table, n, name, in_flags);
        if (f ? !read_one(a, f, m, target, p)
              : !listed(also, name) && !unknown(a, table, n, name, in_flags, p))
            return false;
    }
    return true;
}

bool fields_read(struct arena *a,
                 const struct field *table,
                 size_t n,
                 const struct cJSON *object,
                 const struct str_list *also,
                 void *target,
                 struct problem *p)
{
    static struct str flags_name = STR_INIT("flags");
    const struct cJSON *flags = json_get(object, flags_name);
    if (json_kind(object) != JSON_OBJECT)
        return refuse(
            a, p, STR(""),
            arena_printf(a, "must be an object, not %s", json_kind_text(json_kind(object))));
    if (flags && json_kind(flags) != JSON_OBJECT)
        return refuse(a, p, flags_name, STR("must be an object of booleans"));
    if (flags && !read_members(a, table, n, flags, NULL, true, target, p)) {
        problem_under(a, p, flags_name);
        return false;
    }
    struct str_list allowed = {arena_array(a, struct str, (also ? also->n : 0) + 1), 0};
    for (size_t i = 0; also && i < also->n; i++)
        allowed.v[allowed.n++] = also->v[i];
    if (flags)
        allowed.v[allowed.n++] = flags_name;
    return read_members(a, table, n, object, &allowed, false, target, p);
}

static void write_list(struct out *o, struct str name, const struct str_list *list)
{
    out_array_begin(o, name);
    for (size_t i = 0; i < list->n; i++)
        out_str(o, STR("item"), list->v[i]);
    out_end(o);
}

static void write_one(
    struct arena *a, struct out *o, const struct field *f, const void *source, bool show_secrets)
{
    const void *at = (const char *)source + f->offset;
    switch (f->kind) {
    case FIELD_BOOL:
        out_bool(o, f->name, *(const bool *)at);
        return;
    case FIELD_FLAG:
        out_bool(o, f->name, (*(const unsigned *)at & f->bit) != 0);
        return;
    case FIELD_INT:
        out_int(o, f->name, *(const int64_t *)at);
        return;
    case FIELD_WORD:
        out_str(o, f->name, str_from_cstr(f->words[*(const int *)at]));
        return;
    case FIELD_TEXT: {
        const struct str text = *(const struct str *)at;
        out_str(o, f->name, f->secret && text.p && !show_secrets ? STR("…") : text);
        return;
    }
    case FIELD_MONEY: {
        const int64_t e8 = *(const int64_t *)at;
        out_str(o, f->name, money_text(a, e8, e8 % 100000 ? 8 : 3));
        return;
    }
    case FIELD_LIST:
        write_list(o, f->name, at);
        return;
    }
}

void fields_write(struct arena *a,
                  struct out *o,
                  const struct field *table,
                  size_t n,
                  const void *source,
                  bool show_secrets)
{
    bool has_flags = false;
    for (size_t i = 0; i < n; i++) {
        has_flags |= table[i].kind == FIELD_FLAG;
        if (table[i].kind != FIELD_FLAG)
            write_one(a, o, &table[i], source, show_secrets);
    }
    if (!has_flags)
        return;
    out_object_begin(o, STR("flags"));
    for (size_t i = 0; i < n; i++) {
        if (table[i].kind == FIELD_FLAG)
            write_one(a, o, &table[i], source, show_secrets);
    }
    out_end(o);
}
