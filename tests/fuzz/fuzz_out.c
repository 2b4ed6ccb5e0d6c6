#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/base/utf8.h"
#include "mockd/http/json.h"
#include "mockd/http/out.h"

/* The bytes say what to write: each opcode may take text up to the next newline. */
struct script {
    struct str rest;
};

static struct str next_text(struct script *s)
{
    const size_t at = str_find_char(s->rest, '\n');
    const struct str text = {s->rest.p, at};
    s->rest = str_from(s->rest, at + 1);
    return text;
}

static void one(struct out *o, struct script *s, char op)
{
    const struct str text = next_text(s);
    switch (op) {
    case '{':
        if (o->depth < OUT_DEPTH_MAX)
            out_object_begin(o, STR("o"));
        break;
    case '[':
        if (o->depth < OUT_DEPTH_MAX)
            out_array_begin(o, STR("list"));
        break;
    case '<':
        if (o->depth < OUT_DEPTH_MAX)
            out_named_begin(o, STR("named"));
        break;
    case '}':
        if (o->depth > 1)
            out_end(o);
        break;
    case 's':
        out_str(o, STR("text"), text);
        break;
    case 't':
        out_text(o, STR("text"), text);
        break;
    case 'i':
        out_int(o, STR("number"), (int64_t)text.n);
        break;
    case 'b':
        out_bool(o, STR("flag"), text.n & 1);
        break;
    default:
        out_null(o, STR("nothing"));
    }
}

static void write_all(struct buf *to, enum out_format format, struct str input)
{
    struct out o;
    struct script s = {input};
    out_init(&o, format, to);
    out_object_begin(&o, STR("root"));
    while (s.rest.n) {
        const char op = s.rest.p[0];
        s.rest = str_from(s.rest, 1);
        one(&o, &s, op);
    }
    while (o.depth)
        out_end(&o);
    CHECK(!to->overflowed);
}

/* Text that is a JSON document's: what was written parses. */
static void check_json(struct arena *a, struct str written)
{
    enum json_fault fault;
    size_t at;
    const struct cJSON *v = json_parse(a, written, &fault, &at);
    CHECK(v || fault == JSON_NUL_BYTE);
}

/* Tags balance and no character stands there that XML cannot hold. */
static void check_xml(struct str written)
{
    int64_t open = 0;
    for (size_t i = 0; i < written.n; i++) {
        const struct str rest = str_from(written, i);
        const unsigned char c = (unsigned char)written.p[i];
        CHECK(c >= 0x20 || c == '\t' || c == '\n' || c == '\r');
        if (str_starts(rest, STR("<![CDATA["))) {
            const size_t end = str_find(rest, STR("]]>"));
            CHECK(end < rest.n);
            i += end + 2;
        } else if (str_starts(rest, STR("</"))) {
            open--;
        } else if (c == '<') {
            open++;
        }
        CHECK(open >= 0);
    }
    CHECK(open == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    const enum out_format formats[] = {OUT_JSON, OUT_XML_POSITIONAL, OUT_XML_NAMED};
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        struct arena a;
        struct buf b;
        arena_init(&a);
        buf_init(&b, size * 64 + 1024);
        write_all(&b, formats[i], s);
        if (formats[i] != OUT_JSON)
            check_xml(buf_view(&b));
        else if (utf8_valid(s))
            check_json(&a, buf_view(&b));
        buf_release(&b);
        arena_release(&a);
    }
    return 0;
}
