#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/http/json.h"
#include "mockd/http/json_locate.h"

/* A pointer's token for a key. */
static struct str token(struct arena *a, struct str key)
{
    char *p = arena_alloc(a, key.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < key.n; i++) {
        const bool escaped = key.p[i] == '~' || key.p[i] == '/';
        p[n++] = escaped ? '~' : key.p[i];
        if (escaped)
            p[n++] = key.p[i] == '/' ? '1' : '0';
    }
    return (struct str){p, n};
}

/* Every child is found at a place after its container's, and in the order in which they stand. */
static void check_children(struct arena *a, struct str text, const struct cJSON *v)
{
    size_t before = json_locate(text, STR(""));
    size_t i = 0;
    for (const struct cJSON *c = json_first(v); c; c = json_next(c), i++) {
        const struct str key = json_name(c);
        const bool escapes = str_find_char(text, '\\') < text.n; /* keys are compared as written */
        const struct str pointer =
            key.p ? arena_printf(a, "/%.*s", STR_ARG(token(a, key))) : arena_printf(a, "/%zu", i);
        const size_t at = json_locate(text, pointer);
        CHECK(at < text.n);
        CHECK(escapes || json_get(v, key) != c || json_count(v) != 1 || text.p[at] == '"');
        if (!key.p && json_kind(v) == JSON_ARRAY) {
            CHECK(at > before);
            before = at;
        }
    }
}

/* The first line is a pointer, the rest a JSON text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    const size_t end = str_find_char(s, '\n');
    const struct str pointer = {s.p, end};
    const struct str text = str_from(s, end + 1);
    enum json_fault fault;
    size_t at;
    int line;
    int column;
    struct arena a;
    arena_init(&a);
    const struct cJSON *v = json_parse(&a, text, &fault, &at);
    if (v) {
        const size_t found = json_locate(text, pointer);
        CHECK(found < text.n);
        json_line(text, found, &line, &column);
        CHECK(line >= 1 && column >= 1 && (size_t)column <= text.n);
        check_children(&a, text, v);
    }
    arena_release(&a);
    return 0;
}
