#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/http/decode.h"

static bool is_plain(struct str s)
{
    return str_find_char(s, '%') == s.n && str_find_char(s, '+') == s.n;
}

static void check_percent(struct arena *a, struct str s)
{
    const struct str decoded = decode_percent(a, s, true);
    CHECK(decoded.n <= s.n && (s.n - decoded.n) % 2 == 0);
    CHECK(!is_plain(s) || str_eq(decoded, s));
    const struct str path = decode_percent(a, s, false);
    CHECK(path.n == decoded.n);
}

/* Whatever name is asked for, the last row of that name answers. */
static void check_rows(const struct inputs *in)
{
    for (size_t i = 0; i < in->n; i++) {
        const struct str name = in->rows[i].name;
        size_t last = i;
        for (size_t k = i + 1; k < in->n && k < i + 64; k++)
            last = str_eq(in->rows[k].name, name) ? k : last;
        CHECK(inputs_has(in, name) && in->rows[i].value.text.p);
        if (in->n < 64)
            CHECK(str_eq(inputs_get(in, name).text, in->rows[last].value.text));
    }
    CHECK(in->n < 64 || in->rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    struct inputs in = {0};
    struct arena a;
    enum json_fault fault;
    size_t at;
    arena_init(&a);
    check_percent(&a, s);
    decode_pairs(&a, &in, size ? s : STR(""));
    check_rows(&in);
    const struct cJSON *object = json_parse(&a, s, &fault, &at);
    if (json_kind(object) == JSON_OBJECT) {
        struct inputs members = {0};
        decode_object(&a, &members, object);
        CHECK(members.n == json_count(object) && members.root == object);
        for (size_t i = 0; i < members.n; i++)
            CHECK(inputs_get(&members, members.rows[i].name).node ==
                  json_get(object, members.rows[i].name));
    }
    arena_release(&a);
    return 0;
}
