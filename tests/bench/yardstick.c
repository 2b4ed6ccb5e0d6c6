/*
 * What the benchmark divides by: civetweb with nothing behind it. Every request gets the same
 * JSON, of the size of a Nexmo success, with one mg_write. It prints a ready line like mockd's and
 * runs until SIGTERM or SIGINT.
 */
#include <assert.h>
#include <civetweb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#define BODY                                                                                       \
    "{\"message-count\":\"1\",\"messages\":[{\"to\":\"447700900000\","                             \
    "\"message-id\":\"0C00000000000123\",\"status\":\"0\","                                        \
    "\"remaining-balance\":\"999999999.95000000\",\"message-price\":\"0.03330000\","               \
    "\"network\":\"23410\"}]}"

/* One constant, made by the preprocessor: no work is left for the request. */
#define BODY_BYTES 189
#define DIGITS(n)  #n
#define TEXT(n)    DIGITS(n)
static const char k_answer[] = "HTTP/1.1 200 OK\r\n"
                               "Content-Type: application/json\r\n"
                               "Content-Length: " TEXT(BODY_BYTES) "\r\n"
                                                                   "\r\n" BODY;

static_assert(sizeof(BODY) - 1 == BODY_BYTES, "the length in the head is that of the body");

static int answer(struct mg_connection *conn)
{
    mg_write(conn, k_answer, sizeof(k_answer) - 1);
    return 200;
}

static int print_ready(struct mg_context *server)
{
    struct mg_server_port port[1];
    if (mg_get_server_ports(server, 1, port) != 1)
        return 1;
    printf("yardstick ready on http://127.0.0.1:%d\n", port[0].port);
    return fflush(stdout);
}

int main(void)
{
    /* The same settings as mockd's listener, so that the ratio measures only what is ours. */
    const char *options[] = {"listening_ports",
                             "127.0.0.1:0",
                             "num_threads",
                             "384",
                             "listen_backlog",
                             "1024",
                             "tcp_nodelay",
                             "1",
                             "enable_keep_alive",
                             "yes",
                             "keep_alive_timeout_ms",
                             "60000",
                             "request_timeout_ms",
                             "10000",
                             "decode_url",
                             "no",
                             NULL};
    const struct mg_callbacks callbacks = {.begin_request = answer};
    sigset_t stop;
    int got = 0;

    /* Blocked before the first thread starts: a worker must not take the signal. */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    mg_init_library(0);
    struct mg_context *server = mg_start(&callbacks, NULL, options);
    if (!server || print_ready(server) != 0) {
        fprintf(stderr, "yardstick: cannot start\n");
        return 1;
    }
    sigwait(&stop, &got);
    mg_stop(server);
    mg_exit_library();
    return 0;
}
