#include "clients/lib/rawconn.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clients/lib/sys.h"

enum { RECEIVED_MAX = 256 * 1024 * 1024 };

struct rawconn {
    int fd;
    struct buf in; /* received */
    size_t taken;  /* of `in`, by earlier answers */
    enum rawconn_end end;
};

const char *rawconn_end_name(enum rawconn_end e)
{
    static const char *const k_names[] = {
        [RAWCONN_OPEN] = "open", [RAWCONN_CLOSED] = "closed", [RAWCONN_RESET] = "reset"};
    return k_names[e];
}

/* poll() that survives signals; false at the deadline. */
static bool wait_for(int fd, short events, int64_t deadline_ms)
{
    struct pollfd p = {.fd = fd, .events = events};
    for (;;) {
        const int n = poll(&p, 1, sys_left_ms(deadline_ms));
        if (n > 0)
            return true;
        if (n == 0 || errno != EINTR)
            return false;
    }
}

/* 0, or an errno. */
static int connect_until(int fd, const struct addrinfo *to, int64_t deadline_ms)
{
    int error = 0;
    socklen_t n = sizeof(error);
    if (connect(fd, to->ai_addr, to->ai_addrlen) == 0)
        return 0;
    if (errno != EINPROGRESS && errno != EINTR)
        return errno;
    if (!wait_for(fd, POLLOUT, deadline_ms))
        return ETIMEDOUT;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &n) ? errno : error;
}

/* A connected, non-blocking socket, or -1 with *error set. */
static int dial(const struct addrinfo *to, int64_t deadline_ms, int *error)
{
    const int on = 1;
    const int fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        *error = errno;
        return -1;
    }
    *error = connect_until(fd, to, deadline_ms);
    if (*error) {
        close(fd);
        return -1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)); /* each piece its own packet */
    return fd;
}

enum err rawconn_open(struct arena *a,
                      struct str host,
                      uint16_t port,
                      int64_t deadline_ms,
                      struct rawconn **out,
                      struct str *problem)
{
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    const struct str service = arena_printf(a, "%u", port);
    int error = EADDRNOTAVAIL;
    int fd = -1;

    if (getaddrinfo(arena_cstr(a, host), service.p, &hints, &found) == 0) {
        for (const struct addrinfo *to = found; to && fd < 0; to = to->ai_next)
            fd = dial(to, deadline_ms, &error);
        freeaddrinfo(found);
    }
    if (fd < 0) {
        *problem = arena_printf(a, "cannot connect to %.*s:%u: %.*s", STR_ARG(host), port,
                                STR_ARG(sys_error_text(a, error)));
        return ERR_IO;
    }
    struct rawconn *c = arena_new(a, struct rawconn);
    c->fd = fd;
    buf_init(&c->in, RECEIVED_MAX);
    *out = c;
    return ERR_OK;
}

void rawconn_close(struct rawconn *c, bool hard)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    if (!c || c->fd < 0)
        return;
    if (hard)
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    close(c->fd);
    c->fd = -1;
    buf_release(&c->in);
}

static bool would_block(int error)
{
    return error == EAGAIN || error == EINTR;
}

bool rawconn_send(struct rawconn *c, struct str bytes, int64_t deadline_ms)
{
    size_t done = 0;
    while (done < bytes.n) {
        const ssize_t n = send(c->fd, bytes.p + done, bytes.n - done, MSG_NOSIGNAL);
        if (n >= 0)
            done += (size_t)n;
        else if (!would_block(errno) || !wait_for(c->fd, POLLOUT, deadline_ms))
            return false;
    }
    return true;
}

void rawconn_half_close(struct rawconn *c)
{
    shutdown(c->fd, SHUT_WR);
}

/* False at the deadline. An end of the connection is noted and counts as news. */
static bool receive(struct rawconn *c, int64_t deadline_ms)
{
    char piece[4096];
    for (;;) {
        const ssize_t n = recv(c->fd, piece, sizeof(piece), 0);
        if (n > 0) {
            buf_add(&c->in, (struct str){piece, (size_t)n});
            return !c->in.overflowed;
        }
        if (n == 0) {
            c->end = RAWCONN_CLOSED;
            return true;
        }
        if (!would_block(errno)) {
            c->end = RAWCONN_RESET;
            return true;
        }
        if (!wait_for(c->fd, POLLIN, deadline_ms))
            return false;
    }
}

static struct str untaken(const struct rawconn *c)
{
    return str_from(buf_view(&c->in), c->taken);
}

/* One answer of what is there, 1xx too. RAWCONN_READ_TIMEOUT stands for "more is needed". */
static enum rawconn_read try_one(struct rawconn *c,
                                 struct arena *a,
                                 bool no_body,
                                 struct http_answer *answer)
{
    size_t used = 0;
    const bool ended = c->end != RAWCONN_OPEN;
    const struct str bytes = untaken(c);
    const size_t head = http_head_length(bytes);

    if (!head)
        return ended ? RAWCONN_READ_END : RAWCONN_READ_TIMEOUT;
    if (!http_parse_head(a, arena_strdup(a, (struct str){bytes.p, head - 4}), answer))
        return RAWCONN_READ_BAD;
    const enum http_body state =
        http_take_body(a, str_from(bytes, head), no_body, ended, answer, &used);
    if (state != HTTP_BODY_DONE)
        return state == HTTP_BODY_BAD ? RAWCONN_READ_BAD : RAWCONN_READ_TIMEOUT;
    c->taken += head + used;
    return RAWCONN_READ_ANSWER;
}

static enum rawconn_read try_answer(struct rawconn *c,
                                    struct arena *a,
                                    bool no_body,
                                    struct http_answer *answer)
{
    enum rawconn_read r;
    do
        r = try_one(c, a, no_body, answer);
    while (r == RAWCONN_READ_ANSWER && answer->status < 200);
    return r;
}

enum rawconn_read rawconn_read_answer(struct rawconn *c,
                                      struct arena *a,
                                      bool no_body,
                                      int64_t deadline_ms,
                                      struct http_answer *answer,
                                      struct str *bytes)
{
    const size_t before = c->taken;
    const int64_t start_us = sys_now_us();
    *answer = (struct http_answer){0};
    enum rawconn_read r = try_answer(c, a, no_body, answer);
    while (r == RAWCONN_READ_TIMEOUT && c->end == RAWCONN_OPEN && receive(c, deadline_ms))
        r = try_answer(c, a, no_body, answer);
    answer->elapsed_us = sys_now_us() - start_us;
    const struct str all = str_from(buf_view(&c->in), before);
    *bytes =
        arena_strdup(a, r == RAWCONN_READ_ANSWER ? (struct str){all.p, c->taken - before} : all);
    return r;
}

enum rawconn_end rawconn_read_to_end(struct rawconn *c,
                                     struct arena *a,
                                     int64_t deadline_ms,
                                     struct str *bytes)
{
    while (c->end == RAWCONN_OPEN && receive(c, deadline_ms))
        continue;
    *bytes = arena_strdup(a, untaken(c));
    c->taken = c->in.n;
    return c->end;
}
