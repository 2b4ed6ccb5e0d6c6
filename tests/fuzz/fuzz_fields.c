#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/core/account.h"
#include "mockd/core/settings.h"

enum { WRITTEN_MAX = 1024 * 1024 };

static struct str written(struct arena *a, const struct field *table, size_t n, const void *source)
{
    struct buf b;
    struct out o;
    buf_init(&b, WRITTEN_MAX);
    out_init(&o, OUT_JSON, &b);
    out_object_begin(&o, STR("all"));
    fields_write(a, &o, table, n, source, true);
    out_end(&o);
    CHECK(!b.overflowed);
    const struct str text = arena_strdup(a, buf_view(&b));
    buf_release(&b);
    return text;
}

/* What was read is written so that reading it again gives the same. */
static void check_table(struct arena *a,
                        const struct field *table,
                        size_t n,
                        const struct cJSON *doc,
                        void *one,
                        void *two)
{
    enum json_fault fault;
    size_t at;
    struct problem p = {0};
    if (!fields_read(a, table, n, doc, NULL, one, &p)) {
        CHECK(p.detail.n && (p.pointer.n == 0 || p.pointer.p[0] == '/'));
        return;
    }
    const struct str text = written(a, table, n, one);
    const struct cJSON *again = json_parse(a, text, &fault, &at);
    CHECK(again && fields_read(a, table, n, again, NULL, two, &p));
    CHECK(str_eq(written(a, table, n, two), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    enum json_fault fault;
    size_t at;
    struct arena a;
    if (size > WRITTEN_MAX / 8)
        return 0;
    arena_init(&a);
    const struct cJSON *doc = json_parse(&a, s, &fault, &at);
    if (doc) {
        struct settings one = settings_default();
        struct settings two = settings_default();
        struct account first = {.max_recipients = 1, .max_rps = 1};
        struct account second = {.max_recipients = 1, .max_rps = 1};
        check_table(&a, k_settings_fields, k_settings_nfields, doc, &one, &two);
        check_table(&a, k_account_fields, k_account_nfields, doc, &first, &second);
    }
    arena_release(&a);
    return 0;
}
