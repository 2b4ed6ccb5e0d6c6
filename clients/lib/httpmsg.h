#ifndef CLIENTS_LIB_HTTPMSG_H
#define CLIENTS_LIB_HTTPMSG_H

#include "mockd/base/arena.h"
#include "mockd/base/buf.h"

/* An HTTP/1.x answer as a client sees it. */
struct http_header {
    struct str name, value;
};

struct http_answer {
    int status;
    struct str head; /* status line and headers as they came, without the empty line */
    struct http_header *headers;
    size_t nheaders;
    struct str body; /* chunks joined */
    bool cut;        /* the connection ended before the body did */
    bool to_end;     /* neither a length nor chunks: the body went on to the end */
    int64_t elapsed_us;
};

/* How long the head at the start of `bytes` is, with its empty line; 0 when it is incomplete. */
size_t http_head_length(struct str bytes);

/* Fills status, head and headers, all slices of `head`. False when it is no HTTP answer. */
bool http_parse_head(struct arena *a, struct str head, struct http_answer *out);

/* All values of the header, joined with ", "; absent when there is none. */
struct str http_header_value(struct arena *a, const struct http_answer *answer, struct str name);

/* "connection: close" or HTTP/1.0 without keep-alive. */
bool http_announces_close(struct arena *a, const struct http_answer *answer);

/*
 * The body of the answer at the start of `bytes` (what follows the head). `no_body`: the request
 * was HEAD. `ended`: no more bytes will come.
 */
enum http_body { HTTP_BODY_MORE, HTTP_BODY_DONE, HTTP_BODY_BAD };

/* On DONE fills body, cut and to_end, and *used with how many bytes it took. */
enum http_body http_take_body(struct arena *a,
                              struct str bytes,
                              bool no_body,
                              bool ended,
                              struct http_answer *answer,
                              size_t *used);

/* Appends s with everything but letters, digits and -._~ as %XX. */
void http_percent_encode(struct buf *b, struct str s);

#endif
