#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/base/utf8.h"
#include "mockd/http/json.h"

static struct str printed(struct arena *a, const struct cJSON *v, size_t size)
{
    struct buf b;
    buf_init(&b, size * 8 + 64); /* an escape of six for a byte, a number of 24 for "1e9" */
    json_print(a, &b, v);
    CHECK(!b.overflowed);
    const struct str text = arena_strdup(a, buf_view(&b));
    buf_release(&b);
    return text;
}

/* What was accepted prints as JSON that reads back and prints the same. */
static void check_round_trip(struct arena *a, const struct cJSON *v, size_t size)
{
    enum json_fault fault;
    size_t at;
    const struct str once = printed(a, v, size);
    const struct cJSON *again = json_parse(a, once, &fault, &at);
    CHECK(again && utf8_valid(once) && json_kind(again) == json_kind(v));
    CHECK(str_eq(printed(a, again, once.n), once));
}

/* Blanks keep the length and the lines, so that positions in messages stay right. */
static void check_comments(struct arena *a, struct str s)
{
    const struct str blank = json_blank_comments(a, s);
    CHECK(blank.n == s.n);
    for (size_t i = 0; i < s.n; i++)
        CHECK(blank.p[i] == s.p[i] || (blank.p[i] == ' ' && s.p[i] != '\n'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    enum json_fault fault;
    size_t at;
    struct arena a;
    arena_init(&a);
    const struct cJSON *v = json_parse(&a, s, &fault, &at);
    CHECK((v != NULL) == (fault == JSON_GOOD));
    CHECK(at <= size && json_fault_text(fault));
    if (v) {
        CHECK(utf8_valid(s) && str_find_char(s, '\0') == s.n);
        check_round_trip(&a, v, size);
    }
    check_comments(&a, s);
    arena_release(&a);
    return 0;
}
