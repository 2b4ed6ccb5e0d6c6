#include "mockd/http/out.h"

#include "mockd/base/check.h"
#include "mockd/http/json.h"

void out_init(struct out *o, enum out_format format, struct buf *to)
{
    o->to = to;
    o->format = format;
    o->depth = 0;
}

/* XML 1.0 has no way to write most control characters, not even escaped. */
static bool xml_can_hold(unsigned char c)
{
    return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

static struct str xml_entity(char c)
{
    switch (c) {
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '&':
        return STR("&amp;");
    case '"':
        return STR("&quot;");
    case '\r':
        return STR("&#13;");
    default:
        return (struct str){0};
    }
}

static void xml_escape(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const struct str entity = xml_entity(s.p[i]);
        if (entity.n)
            buf_add(b, entity);
        else if (xml_can_hold((unsigned char)s.p[i]))
            buf_add_char(b, s.p[i]);
    }
}

/* "]]>" would end the section, also when it only comes about because a character between is left
 * out; its ">" goes to a section of its own. */
static void xml_cdata(struct buf *b, struct str s)
{
    size_t brackets = 0; /* written just before */
    buf_add(b, STR("<![CDATA["));
    for (size_t i = 0; i < s.n; i++) {
        if (!xml_can_hold((unsigned char)s.p[i]))
            continue;
        if (s.p[i] == '>' && brackets >= 2)
            buf_add(b, STR("]]><![CDATA["));
        brackets = s.p[i] == ']' ? brackets + 1 : 0;
        buf_add_char(b, s.p[i]);
    }
    buf_add(b, STR("]]>"));
}

static void xml_tag(struct buf *b, struct str open, struct str name)
{
    buf_add(b, open);
    buf_add(b, name);
    buf_add_char(b, '>');
}

/* The element that stands for a field at this place. */
static struct str element(const struct out *o, struct str name)
{
    if (o->format == OUT_XML_NAMED || o->depth == 0)
        return name;
    const struct out_frame *parent = &o->frame[o->depth - 1];
    return parent->named && !parent->array ? name : STR("entry");
}

/* Whatever must stand before a value: a comma, a key, an open tag. */
static void before_value(struct out *o, struct str name)
{
    struct out_frame *parent = o->depth ? &o->frame[o->depth - 1] : NULL;

    if (o->format != OUT_JSON) {
        xml_tag(o->to, STR("<"), element(o, name));
        return;
    }
    if (!parent)
        return;
    if (parent->has_items)
        buf_add_char(o->to, ',');
    parent->has_items = true;
    if (!parent->array) {
        json_quote(o->to, name);
        buf_add_char(o->to, ':');
    }
}

static void after_scalar(struct out *o, struct str name)
{
    if (o->format != OUT_JSON)
        xml_tag(o->to, STR("</"), element(o, name));
}

static void begin(struct out *o, struct out_frame frame)
{
    CHECK(o->depth < OUT_DEPTH_MAX);
    const struct str tag = element(o, frame.name);
    before_value(o, frame.name);
    if (o->format == OUT_JSON)
        buf_add_char(o->to, frame.array ? '[' : '{');
    frame.name = o->format == OUT_JSON ? frame.name : tag;
    o->frame[o->depth++] = frame;
}

void out_object_begin(struct out *o, struct str name)
{
    begin(o, (struct out_frame){.name = name});
}

void out_named_begin(struct out *o, struct str name)
{
    begin(o, (struct out_frame){.name = name, .named = true});
}

void out_array_begin(struct out *o, struct str name)
{
    begin(o, (struct out_frame){.name = name, .array = true});
}

void out_attribute(struct out *o, struct str name, struct str value)
{
    struct buf *b = o->to;
    if (o->format == OUT_JSON || b->overflowed)
        return;
    CHECK(b->n && b->p[b->n - 1] == '>');
    b->n--; /* opens the tag again */
    buf_add_char(b, ' ');
    buf_add(b, name);
    buf_add(b, STR("='"));
    buf_add(b, value);
    buf_add(b, STR("'>"));
}

void out_end(struct out *o)
{
    CHECK(o->depth > 0);
    const struct out_frame f = o->frame[--o->depth];
    if (o->format == OUT_JSON)
        buf_add_char(o->to, f.array ? ']' : '}');
    else
        xml_tag(o->to, STR("</"), f.name);
}

static void put_string(struct out *o, struct str name, struct str value, bool cdata)
{
    if (!value.p) {
        out_null(o, name);
        return;
    }
    before_value(o, name);
    if (o->format == OUT_JSON)
        json_quote(o->to, value);
    else if (cdata && str_eq(element(o, name), STR("entry")))
        xml_cdata(o->to, value);
    else
        xml_escape(o->to, value);
    after_scalar(o, name);
}

void out_str(struct out *o, struct str name, struct str value)
{
    put_string(o, name, value, true);
}

void out_text(struct out *o, struct str name, struct str value)
{
    put_string(o, name, value, false);
}

void out_int(struct out *o, struct str name, int64_t value)
{
    before_value(o, name);
    buf_add_int(o->to, value);
    after_scalar(o, name);
}

void out_raw(struct out *o, struct str name, struct str literal)
{
    before_value(o, name);
    buf_add(o->to, literal);
    after_scalar(o, name);
}

void out_bool(struct out *o, struct str name, bool value)
{
    out_raw(o, name, value ? STR("true") : STR("false"));
}

void out_null(struct out *o, struct str name)
{
    out_raw(o, name, o->format == OUT_JSON ? STR("null") : STR(""));
}
