#include "mockd/control/internal.h"

enum { SEGMENTS_MAX = 10, HOLE_LENGTH = 4 };

struct segments {
    struct str s[SEGMENTS_MAX];
    size_t n;
};

struct str method_text(enum method m)
{
    static const struct str k_text[] = {
        [METHOD_GET] = STR_INIT("GET"),         [METHOD_HEAD] = STR_INIT("HEAD"),
        [METHOD_POST] = STR_INIT("POST"),       [METHOD_PUT] = STR_INIT("PUT"),
        [METHOD_DELETE] = STR_INIT("DELETE"),   [METHOD_PATCH] = STR_INIT("PATCH"),
        [METHOD_OPTIONS] = STR_INIT("OPTIONS"), [METHOD_OTHER] = STR_INIT("?"),
    };
    return k_text[m];
}

static void cut(struct segments *to, struct str path)
{
    struct str piece;
    path = str_from(path, path.n && path.p[0] == '/' ? 1 : 0);
    while (to->n < SEGMENTS_MAX && str_split(&path, '/', &piece)) {
        if (piece.n)
            to->s[to->n++] = piece;
    }
}

static bool is_hole(struct str segment)
{
    return segment.n && segment.p[0] == '{';
}

static size_t weight(struct str segment)
{
    return 1 + (is_hole(segment) ? HOLE_LENGTH : segment.n);
}

/* Edits that make one path the other: whole segments come and go, or change letter by letter. */
static size_t path_distance(const struct segments *want, const struct segments *got)
{
    size_t row[SEGMENTS_MAX + 1] = {0};
    for (size_t j = 0; j < got->n; j++)
        row[j + 1] = row[j] + weight(got->s[j]);
    for (size_t i = 0; i < want->n; i++) {
        size_t diagonal = row[0];
        row[0] += weight(want->s[i]);
        for (size_t j = 0; j < got->n; j++) {
            size_t best =
                diagonal + (is_hole(want->s[i]) ? 0 : name_distance(want->s[i], got->s[j]));
            if (row[j + 1] + weight(want->s[i]) < best)
                best = row[j + 1] + weight(want->s[i]);
            if (row[j] + weight(got->s[j]) < best)
                best = row[j] + weight(got->s[j]);
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    return row[got->n];
}

/* With the provider's prefix or, as at its own host, without. */
static size_t distance_to(const struct provider *p,
                          const struct endpoint *e,
                          const struct segments *got)
{
    struct segments bare = {0};
    struct segments full = {0};
    cut(&bare, e->path);
    cut(&full, p->prefix);
    for (size_t i = 0; i < bare.n && full.n < SEGMENTS_MAX; i++)
        full.s[full.n++] = bare.s[i];
    const size_t a = path_distance(&bare, got);
    const size_t b = path_distance(&full, got);
    return a < b ? a : b;
}

static void insert(struct near *list, size_t *n, size_t max, struct near one)
{
    size_t at = *n;
    while (at > 0 && list[at - 1].distance > one.distance)
        at--;
    if (at == max)
        return;
    if (*n < max)
        (*n)++;
    for (size_t i = *n - 1; i > at; i--)
        list[i] = list[i - 1];
    list[at] = one;
}

size_t nearest_endpoints(const struct provider *const *providers,
                         size_t nproviders,
                         struct str method,
                         struct str path,
                         struct near *out,
                         size_t max)
{
    struct segments got = {0};
    size_t n = 0;
    cut(&got, path);
    for (size_t i = 0; i < nproviders; i++) {
        for (size_t k = 0; k < providers[i]->nendpoints; k++) {
            const struct endpoint *e = &providers[i]->endpoints[k];
            const size_t d = distance_to(providers[i], e, &got);
            const bool same_method = str_eq(method_text(e->method), method);
            if (d <= 2 + path.n / 3)
                insert(out, &n, max,
                       (struct near){.provider = providers[i],
                                     .endpoint = e,
                                     .distance = d + (same_method ? 0 : 1),
                                     .same_path = d == 0,
                                     .same_method = same_method});
        }
    }
    return n;
}
