/*
 * crowd MOCKD SCENE: many clients at once against a server of its own. Scenes are the rows of
 * k_scenes. Exit 0 when everybody got what they should.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "clients/lib/json.h"
#include "clients/lib/process.h"
#include "clients/lib/rawconn.h"
#include "clients/lib/sys.h"

enum {
    CLIENTS = 1000,
    ROUNDS = 3,
    GOOD = 50,  /* clients that come while the others stall */
    IDLE = 300, /* connections open while the server stops */
    READY_MS = 20000,
    ANSWER_MS = 20000,
    QUICK_MS = 2000, /* a stop that waits for nobody; the sanitizers' own end included */
};

struct scene {
    struct arena a;
    struct process *server;
    struct str host;
    uint16_t port;
    struct rawconn *conn[CLIENTS];
    int failures;
};

static bool fail(struct scene *s, const char *what, int who)
{
    if (s->failures++ < 10)
        fprintf(stderr, "crowd: client %d: %s\n", who, what);
    return false;
}

static bool read_ready(struct scene *s, const char *file)
{
    struct str text;
    struct json_error error;
    uint64_t port;
    const int64_t deadline = sys_now_ms() + READY_MS;
    while (sys_read_file(&s->a, file, 4096, &text) != ERR_OK) {
        if (sys_left_ms(deadline) == 0 || process_wait(s->server, 0).ended)
            return false;
        sys_pause_ms(5);
    }
    const struct json *ready = json_parse(&s->a, text, &error);
    const struct json *url = ready ? json_get(ready, STR("url")) : NULL;
    const size_t prefix = STR("http://127.0.0.1:").n;
    if (!url || !str_to_uint(str_from(url->text, prefix), UINT16_MAX, &port))
        return false;
    s->host = STR("127.0.0.1");
    s->port = (uint16_t)port;
    return true;
}

static bool start(struct scene *s, const char *program, const char *folder)
{
    struct str problem;
    const char *file = arena_printf(&s->a, "%s/ready.json", folder).p;
    const char *const argv[] = {program, "serve", "--port", "0", "--ready-file", file, NULL};
    const struct process_spec spec = {
        .argv = argv, .out = PROCESS_CAPTURE, .err = PROCESS_CAPTURE, .die_with_parent = true};
    return process_spawn(&s->a, &spec, &s->server, &problem) == ERR_OK && read_ready(s, file);
}

static bool connect_one(struct scene *s, int i)
{
    struct str problem;
    return rawconn_open(&s->a, s->host, s->port, sys_now_ms() + ANSWER_MS, &s->conn[i], &problem) ==
               ERR_OK ||
           fail(s, "cannot connect", i);
}

static bool say(struct scene *s, int i, struct str text)
{
    return rawconn_send(s->conn[i], text, sys_now_ms() + ANSWER_MS);
}

/* 0 when no answer came. *closing: the server will end the connection. */
static int hear(struct scene *s, int i, bool *closing)
{
    struct arena scratch;
    struct http_answer answer;
    struct str bytes;
    int status = 0;
    arena_init(&scratch);
    *closing = true;
    if (rawconn_read_answer(s->conn[i], &scratch, false, sys_now_ms() + ANSWER_MS, &answer,
                            &bytes) == RAWCONN_READ_ANSWER) {
        status = answer.status;
        *closing = http_announces_close(&scratch, &answer);
    }
    arena_release(&scratch);
    return status;
}

static void leave(struct scene *s, int i)
{
    rawconn_close(s->conn[i], false);
    s->conn[i] = NULL;
}

/* ---- everybody keeps a connection ------------------------------------------------ */

static const struct str k_request =
    STR_INIT("GET /v1/me?apiKey=mockd-key HTTP/1.1\r\nHost: api.smspartner.fr\r\n\r\n");

/* A kept connection may be closed between two requests; a client then comes again. */
static void answer_of(struct scene *s, int i)
{
    bool closing;
    int status = hear(s, i, &closing);
    if (status == 0) {
        leave(s, i);
        if (!connect_one(s, i) || !say(s, i, k_request))
            return;
        status = hear(s, i, &closing);
    }
    if (status != 200)
        fail(s, "not answered with 200", i);
    if (closing)
        leave(s, i);
}

static void keep_alive(struct scene *s)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CLIENTS; i++) {
            if (s->conn[i] || connect_one(s, i))
                (void)say(s, i, k_request); /* a closed one shows when the answer is read */
        }
        for (int i = 0; i < CLIENTS; i++) {
            if (s->conn[i])
                answer_of(s, i);
        }
    }
}

/* ---- most of them stall ------------------------------------------------------------ */

