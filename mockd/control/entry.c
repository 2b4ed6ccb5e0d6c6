#include "mockd/base/utf8.h"
#include "mockd/control/internal.h"
#include "mockd/domain/civil.h"
#include "mockd/domain/money.h"

static struct str base64(struct arena *a, struct str s)
{
    static const char k_digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *p = arena_alloc(a, (s.n + 2) / 3 * 4 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i += 3) {
        unsigned long three = 0;
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            p[n++] = i + k > s.n ? '=' : k_digits[three >> (18 - 6 * k) & 63];
    }
    return (struct str){p, n};
}

/* Text as it is; other bytes under another name, so that nothing is lost. */
static void write_body(struct rq *rq, struct str body)
{
    if (body.p && !utf8_valid(body)) {
        out_str(&rq->out, STR("bodyBase64"), base64(rq->arena, body));
        return;
    }
    const bool show = rq->session->settings.show_secrets;
    out_str(&rq->out, STR("body"),
            show ? body : utf8_repaired(rq->arena, mask_body(rq->arena, body)));
}

static struct str header_value(struct rq *rq, const struct header *h)
{
    const bool show = rq->session->settings.show_secrets;
    return utf8_repaired(rq->arena, show ? h->value : mask_header(h->name, h->value));
}

/* An object; a name that comes several times has an array, where it first stood. */
static void write_headers(struct rq *rq, const struct header *h, size_t n)
{
    out_object_begin(&rq->out, STR("headers"));
    for (size_t i = 0; i < n; i++) {
        size_t first = 0;
        size_t same = 0;
        while (!str_eq_nocase(h[first].name, h[i].name))
            first++;
        for (size_t k = i; k < n; k++)
            same += str_eq_nocase(h[k].name, h[i].name) ? 1 : 0;
        const struct str name = utf8_repaired(rq->arena, h[i].name);
        if (first != i)
            continue;
        if (same == 1) {
            out_str(&rq->out, name, header_value(rq, &h[i]));
            continue;
        }
        out_array_begin(&rq->out, name);
        for (size_t k = i; k < n; k++) {
            if (str_eq_nocase(h[k].name, h[i].name))
                out_str(&rq->out, name, header_value(rq, &h[k]));
        }
        out_end(&rq->out);
    }
    out_end(&rq->out);
}

static void write_request(struct rq *rq, const struct journal_entry *e)
{
    const bool show = rq->session->settings.show_secrets;
    out_object_begin(&rq->out, STR("request"));
    out_str(&rq->out, STR("method"), utf8_repaired(rq->arena, e->method));
    out_str(&rq->out, STR("url"),
            utf8_repaired(rq->arena, show ? e->url : mask_url(rq->arena, e->url)));
    out_str(&rq->out, STR("clientIp"), e->client_ip);
    write_headers(rq, e->headers, e->nheaders);
    write_body(rq, e->body.p ? e->body : STR(""));
    out_end(&rq->out);
}

static void write_response(struct rq *rq, const struct journal_entry *e)
{
    out_object_begin(&rq->out, STR("response"));
    out_int(&rq->out, STR("status"), e->status);
    write_headers(rq, e->response_headers, e->nresponse_headers);
    write_body(rq, e->response_body);
    out_end(&rq->out);
}

void control_entry_begin(struct rq *rq, const struct journal_entry *e)
{
    struct out *o = &rq->out;
    const bool show = rq->session->settings.show_secrets;
    const struct str key = utf8_repaired(rq->arena, e->api_key);
    out_object_begin(o, STR("request"));
    out_str(o, STR("id"), arena_printf(rq->arena, "%lld", (long long)e->id));
    out_str(o, STR("loggedDate"), iso8601_utc(rq->arena, e->logged_ms));
    out_str(o, STR("session"), rq->session->id);
    out_str(o, STR("provider"), e->provider);
    out_str(o, STR("endpoint"), e->endpoint);
    out_str(o, STR("apiKey"), show ? key : utf8_repaired(rq->arena, mask_key(rq->arena, key)));
    write_request(rq, e);
    write_response(rq, e);
    out_str(o, STR("catalogId"), e->error ? e->error->id : (struct str){0});
    out_str(o, STR("why"), e->why.p ? utf8_repaired(rq->arena, e->why) : e->why);
    out_null(o, STR("fault"));
    out_object_begin(o, STR("effects"));
    out_int(o, STR("accepted"), e->accepted);
    out_str(o, STR("charged"),
            money_text(rq->arena, e->charged_e8, e->charged_e8 % 100000 ? 8 : 3));
    out_end(o);
    out_int(o, STR("durationMicros"), e->duration_us);
    out_int(o, STR("connection"), (int64_t)e->connection);
    out_int(o, STR("arrivedMicros"), e->arrived_us);
    if (e->done_us)
        out_int(o, STR("doneMicros"), e->done_us);
    else
        out_null(o, STR("doneMicros"));
    out_int(o, STR("sentBytes"), e->sent_bytes);
}
