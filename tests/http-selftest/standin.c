/*
 * Stands in for mockd in the tests of the runner: a fixed answer a path, every way to break a
 * connection, and, on request, every way to start or end badly.
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mockd/base/buf.h"

enum { REQUEST_MAX = 4 * 1024 * 1024 };

static struct {
    const char *ready_file;
    const char *say; /* to stderr, at the end */
    int end_code;
    int die_code; /* before it is ready; -1 for no */
} options = {.die_code = -1};

static atomic_int counter;

static void reply(int fd, const char *type, struct str body, bool close_after)
{
    struct buf b;
    buf_init(&b, (size_t)REQUEST_MAX * 2);
    buf_addf(&b, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nX-Two: a\r\nX-Two: b\r\n", type);
    buf_addf(&b, "Content-Length: %zu\r\n", body.n);
    buf_add(&b, close_after ? STR("Connection: close\r\n\r\n") : STR("\r\n"));
    buf_add(&b, body);
    send(fd, b.p, b.n, MSG_NOSIGNAL);
    buf_release(&b);
}

static void say(int fd, const char *text)
{
    send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void reset(int fd)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

static bool count(int fd)
{
    char text[32];
    const int n = snprintf(text, sizeof(text), "{\"n\":%d}", atomic_fetch_add(&counter, 1) + 1);
    reply(fd, "application/json", (struct str){text, (size_t)n}, false);
    return true;
}

/* The paths with a constant answer. */
static const struct {
    struct str path;
    const char *type;
    struct str body;
    bool close;
} k_fixed[] = {
    {STR_INIT("/ok"), "application/json",
     STR_INIT("{\"id\":\"m1\",\"cost\":0.0380,\"parts\":[{\"to\":\"336\"}],\"left\":null}"), false},
    {STR_INIT("/twice"), "application/json", STR_INIT("{\"a\":1,\"a\":2}"), false},
    {STR_INIT("/xml"), "text/xml", STR_INIT("<ok/>"), false},
    {STR_INIT("/close"), "text/plain", STR_INIT("bye"), true},
    {STR_INIT("/__admin/clock"), "application/json", STR_INIT("{\"status\":\"ready\"}"), false},
};

/* False: the connection ends. */
static bool answer(int fd, struct str path, struct str query, struct str body)
{
    for (size_t i = 0; i < sizeof(k_fixed) / sizeof(k_fixed[0]); i++) {
        if (str_eq(path, k_fixed[i].path)) {
            reply(fd, k_fixed[i].type, k_fixed[i].body, k_fixed[i].close);
            return !k_fixed[i].close;
        }
    }
    if (str_eq(path, STR("/count")))
        return count(fd);
    if (str_eq(path, STR("/abort")))
        abort();
    if (str_eq(path, STR("/reset")))
        reset(fd);
    else if (str_eq(path, STR("/cut")))
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut");
    else if (str_eq(path, STR("/garbage")))
        say(fd, "\x01\x02garbage\r\n\r\n");
    else if (str_eq(path, STR("/chunks")))
        say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                "chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
    else if (!str_eq(path, STR("/empty")))
        reply(fd, "text/plain", str_eq(path, STR("/query")) ? query : body, false);
    return str_eq(path, STR("/chunks")) || str_eq(path, STR("/query")) ||
           str_eq(path, STR("/echo"));
}

static size_t body_length(struct str head)
{
    static const char k_name[] = "Content-Length: ";
    uint64_t n = 0;
    const size_t at = str_find(head, STR("Content-Length: "));
    const struct str rest = str_from(head, at + sizeof(k_name) - 1);
    if (at < head.n)
        str_to_uint((struct str){rest.p, str_find_char(rest, '\r')}, REQUEST_MAX, &n);
    return (size_t)n;
}

/* The request at the start of `all`; how long it is, 0 when it is not whole. */
static size_t request_length(struct str all, struct str *head)
{
    const size_t end = str_find(all, STR("\r\n\r\n"));
    *head = (struct str){all.p, end};
    if (end == all.n)
        return 0;
    const size_t whole = end + 4 + body_length((struct str){all.p, end + 2});
    return whole <= all.n ? whole : 0;
}

/* Answers what is whole; false when the connection is to end. */
static bool answer_all(int fd, struct buf *in, size_t *taken)
{
    struct str head;
    for (;;) {
        const struct str all = str_from(buf_view(in), *taken);
        const size_t n = request_length(all, &head);
        if (n == 0)
            return true;
        *taken += n;
        struct str rest = head;
        struct str method;
        struct str target;
        if (!str_split(&rest, ' ', &method) || !str_split(&rest, ' ', &target) ||
            !str_starts(target, STR("/"))) {
            say(fd, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return false;
        }
        const size_t mark = str_find_char(target, '?');
        const size_t body = head.n + 4;
        if (!answer(fd, (struct str){target.p, mark}, str_from(target, mark + 1),
                    (struct str){all.p + body, n - body}))
            return false;
    }
}

static void *serve_one(void *arg)
{
    int fd;
    char piece[4096];
    struct buf in;
    size_t taken = 0;
    memcpy(&fd, &arg, sizeof(fd));
    buf_init(&in, REQUEST_MAX);
    for (;;) {
        const ssize_t n = recv(fd, piece, sizeof(piece), 0);
        if (n <= 0)
            break;
        buf_add(&in, (struct str){piece, (size_t)n});
        if (!answer_all(fd, &in, &taken))
            break;
    }
    buf_release(&in);
    close(fd);
    return NULL;
}

static void *serve(void *arg)
{
    int listener;
    memcpy(&listener, &arg, sizeof(listener));
    for (;;) {
        pthread_t thread;
        void *passed = NULL;
        const int fd = accept(listener, NULL, NULL);
        memcpy(&passed, &fd, sizeof(fd));
        if (fd >= 0 && pthread_create(&thread, NULL, serve_one, passed) == 0)
            pthread_detach(thread);
    }
    return NULL;
}

static int listen_on_any_port(unsigned *port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr *generic = (struct sockaddr *)&a;
    socklen_t n = sizeof(a);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, generic, n) || listen(fd, 64) || getsockname(fd, generic, &n))
        return -1;
    *port = ntohs(a.sin_port);
    return fd;
}

static bool write_ready_file(unsigned port)
{
    char partial[4096];
    snprintf(partial, sizeof(partial), "%s.new", options.ready_file);
    FILE *f = fopen(partial, "w");
    if (!f)
        return false;
    fprintf(f, "{\"pid\":%d,\"url\":\"http://127.0.0.1:%u\",\"seed\":7}", (int)getpid(), port);
    return fclose(f) == 0 && rename(partial, options.ready_file) == 0;
}

static void read_options(int argc, char **argv)
{
    for (int i = 2; i + 1 < argc; i += 2) {
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--ready-file") == 0)
            options.ready_file = value;
        else if (strcmp(argv[i], "--say") == 0)
            options.say = value;
        else if (strcmp(argv[i], "--end-code") == 0)
            options.end_code = (int)strtol(value, NULL, 10);
        else if (strcmp(argv[i], "--die-code") == 0)
            options.die_code = (int)strtol(value, NULL, 10);
    }
}

int main(int argc, char **argv)
{
    int signal_number = 0;
    unsigned port = 0;
    pthread_t thread;
    sigset_t term;
    void *passed = NULL;

    read_options(argc, argv);
    if (options.die_code >= 0) {
        fprintf(stderr, "standin: dying as asked\n");
        return options.die_code;
    }
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &term, NULL);
    const int listener = listen_on_any_port(&port);
    memcpy(&passed, &listener, sizeof(listener));
    if (listener < 0 || pthread_create(&thread, NULL, serve, passed) || !write_ready_file(port))
        return 70;
    sigwait(&term, &signal_number);
    if (options.say)
        fprintf(stderr, "%s\n", options.say);
    fflush(stderr);
    _exit(options.end_code); /* connections may still be served */
}
