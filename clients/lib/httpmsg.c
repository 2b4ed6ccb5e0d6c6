#include "clients/lib/httpmsg.h"

enum { SIZE_MAX_ALLOWED = 1 << 30 };

size_t http_head_length(struct str bytes)
{
    const size_t at = str_find(bytes, STR("\r\n\r\n"));
    return at < bytes.n ? at + 4 : 0;
}

static bool take_line(struct str *rest, struct str *line)
{
    if (rest->n == 0)
        return false;
    const size_t end = str_find(*rest, STR("\r\n"));
    *line = (struct str){rest->p, end};
    *rest = str_from(*rest, end + 2);
    return true;
}

static bool parse_status(struct str line, int *status)
{
    uint64_t v = 0;
    const struct str after = str_from(line, 8);
    if (!str_starts(line, STR("HTTP/1.")) || !str_starts(after, STR(" ")) || after.n < 4)
        return false;
    if (!str_to_uint((struct str){after.p + 1, 3}, 999, &v) || (after.n > 4 && after.p[4] != ' '))
        return false;
    *status = (int)v;
    return true;
}

bool http_parse_head(struct arena *a, struct str head, struct http_answer *out)
{
    struct str line;
    struct str rest = head;
    size_t lines = 0;

    while (take_line(&rest, &line))
        lines++;
    rest = head;
    if (!take_line(&rest, &line) || !parse_status(line, &out->status))
        return false;
    out->head = head;
    out->headers = arena_array(a, struct http_header, lines);
    out->nheaders = 0;
    while (take_line(&rest, &line) && line.n) {
        const size_t colon = str_find_char(line, ':');
        if (colon == 0 || colon == line.n)
            return false;
        out->headers[out->nheaders++] = (struct http_header){
            .name = {line.p, colon}, .value = str_trim(str_from(line, colon + 1))};
    }
    return true;
}

struct str http_header_value(struct arena *a, const struct http_answer *answer, struct str name)
{
    struct str value = {0};
    for (size_t i = 0; i < answer->nheaders; i++) {
        const struct http_header *h = &answer->headers[i];
        if (!str_eq_nocase(h->name, name))
            continue;
        value =
            value.p ? arena_printf(a, "%.*s, %.*s", STR_ARG(value), STR_ARG(h->value)) : h->value;
    }
    return value;
}

bool http_announces_close(struct arena *a, const struct http_answer *answer)
{
    const struct str connection = http_header_value(a, answer, STR("Connection"));
    if (str_starts(answer->head, STR("HTTP/1.0")))
        return !str_eq_nocase(connection, STR("keep-alive"));
    return str_eq_nocase(connection, STR("close"));
}

static bool hex_size(struct str text, size_t *out)
{
    size_t v = 0;
    if (text.n == 0)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        const char low = (char)(c | 0x20);
        if (c >= '0' && c <= '9')
            v = v * 16 + (size_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            v = v * 16 + (size_t)(low - 'a' + 10);
        else
            return false;
        if (v > SIZE_MAX_ALLOWED)
            return false;
    }
    *out = v;
    return true;
}

/* After the last chunk: trailers up to an empty line. */
static enum http_body skip_trailers(struct str bytes, size_t *at)
{
    for (;;) {
        const struct str rest = str_from(bytes, *at);
        const size_t end = str_find(rest, STR("\r\n"));
        if (end == rest.n)
            return HTTP_BODY_MORE;
        *at += end + 2;
        if (end == 0)
            return HTTP_BODY_DONE;
    }
}

/* One chunk from *at on into b. DONE: it was the last. */
static enum http_body take_chunk(struct str bytes, size_t *at, struct buf *b, bool *last)
{
    size_t size = 0;
    const struct str rest = str_from(bytes, *at);
    const size_t end = str_find(rest, STR("\r\n"));
    if (end == rest.n)
        return HTTP_BODY_MORE;
    if (!hex_size((struct str){rest.p, str_find_char((struct str){rest.p, end}, ';')}, &size))
        return HTTP_BODY_BAD;
    const struct str data = str_from(rest, end + 2);
    *last = size == 0;
    if (*last) {
        *at += end + 2;
        return HTTP_BODY_DONE;
    }
    if (data.n < size + 2)
        return HTTP_BODY_MORE;
    if (!str_starts(str_from(data, size), STR("\r\n")))
        return HTTP_BODY_BAD;
    buf_add(b, (struct str){data.p, size});
    *at += end + 2 + size + 2;
    return HTTP_BODY_DONE;
}

static enum http_body take_chunks(struct str bytes, struct buf *b, size_t *used)
{
    bool last = false;
    size_t at = 0;
    while (!last) {
        const enum http_body state = take_chunk(bytes, &at, b, &last);
        if (state != HTTP_BODY_DONE)
            return state;
    }
    const enum http_body state = skip_trailers(bytes, &at);
    *used = at;
    return state;
}

static enum http_body take_chunked(
    struct arena *a, struct str bytes, bool ended, struct http_answer *answer, size_t *used)
{
    struct buf b;
    buf_init(&b, SIZE_MAX_ALLOWED);
    enum http_body state = take_chunks(bytes, &b, used);
    if (state == HTTP_BODY_MORE && ended) {
        answer->cut = true;
        *used = bytes.n;
        state = HTTP_BODY_DONE;
    }
    if (state == HTTP_BODY_DONE)
        answer->body = arena_strdup(a, buf_view(&b));
    buf_release(&b);
    return state;
}

enum http_body http_take_body(struct arena *a,
                              struct str bytes,
                              bool no_body,
                              bool ended,
                              struct http_answer *answer,
                              size_t *used)
{
    uint64_t length = 0;
    const struct str coding = http_header_value(a, answer, STR("Transfer-Encoding"));
    const struct str given = http_header_value(a, answer, STR("Content-Length"));

    answer->cut = false;
    answer->to_end = false;
    *used = 0;
    if (no_body || answer->status < 200 || answer->status == 204 || answer->status == 304) {
        answer->body = STR("");
        return HTTP_BODY_DONE;
    }
    if (coding.p)
        return str_eq_nocase(coding, STR("chunked")) ? take_chunked(a, bytes, ended, answer, used)
                                                     : HTTP_BODY_BAD;
    if (given.p && !str_to_uint(given, SIZE_MAX_ALLOWED, &length))
        return HTTP_BODY_BAD;
    if (!ended && (!given.p || bytes.n < length))
        return HTTP_BODY_MORE;
    answer->to_end = !given.p;
    answer->cut = given.p && bytes.n < length;
    *used = answer->to_end || answer->cut ? bytes.n : (size_t)length;
    answer->body = arena_strdup(a, (struct str){bytes.p ? bytes.p : "", *used});
    return HTTP_BODY_DONE;
}

void http_percent_encode(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const char low = (char)(c | 0x20);
        if ((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c)))
            buf_add_char(b, c);
        else
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)c);
    }
}
