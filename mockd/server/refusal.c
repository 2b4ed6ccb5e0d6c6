#include "mockd/server/refusal.h"

#include <stdio.h>

#include "mockd/base/check.h"
#include "mockd/base/str.h"

static bool is_asterisk(const struct unparsed *u)
{
    return !u->status && u->target && strcmp(u->target, "*") == 0;
}

static bool is_elsewhere(const struct unparsed *u)
{
    return !u->status && u->target;
}

static bool is_version(const struct unparsed *u)
{
    return u->status == 505;
}

static bool is_length(const struct unparsed *u)
{
    return u->status == 411;
}

static bool is_coding(const struct unparsed *u)
{
    return u->has_transfer_encoding;
}

static bool is_header(const struct unparsed *u)
{
    return u->nheaders < 0;
}

static bool is_head(const struct unparsed *u)
{
    return !u->method;
}

static bool is_target(const struct unparsed *u)
{
    return strcmp(u->why, "Invalid URI") == 0 || !u->version || strchr(u->version, '\n');
}

static bool is_method(const struct unparsed *u)
{
    (void)u;
    return true;
}

/* What is wrong with a request, the first that fits. */
static const struct refusal {
    bool (*is)(const struct unparsed *u);
    int status;
    const char *title, *detail;
} k_refusals[] = {
    {is_asterisk, 400, "Bad Request", "The request target * is for no resource of this server."},
    {is_elsewhere, 421, "Misdirected Request",
     "The request target names another server; this one is not a proxy. Send the path and a Host "
     "header, or this server's own port."},
    {is_version, 505, "HTTP Version Not Supported", "HTTP/1.0 and HTTP/1.1 are spoken here."},
    {is_length, 400, "Bad Request", "Content-Length is not a number of bytes."},
    {is_coding, 400, "Bad Request", "No Transfer-Encoding but chunked is understood here."},
    {is_header, 400, "Bad Request", "A header line is not well-formed."},
    {is_head, 400, "Bad Request",
     "The head of the request is over 32768 bytes, ended early, or has a byte in it that no head "
     "may have."},
    {is_target, 400, "Bad Request",
     "The request line is not METHOD, target and HTTP version with one blank between them, or the "
     "target has a byte that must be percent-encoded."},
    {is_method, 400, "Bad Request", "The method is not known; methods are in capitals."},
};

size_t refusal_write(char out[REFUSAL_MAX], const struct unparsed *u)
{
    char body[REFUSAL_MAX / 2];
    const struct refusal *r = k_refusals;
    while (!r->is(u))
        r++;
    const int n = snprintf(body, sizeof(body),
                           "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,"
                           "\"detail\":\"%s\"}",
                           r->title, r->status, r->detail);
    const int all = snprintf(out, REFUSAL_MAX,
                             "HTTP/1.1 %d %s\r\nContent-Type: application/problem+json\r\n"
                             "Content-Length: %d\r\nConnection: close\r\n\r\n%s",
                             r->status, r->title, n, body);
    CHECK(n > 0 && (size_t)n < sizeof(body) && all > 0 && all < REFUSAL_MAX);
    return (size_t)all;
}
