#ifndef CLIENTS_LIB_RAWCONN_H
#define CLIENTS_LIB_RAWCONN_H

#include "clients/lib/httpmsg.h"
#include "mockd/base/err.h"

/*
 * A plain TCP connection, for what a proper client would never send, and for a close look at how
 * an answer ends. One thread at a time. All deadlines are on sys_now_ms's clock.
 */
struct rawconn;

/* How the server's side of the connection stands. */
enum rawconn_end {
    RAWCONN_OPEN,
    RAWCONN_CLOSED, /* FIN */
    RAWCONN_RESET   /* RST */
};

const char *rawconn_end_name(enum rawconn_end e);

/* `host` is an address in numbers or "localhost". The connection lives in the arena. */
enum err rawconn_open(struct arena *a,
                      struct str host,
                      uint16_t port,
                      int64_t deadline_ms,
                      struct rawconn **out,
                      struct str *problem) __attribute__((warn_unused_result));

/* Closes; with a reset instead of FIN when `hard`. c may be NULL; twice is once. */
void rawconn_close(struct rawconn *c, bool hard);

/* False when the connection broke, or the peer took nothing until the deadline. */
bool rawconn_send(struct rawconn *c, struct str bytes, int64_t deadline_ms);

/* Says FIN and goes on reading. */
void rawconn_half_close(struct rawconn *c);

enum rawconn_read {
    RAWCONN_READ_ANSWER,
    RAWCONN_READ_END,     /* the connection ended, and before it no whole head */
    RAWCONN_READ_TIMEOUT, /* neither until the deadline */
    RAWCONN_READ_BAD      /* no HTTP, or a body that cannot be delimited */
};

/*
 * The next answer; 1xx are skipped. `no_body`: it answers a HEAD. The answer lives in `a`. What
 * was received and not taken by an earlier answer is in *bytes, whatever the outcome.
 */
enum rawconn_read rawconn_read_answer(struct rawconn *c,
                                      struct arena *a,
                                      bool no_body,
                                      int64_t deadline_ms,
                                      struct http_answer *answer,
                                      struct str *bytes);

/* Reads until the connection ends or the deadline; *bytes is what came and no answer took. */
enum rawconn_end rawconn_read_to_end(struct rawconn *c,
                                     struct arena *a,
                                     int64_t deadline_ms,
                                     struct str *bytes);

#endif
