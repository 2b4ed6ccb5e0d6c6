#include "mockd/core/match_value.h"

/* Parsed values are at most JSON_DEPTH_MAX deep, so the recursion here ends early. */

static bool same_object(const struct cJSON *want, const struct cJSON *got, struct json_leniency l);

/* Every element of `want` has one of its own in `got`. */
static bool same_in_any_order(const struct cJSON *want,
                              const struct cJSON *got,
                              struct json_leniency l) // NOLINT(misc-no-recursion)
{
    enum { TAKEN_MAX = 1024 };
    unsigned char taken[TAKEN_MAX] = {0};
    if (json_count(got) > TAKEN_MAX)
        return false;
    for (const struct cJSON *w = json_first(want); w; w = json_next(w)) {
        size_t i = 0;
        const struct cJSON *g = json_first(got);
        for (; g && (taken[i] || !json_same(w, g, l)); g = json_next(g))
            i++;
        if (!g)
            return false;
        taken[i] = 1;
    }
    return true;
}

static bool same_in_order(const struct cJSON *want,
                          const struct cJSON *got,
                          struct json_leniency l) // NOLINT(misc-no-recursion)
{
    const struct cJSON *g = json_first(got);
    for (const struct cJSON *w = json_first(want); w; w = json_next(w), g = json_next(g)) {
        if (!g || !json_same(w, g, l))
            return false;
    }
    return true;
}

static bool same_array(const struct cJSON *want,
                       const struct cJSON *got,
                       struct json_leniency l) // NOLINT(misc-no-recursion)
{
    const size_t w = json_count(want);
    const size_t g = json_count(got);
    if (l.extra_elements ? w > g : w != g)
        return false;
    return l.any_array_order ? same_in_any_order(want, got, l) : same_in_order(want, got, l);
}

static bool same_object(const struct cJSON *want,
                        const struct cJSON *got,
                        struct json_leniency l) // NOLINT(misc-no-recursion)
{
    for (const struct cJSON *w = json_first(want); w; w = json_next(w)) {
        const struct cJSON *g = json_get(got, json_name(w));
        if (!g || !json_same(w, g, l))
            return false;
    }
    for (const struct cJSON *g = json_first(got); g && !l.extra_elements; g = json_next(g)) {
        if (!json_get(want, json_name(g)))
            return false;
    }
    return true;
}

bool json_same(const struct cJSON *want,
               const struct cJSON *got,
               struct json_leniency lenient) // NOLINT(misc-no-recursion)
{
    const enum json_kind kind = json_kind(want);
    if (kind != json_kind(got))
        return false;
    if (kind == JSON_ARRAY)
        return same_array(want, got, lenient);
    if (kind == JSON_OBJECT)
        return same_object(want, got, lenient);
    if (kind == JSON_STRING)
        return str_eq(json_text(want), json_text(got));
    if (kind == JSON_NUMBER)
        return !(json_number(want) < json_number(got)) && !(json_number(want) > json_number(got));
    return json_true(want) == json_true(got);
}
