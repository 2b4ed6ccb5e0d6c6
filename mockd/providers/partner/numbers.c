#include "mockd/providers/partner/numbers.h"

enum { ENTRY_TEXT_MAX = 256 };

static void add(struct partner_numbers *list, struct str raw)
{
    raw = str_trim(raw);
    if (raw.n == 0) {
        list->empty++;
        return;
    }
    if (list->n < PARTNER_NUMBERS_MAX)
        list->raw[list->n++] = raw;
    list->total++;
}

static size_t at_most(size_t n)
{
    return n < PARTNER_NUMBERS_MAX ? n : PARTNER_NUMBERS_MAX;
}

/* An entry that is an array or object, as text for an error message. */
static struct str entry_text(struct arena *a, const struct cJSON *entry)
{
    struct buf b;
    if (json_kind(entry) < JSON_ARRAY)
        return json_scalar(a, entry);
    buf_init(&b, ENTRY_TEXT_MAX);
    json_print(a, &b, entry);
    const struct str text = arena_strdup(a, buf_view(&b));
    buf_release(&b);
    return text;
}

static struct partner_numbers from_json(struct arena *a, const struct cJSON *array)
{
    struct partner_numbers list = {.raw =
                                       arena_array(a, struct str, at_most(json_count(array)) + 1)};
    for (const struct cJSON *c = json_first(array); c; c = json_next(c))
        add(&list, entry_text(a, c));
    return list;
}

static struct partner_numbers from_text(struct arena *a, struct str text)
{
    size_t commas = 0;
    struct str piece;
    for (size_t i = 0; i < text.n; i++)
        commas += text.p[i] == ',';
    struct partner_numbers list = {.raw = arena_array(a, struct str, at_most(commas + 1))};
    while (str_split(&text, ',', &piece))
        add(&list, piece);
    return list;
}

const struct cJSON *partner_nested(struct arena *a, struct value v)
{
    enum json_fault fault;
    size_t at;
    if (json_kind(v.node) >= JSON_ARRAY)
        return v.node;
    const bool looks_so = v.text.n && (v.text.p[0] == '[' || v.text.p[0] == '{');
    return looks_so ? json_parse(a, v.text, &fault, &at) : NULL;
}

struct partner_numbers partner_numbers(struct arena *a, struct value v)
{
    const struct cJSON *list = partner_nested(a, v);
    return list ? from_json(a, list) : from_text(a, v.text);
}
