/*
 * How long from starting a server to its first answer: runs the command, reads the address from
 * the ready line on its stdout, asks GET /readyz on a fresh connection, and stops it again.
 *
 *   bench_first_answer TIMES COMMAND [ARGUMENT...]
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mockd/base/str.h"

enum { MOST_TIMES = 1000, LINE_BYTES = 512 };

static double now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* Starts the command; *from is the reading end of its stdout. Returns its pid or -1. */
static pid_t spawn(char **command, int *from)
{
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(command[0], command);
        _exit(127);
    }
    close(ends[1]);
    *from = ends[0];
    if (pid < 0)
        close(ends[0]);
    return pid;
}

/* The bytes up to the first end of line; absent when the other side ends before that. */
static struct str read_line(int fd, char *line, size_t room)
{
    struct str got = {line, 0};
    while (got.n < room) {
        const ssize_t n = read(fd, line + got.n, room - got.n);
        if (n <= 0)
            return (struct str){0};
        got.n += (size_t)n;
        const size_t end = str_find_char(got, '\n');
        if (end < got.n)
            return (struct str){line, end};
    }
    return (struct str){0};
}

/* The port in "... ready on http://127.0.0.1:8080 (...)"; 0 when there is none. */
static uint16_t port_in(struct str line)
{
    const struct str mark = STR("http://127.0.0.1:");
    struct str digits = str_from(line, str_find(line, mark) + mark.n);
    uint64_t port = 0;
    size_t n = 0;
    while (n < digits.n && digits.p[n] >= '0' && digits.p[n] <= '9')
        n++;
    digits.n = n;
    return str_to_uint(digits, UINT16_MAX, &port) ? (uint16_t)port : 0;
}

/* True when the server answered 200. */
static bool ask(uint16_t port)
{
    static const char k_request[] = "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    const struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char line[LINE_BYTES];
    bool ok = false;
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return false;
    if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0 &&
        write(fd, k_request, sizeof(k_request) - 1) == (ssize_t)sizeof(k_request) - 1)
        ok = str_starts(read_line(fd, line, sizeof(line)), STR("HTTP/1.1 200"));
    close(fd);
    return ok;
}

/* Milliseconds from fork to answer; negative when there was none. */
static double measure(char **command)
{
    char line[LINE_BYTES];
    int from = -1;
    double took = -1;
    const double start = now_ms();
    const pid_t pid = spawn(command, &from);
    if (pid < 0)
        return took;
    if (ask(port_in(read_line(from, line, sizeof(line)))))
        took = now_ms() - start;
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    close(from);
    return took;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static double took[MOST_TIMES];
    uint64_t times = 0;
    if (argc < 3 || !str_to_uint(str_from_cstr(argv[1]), MOST_TIMES, &times) || times == 0) {
        fprintf(stderr, "usage: bench_first_answer TIMES COMMAND [ARGUMENT...]\n");
        return 2;
    }
    for (uint64_t i = 0; i < times; i++) {
        took[i] = measure(argv + 2);
        if (took[i] < 0) {
            fprintf(stderr, "bench_first_answer: no answer from %s\n", argv[2]);
            return 1;
        }
    }
    qsort(took, (size_t)times, sizeof(took[0]), by_size);
    printf("median_ms=%.2f least_ms=%.2f most_ms=%.2f\n", took[times / 2], took[0],
           took[times - 1]);
    return 0;
}
