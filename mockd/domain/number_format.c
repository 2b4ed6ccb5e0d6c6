#include "mockd/domain/number_format.h"

#include "mockd/domain/routes.h"

enum { FIXED, MOBILE };

static const struct row {
    struct str code, first;
    size_t min, max;
    int kind;
    struct str international, national;
} k_rows[] = {
#define FORMAT(code, first, min, max, kind, international, national)                               \
    {STR_INIT(code), STR_INIT(first), min, max, kind, STR_INIT(international), STR_INIT(national)},
#include "mockd/domain/number_formats.def"
};
#undef FORMAT

static bool begins(struct str digits, struct str first)
{
    struct str one;
    if (first.n == 0)
        return true;
    while (str_split(&first, ' ', &one)) {
        if (str_starts(digits, one))
            return true;
    }
    return false;
}

/* The first row that fits; *known says whether the country has rows at all. */
static const struct row *row_for(struct str code, struct str digits, bool *known)
{
    *known = false;
    for (size_t i = 0; i < sizeof(k_rows) / sizeof(k_rows[0]); i++) {
        const struct row *row = &k_rows[i];
        if (!str_eq(row->code, code))
            continue;
        *known = true;
        if (digits.n >= row->min && digits.n <= row->max && begins(digits, row->first))
            return row;
    }
    return NULL;
}

/* The form with the digits in it, behind head. */
static struct str filled(struct arena *a, struct str head, struct str form, struct str digits)
{
    char *p = arena_alloc(a, head.n + form.n + digits.n + 1);
    size_t n = head.n;
    size_t used = 0;
    memcpy(p, head.p, head.n);
    for (size_t i = 0; i < form.n; i++) {
        if (form.p[i] == '*') {
            memcpy(p + n, digits.p + used, digits.n - used);
            n += digits.n - used;
        } else {
            p[n++] = form.p[i] == 'X' ? digits.p[used++] : form.p[i];
        }
    }
    return (struct str){p, n};
}

/* "tel:" and the international form with dashes for its blanks. */
static struct str uri(struct arena *a, struct str international)
{
    const struct str parts[] = {STR("tel:"), international};
    const struct str text = arena_join(a, parts, 2);
    char *p = arena_alloc(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        p[i] = text.p[i] == ' ' ? '-' : text.p[i];
    return (struct str){p, text.n};
}

bool number_format(struct arena *a, struct str e164, struct number_format *out)
{
    static const struct row k_plain = {
        .kind = MOBILE, .international = STR_INIT("*"), .national = STR_INIT("*")};
    const struct str all = str_from(e164, 1);
    const struct route *route = route_find(all);
    bool known;
    if (!route)
        return false;
    const struct str digits = str_from(all, route->prefix.n);
    const struct row *row = row_for(route->prefix, digits, &known);
    if (!row && known)
        return false;
    row = row ? row : &k_plain;
    const struct str head = arena_printf(a, "+%.*s ", STR_ARG(route->prefix));
    out->international = filled(a, head, row->international, digits);
    out->national = filled(a, STR(""), row->national, digits);
    out->rfc3966 = uri(a, out->international);
    out->mobile = row->kind == MOBILE;
    return true;
}
