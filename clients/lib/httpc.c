#include "clients/lib/httpc.h"

#include <curl/curl.h>

#include "clients/lib/sys.h"
#include "mockd/base/check.h"

enum { DEADLINE_MS = 15000, HEAD_MAX = 1024 * 1024, BODY_MAX = 256 * 1024 * 1024 };

struct httpc {
    CURL *curl;
    struct buf head, body;
    char error[CURL_ERROR_SIZE];
};

const char *httpc_failure_name(enum httpc_failure f)
{
    static const char *const k_names[] = {
        [HTTPC_OK] = "none",     [HTTPC_REFUSED] = "refused",     [HTTPC_EMPTY] = "empty",
        [HTTPC_RESET] = "reset", [HTTPC_TRUNCATED] = "truncated", [HTTPC_TIMEOUT] = "timeout",
        [HTTPC_TLS] = "tls",     [HTTPC_MALFORMED] = "malformed", [HTTPC_OTHER] = "other",
    };
    return k_names[f];
}

static enum httpc_failure failure_of(const struct httpc *c, CURLcode rc)
{
    long error = 0;
    switch ((int)rc) {
    case CURLE_OK:
        return HTTPC_OK;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
        return HTTPC_REFUSED;
    case CURLE_GOT_NOTHING:
        return HTTPC_EMPTY;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        /* without an errno libcurl means a bad chunk or an early end */
        curl_easy_getinfo(c->curl, CURLINFO_OS_ERRNO, &error);
        return error ? HTTPC_RESET : HTTPC_TRUNCATED;
    case CURLE_PARTIAL_FILE:
        return HTTPC_TRUNCATED;
    case CURLE_OPERATION_TIMEDOUT:
        return HTTPC_TIMEOUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return HTTPC_TLS;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
        return HTTPC_MALFORMED;
    default:
        return HTTPC_OTHER;
    }
}

void httpc_setup(void)
{
    CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

struct httpc *httpc_open(struct arena *a)
{
    struct httpc *c = arena_new(a, struct httpc);
    c->curl = curl_easy_init();
    CHECK(c->curl);
    buf_init(&c->head, HEAD_MAX);
    buf_init(&c->body, BODY_MAX);
    return c;
}

void httpc_close(struct httpc *c)
{
    if (!c)
        return;
    curl_easy_cleanup(c->curl);
    buf_release(&c->head);
    buf_release(&c->body);
}

/* A new status line starts over, so that 100 Continue leaves nothing. */
// NOLINTNEXTLINE(readability-non-const-parameter): the type is libcurl's
static size_t keep_head(char *p, size_t size, size_t n, void *arg)
{
    struct httpc *c = arg;
    const struct str line = {p, size * n};
    if (str_starts(line, STR("HTTP/")))
        buf_clear(&c->head);
    buf_add(&c->head, line);
    return c->head.overflowed ? 0 : line.n;
}

// NOLINTNEXTLINE(readability-non-const-parameter): the type is libcurl's
static size_t keep_body(char *p, size_t size, size_t n, void *arg)
{
    struct httpc *c = arg;
    buf_add(&c->body, (struct str){p, size * n});
    return c->body.overflowed ? 0 : size * n;
}

static struct curl_slist *add_line(struct curl_slist *list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(list, line);
    CHECK(longer);
    return longer;
}

/* libcurl reads "Name;" as a header without a value, and "Name:" as one to leave out. */
static struct curl_slist *header_lines(struct arena *a, const struct http_request *request)
{
    bool expect = false;
    bool type = false;
    struct curl_slist *list = NULL;
    for (size_t i = 0; i < request->nheaders; i++) {
        const struct http_header *h = &request->headers[i];
        const char *mark = h->value.n ? ": " : h->value.p ? ";" : ":";
        const struct str line =
            arena_printf(a, "%.*s%s%.*s", STR_ARG(h->name), mark, STR_ARG(h->value));
        list = add_line(list, line.p);
        expect = expect || str_eq_nocase(h->name, STR("Expect"));
        type = type || str_eq_nocase(h->name, STR("Content-Type"));
    }
    if (!expect) /* or a large body would wait for 100 Continue */
        list = add_line(list, "Expect:");
    if (!type) /* or a body would get a form's type */
        list = add_line(list, "Content-Type:");
    return list;
}

static void set_constants(struct httpc *c)
{
    curl_easy_setopt(c->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(c->curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(c->curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c->curl, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(c->curl, CURLOPT_USERAGENT, "mockd-tests");
    curl_easy_setopt(c->curl, CURLOPT_HEADERFUNCTION, keep_head);
    curl_easy_setopt(c->curl, CURLOPT_HEADERDATA, c);
    curl_easy_setopt(c->curl, CURLOPT_WRITEFUNCTION, keep_body);
    curl_easy_setopt(c->curl, CURLOPT_WRITEDATA, c);
    curl_easy_setopt(c->curl, CURLOPT_ERRORBUFFER, c->error);
}

static void set_request(struct httpc *c, struct arena *a, const struct http_request *request)
{
    const long timeout = (long)(request->timeout_ms ? request->timeout_ms : DEADLINE_MS);

    curl_easy_reset(c->curl); /* keeps the connection */
    set_constants(c);
    curl_easy_setopt(c->curl, CURLOPT_URL, arena_cstr(a, request->url));
    curl_easy_setopt(c->curl, CURLOPT_CONNECTTIMEOUT_MS, timeout);
    curl_easy_setopt(c->curl, CURLOPT_TIMEOUT_MS, timeout);
    if (request->ca_file.p)
        curl_easy_setopt(c->curl, CURLOPT_CAINFO, arena_cstr(a, request->ca_file));
    if (request->body.p) {
        curl_easy_setopt(c->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.n);
        curl_easy_setopt(c->curl, CURLOPT_POSTFIELDS, request->body.p);
    }
    if (str_eq(request->method, STR("HEAD")))
        curl_easy_setopt(c->curl, CURLOPT_NOBODY, 1L);
    else
        curl_easy_setopt(c->curl, CURLOPT_CUSTOMREQUEST, arena_cstr(a, request->method));
}

enum httpc_failure httpc_send(struct httpc *c,
                              struct arena *a,
                              const struct http_request *request,
                              struct http_answer *answer,
                              struct str *detail)
{
    buf_clear(&c->head);
    buf_clear(&c->body);
    c->error[0] = '\0';
    *answer = (struct http_answer){0};
    set_request(c, a, request);
    struct curl_slist *lines = header_lines(a, request);
    curl_easy_setopt(c->curl, CURLOPT_HTTPHEADER, lines);
    const int64_t start_us = sys_now_us();
    const CURLcode rc = curl_easy_perform(c->curl);
    answer->elapsed_us = sys_now_us() - start_us;
    curl_slist_free_all(lines);
    enum httpc_failure f = failure_of(c, rc);
    answer->head = arena_strdup(a, buf_view(&c->head));
    answer->body = arena_strdup(a, buf_view(&c->body));
    answer->cut = f == HTTPC_TRUNCATED;
    const size_t end = http_head_length(answer->head);
    if (end)
        answer->head.n = end - 4;
    const bool parsed = http_parse_head(a, answer->head, answer);
    if (!parsed && !f)
        f = HTTPC_MALFORMED;
    *detail = rc == CURLE_OK
                  ? STR("the head is no HTTP answer")
                  : arena_strdup(a, str_from_cstr(c->error[0] ? c->error : curl_easy_strerror(rc)));
    return f;
}