static void stalled(struct scene *s)
{
    static const struct str k_halves[] = {
        STR_INIT("POST /v1/send HTTP/1.1\r\nHost: x\r\nContent-Length: 80\r\n\r\n{\"apiKey\":"),
        STR_INIT("POST /nexmo/sms/json HTTP/1.1\r\nHo"),
        STR_INIT(""),
    };
    const int64_t began = sys_now_ms();
    for (int i = GOOD; i < CLIENTS; i++) {
        if (connect_one(s, i))
            (void)say(s, i, k_halves[i % 3]);
    }
    for (int i = 0; i < GOOD; i++) {
        bool closing;
        if (!connect_one(s, i) || !say(s, i, k_request))
            fail(s, "shut out", i);
        else if (hear(s, i, &closing) != 200)
            fail(s, "not answered with 200", i);
        leave(s, i);
    }
    printf("%d clients were served past %d that stall, %lld ms in all\n", GOOD, CLIENTS - GOOD,
           (long long)(sys_now_ms() - began));
}

/* ---- the server stops ------------------------------------------------------------------ */

static void stop_with_idle(struct scene *s)
{
    bool closing;
    for (int i = 0; i < IDLE; i++) {
        if (connect_one(s, i) && (!say(s, i, k_request) || hear(s, i, &closing) != 200))
            fail(s, "not answered with 200", i);
    }
    const int64_t began = sys_now_ms();
    process_signal(s->server, SIGTERM);
    const struct process_end end = process_wait(s->server, ANSWER_MS);
    const int64_t took = sys_now_ms() - began;
    printf("stopped in %lld ms with %d idle connections\n", (long long)took, IDLE);
    if (!end.ended || took > QUICK_MS)
        fail(s, "the server took too long to stop", 0);
}

/* Requests that the server has begun to read, and one that waits, when the signal comes. */
static void stop_in_flight(struct scene *s)
{
    static const struct str k_wait =
        STR_INIT("POST /__admin/requests/wait HTTP/1.1\r\nHost: x\r\nContent-Length: 42\r\n\r\n"
                 "{\"match\":{},\"count\":9,\"timeoutMillis\":60000}");
    enum { READERS = 20 };
    bool closing;
    for (int i = 0; i < READERS; i++) {
        if (connect_one(s, i))
            say(s, i, STR("POST /v1/send HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{"));
    }
    if (connect_one(s, READERS))
        say(s, READERS, k_wait);
    sys_pause_ms(200); /* longer only makes it surer that all of them are being read */
    process_signal(s->server, SIGTERM);
    sys_pause_ms(100);
    for (int i = 0; i < READERS; i++) {
        if (!say(s, i, STR("}")) || hear(s, i, &closing) != 200)
            fail(s, "its answer was lost", i);
        else if (!closing)
            fail(s, "was not told that the connection ends", i);
    }
    if (hear(s, READERS, &closing) == 0)
        fail(s, "the call that waited got no answer", READERS);
    if (!process_wait(s->server, ANSWER_MS).ended)
        fail(s, "the server did not stop", 0);
}

static const struct {
    const char *name;
    void (*play)(struct scene *s);
} k_scenes[] = {
    {"keep_alive", keep_alive},
    {"stalled", stalled},
    {"stop_with_idle", stop_with_idle},
    {"stop_in_flight", stop_in_flight},
};

/* Exit 0 and no word of a sanitizer. */
static void judge_server(struct scene *s)
{
    const struct process_end end = process_stop(s->server, ANSWER_MS);
    const struct str err = process_captured(s->server, &s->a, 2);
    if (end.ended && end.code == 0 && str_find(err, STR("Sanitizer")) == err.n)
        return;
    fprintf(stderr, "crowd: the server ended with %d, signal %d\n%.*s\n", end.code, end.signal,
            STR_ARG(err));
    s->failures++;
}

static int play(const char *program, const char *name)
{
    const char *folder;
    size_t i = 0;
    struct arena a;
    while (i < sizeof(k_scenes) / sizeof(k_scenes[0]) && strcmp(k_scenes[i].name, name) != 0)
        i++;
    arena_init(&a);
    if (i == sizeof(k_scenes) / sizeof(k_scenes[0]) || sys_temp_folder(&a, "crowd", &folder))
        return 2;
    struct scene *s = arena_new(&a, struct scene);
    arena_init(&s->a);
    if (start(s, program, folder)) {
        k_scenes[i].play(s);
        judge_server(s);
    } else {
        fail(s, "the server did not get ready", 0);
    }
    for (int c = 0; c < CLIENTS; c++)
        rawconn_close(s->conn[c], false);
    const int status = s->failures ? 1 : 0;
    process_close(s->server);
    sys_remove_folder(folder);
    arena_release(&s->a);
    arena_release(&a);
    return status;
}

int main(int argc, char **argv)
{
    struct rlimit files;
    if (argc != 3) {
        fprintf(stderr, "usage: crowd MOCKD SCENE\n");
        return 2;
    }
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    return play(argv[1], argv[2]);
}
