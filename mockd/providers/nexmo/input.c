#include "mockd/base/utf8.h"
#include "mockd/domain/msisdn.h"
#include "mockd/providers/nexmo/work.h"

/* Every media type that clients have been seen to send JSON with. */
static const struct str k_json_types[] = {
    STR_INIT("application/json"),
    STR_INIT("application/jsonrequest"),
    STR_INIT("application/x-javascript"),
    STR_INIT("text/json"),
    STR_INIT("text/javascript"),
    STR_INIT("text/x-javascript"),
    STR_INIT("text/x-json"),
};

enum {
    SENDER_DIGITS_MAX = 15,
    SENDER_CHARS_MAX = 11,
};

struct work *nexmo_work(struct rq *rq)
{
    if (!rq->work)
        rq->work = arena_new(rq->arena, struct work);
    return rq->work;
}

static bool is_json(struct str media_type)
{
    for (size_t i = 0; i < sizeof(k_json_types) / sizeof(k_json_types[0]); i++) {
        if (str_eq_nocase(media_type, k_json_types[i]))
            return true;
    }
    return false;
}

static void decode_json(struct rq *rq)
{
    size_t at;
    const struct cJSON *root =
        json_parse(rq->arena, utf8_repaired(rq->arena, rq->body), &rq->body_fault, &at);
    if (json_kind(root) == JSON_OBJECT)
        decode_object(rq->arena, &rq->in, root);
}

static void decode_body(struct rq *rq)
{
    const struct str header = rq_header(rq, STR("Content-Type"));
    const struct str type = str_trim((struct str){header.p, str_find_char(header, ';')});
    if (is_json(type))
        decode_json(rq);
    else if (str_eq_nocase(type, STR("application/x-www-form-urlencoded")) ||
             str_find_char(rq->body, '=') < rq->body.n)
        decode_pairs(rq->arena, &rq->in, rq->body);
}

void nexmo_decode(struct rq *rq)
{
    struct work *w = nexmo_work(rq);
    if (rq->query.n)
        decode_pairs(rq->arena, &rq->in, rq->query);
    if (rq->body.n)
        decode_body(rq);
    for (size_t i = 0; i < rq->in.n; i++) {
        struct input *row = &rq->in.rows[i];
        row->name = utf8_repaired(rq->arena, row->name);
        row->value.text = utf8_repaired(rq->arena, row->value.text);
    }
    w->to = nexmo_number(rq->arena, inputs_get(&rq->in, STR("to")).text);
    if (rq->endpoint && str_ends(rq->endpoint->path, STR("/xml")))
        rq->content_type = STR("text/xml");
}

bool nexmo_missing(const struct rq *rq, enum nexmo_param i)
{
    return rq->param[i].text.n == 0 && json_kind(rq->param[i].node) < JSON_ARRAY;
}

static struct str without(struct arena *a, struct str s, struct str unwanted)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (str_find_char(unwanted, s.p[i]) == unwanted.n)
            p[n++] = s.p[i];
    }
    return (struct str){p, n};
}

static struct str without_prefix(struct str s)
{
    if (str_starts(s, STR("+")))
        return str_from(s, 1);
    return str_starts(s, STR("00")) ? str_from(s, 2) : s;
}

struct str nexmo_number(struct arena *a, struct str raw)
{
    if (!raw.n || (raw.p[0] != '0' && msisdn_is_digits(raw, 1, SENDER_DIGITS_MAX)))
        return raw;
    return without_prefix(without(a, raw, STR(" -()")));
}

static struct str first_chars(struct str s, size_t most)
{
    struct str rest = s;
    uint32_t cp;
    for (size_t i = 0; i < most && utf8_next(&rest, &cp); i++)
        continue;
    return (struct str){s.p, s.n - rest.n};
}

struct str nexmo_sender(struct arena *a, struct str raw)
{
    if (str_find_char(raw, ' ') < raw.n)
        raw = without(a, raw, STR(" "));
    const struct str number = without_prefix(raw);
    if (msisdn_is_digits(number, 1, SIZE_MAX))
        return first_chars(number, SENDER_DIGITS_MAX);
    return first_chars(raw, SENDER_CHARS_MAX);
}

bool nexmo_int_in(struct str s, uint64_t min, uint64_t max)
{
    uint64_t v;
    return str_to_uint(s, max, &v) && v >= min;
}
