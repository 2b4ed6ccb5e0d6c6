#include "mockd/providers/mailpartner/content.h"

enum { VARIABLES_MAX = 8 };

struct variable {
    struct str name, text;
};

struct page {
    char *p;
    size_t n, max;
};

static void put(struct page *to, struct str s)
{
    const size_t n = s.n < to->max - to->n ? s.n : to->max - to->n;
    if (n)
        memcpy(to->p + to->n, s.p, n);
    to->n += n;
}

static size_t read_variables(struct arena *a, const struct cJSON *object, struct variable *out)
{
    size_t n = 0;
    for (const struct cJSON *m = json_first(object); m && n < VARIABLES_MAX; m = json_next(m)) {
        out[n].name = json_name(m);
        out[n++].text = json_scalar(a, m);
    }
    return n;
}

/* The variable that "#NAME#…" names, taking it off *rest; NULL when it names none. */
static const struct variable *take_name(struct str *rest, const struct variable *list, size_t n)
{
    const struct str inside = str_from(*rest, 1);
    const size_t end = str_find_char(inside, '#');
    for (size_t i = 0; i < n && end < inside.n; i++) {
        if (!str_eq_nocase(list[i].name, (struct str){inside.p, end}))
            continue;
        *rest = str_from(inside, end + 1);
        return &list[i];
    }
    return NULL;
}

/* Up to the last whole character. */
static struct str whole(const struct page *page)
{
    size_t last = page->n;
    while (last > 0 && ((unsigned char)page->p[last - 1] & 0xC0) == 0x80)
        last--;
    const unsigned char lead = last > 0 ? (unsigned char)page->p[last - 1] : 0;
    const size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return (struct str){page->p, last > 0 && last - 1 + bytes > page->n ? last - 1 : page->n};
}

struct str mail_content(struct arena *a, struct str html, const struct cJSON *variables, size_t max)
{
    struct variable list[VARIABLES_MAX];
    const size_t n = json_kind(variables) == JSON_OBJECT ? read_variables(a, variables, list) : 0;
    struct page page = {arena_alloc(a, max + 1), 0, max};
    while (html.n && page.n < max) {
        const size_t mark = str_find_char(html, '#');
        put(&page, (struct str){html.p, mark});
        html = str_from(html, mark);
        if (html.n == 0)
            break;
        const struct variable *v = take_name(&html, list, n);
        put(&page, v ? v->text : STR("#"));
        html = v ? html : str_from(html, 1);
    }
    return whole(&page);
}
