#include "clients/lib/process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clients/lib/sys.h"

enum { STREAMS = 3, CAPTURE_DEFAULT = 64 * 1024, DRAIN_MS = 2000, POLL_MAX_MS = 20 };

/* The last `size` bytes of a stream. */
struct ring {
    char *bytes;
    size_t size;
    size_t total; /* bytes ever written */
};

struct process {
    pid_t pid;
    bool reaped;
    struct process_end end;
    int fd[STREAMS]; /* our ends; -1 for none */
    enum process_stream kind[STREAMS];
    struct ring ring[STREAMS];
    pthread_mutex_t lock; /* rings */
    pthread_t drainer;
    bool draining;
    int wake[2]; /* its end of file tells the drainer to stop */
};

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void ring_add(struct ring *r, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        r->bytes[(r->total + i) % r->size] = p[i];
    r->total += n;
}

/* False at the end of the stream. */
static bool drain_one(struct process *p, int stream)
{
    char piece[4096];
    const ssize_t n = read(p->fd[stream], piece, sizeof(piece));
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    pthread_mutex_lock(&p->lock);
    ring_add(&p->ring[stream], piece, (size_t)n);
    pthread_mutex_unlock(&p->lock);
    return n > 0;
}

static void *drain(void *arg)
{
    struct process *p = arg;
    struct pollfd fds[STREAMS] = {{.fd = p->wake[0], .events = POLLIN}};
    int open = 0;
    for (int s = 1; s < STREAMS; s++) {
        const bool captured = p->kind[s] == PROCESS_CAPTURE;
        fds[s] = (struct pollfd){.fd = captured ? p->fd[s] : -1, .events = POLLIN};
        open += captured;
    }
    while (open && fds[0].revents == 0) {
        if (poll(fds, STREAMS, -1) < 0 && errno != EINTR)
            break;
        for (int s = 1; s < STREAMS; s++) {
            if (fds[s].fd >= 0 && fds[s].revents && !drain_one(p, s)) {
                fds[s].fd = -1;
                open--;
            }
        }
    }
    return NULL;
}

static void start_drainer(struct process *p)
{
    sigset_t all;
    sigset_t before;
    if (p->kind[1] != PROCESS_CAPTURE && p->kind[2] != PROCESS_CAPTURE)
        return;
    sigfillset(&all); /* the program's signals are for its main thread */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    p->draining = pthread_create(&p->drainer, NULL, drain, p) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* child[s] is the child's end. /dev/null for a stream nobody wants. */
static bool open_stream(struct process *p, int s, int child[STREAMS])
{
    int ends[2];
    if (p->kind[s] == PROCESS_NULL) {
        child[s] = open("/dev/null", (s ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
        return child[s] >= 0;
    }
    if (pipe2(ends, O_CLOEXEC))
        return false;
    child[s] = ends[s == 0 ? 0 : 1];
    p->fd[s] = ends[s == 0 ? 1 : 0];
    return true;
}

static bool open_streams(struct process *p, int child[STREAMS])
{
    for (int s = 0; s < STREAMS; s++) {
        if (!open_stream(p, s, child))
            return false;
    }
    return pipe2(p->wake, O_CLOEXEC) == 0;
}

/* Ours, with spec->env in front: execvpe() and getenv() take the first of two equal names. */
static char **child_environment(struct arena *a, const struct process_spec *spec)
{
    size_t n = 0;
    size_t own = 0;
    while (environ[n])
        n++;
    while (spec->env && spec->env[own])
        own++;
    char **env = arena_array(a, char *, own + n + 1);
    for (size_t i = 0; i < own; i++)
        memcpy(&env[i], &spec->env[i], sizeof(env[i]));
    for (size_t i = 0; i < n; i++) {
        bool replaced = false;
        const size_t name = strcspn(environ[i], "=") + 1;
        for (size_t k = 0; k < own && !replaced; k++)
            replaced = strncmp(environ[i], env[k], name) == 0;
        if (!replaced)
            env[own++] = environ[i];
    }
    return env;
}

/* In the child, where only async-signal-safe calls are allowed. */
_Noreturn static void run_child(const struct process_spec *spec,
                                char **env,
                                const int child[STREAMS],
                                int report)
{
    sigset_t none;
    char *const *argv;
    int from[STREAMS];

    setpgid(0, 0);
    if (spec->die_with_parent)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL); // NOLINT(cert-sig01-c): resets, installs nothing
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    /* out of the way first: ours may have had no stdin */
    report = fcntl(report, F_DUPFD_CLOEXEC, STREAMS);
    for (int s = 0; s < STREAMS; s++)
        from[s] = fcntl(child[s], F_DUPFD_CLOEXEC, STREAMS);
    for (int s = 0; s < STREAMS; s++) {
        if (dup2(from[s], s) < 0)
            goto failed;
    }
    close_range(STREAMS, ~0U, CLOSE_RANGE_CLOEXEC); /* what a library forgot to mark */
    if (spec->folder && chdir(spec->folder))
        goto failed;
    memcpy(&argv, &spec->argv, sizeof(argv)); /* execvpe() takes no const but changes nothing */
    execvpe(argv[0], argv, env);
failed:;
    const int error = errno;
    if (write(report, &error, sizeof(error)) < 0)
        _exit(126);
    _exit(127);
}

/* 0, or the errno that kept the program from starting. */
static int start(struct process *p, struct arena *a, const struct process_spec *spec)
{
    int error = 0;
    int report[2] = {-1, -1}; /* its end of file means that exec worked */
    int child[STREAMS] = {-1, -1, -1};
    char **env = child_environment(a, spec);

    if (!open_streams(p, child) || pipe2(report, O_CLOEXEC)) {
        error = errno;
        goto out;
    }
    p->pid = fork();
    if (p->pid == 0)
        run_child(spec, env, child, report[1]);
    if (p->pid < 0) {
        error = errno;
        goto out;
    }
    setpgid(p->pid, p->pid); /* the child does it too: whoever comes first */
    close_fd(&report[1]);
    while (read(report[0], &error, sizeof(error)) < 0 && errno == EINTR)
        continue;
out:
    for (int s = 0; s < STREAMS; s++)
        close_fd(&child[s]);
    close_fd(&report[0]);
    close_fd(&report[1]);
    return error;
}

enum err process_spawn(struct arena *a,
                       const struct process_spec *spec,
                       struct process **out,
                       struct str *problem)
{
    struct process *p = arena_new(a, struct process);
    *p = (struct process){.pid = -1, .fd = {-1, -1, -1}, .wake = {-1, -1}};
    p->kind[0] = spec->in;
    p->kind[1] = spec->out;
    p->kind[2] = spec->err;
    pthread_mutex_init(&p->lock, NULL);
    for (int s = 1; s < STREAMS; s++) {
        p->ring[s].size = spec->capture_bytes ? spec->capture_bytes : CAPTURE_DEFAULT;
        if (p->kind[s] == PROCESS_CAPTURE)
            p->ring[s].bytes = arena_alloc(a, p->ring[s].size);
    }
    const int error = start(p, a, spec);
    if (error) {
        *problem = arena_printf(a, "cannot start %s: %.*s", spec->argv[0],
                                STR_ARG(sys_error_text(a, error)));
        process_close(p);
        return ERR_IO;
    }
    start_drainer(p);
    *out = p;
    return ERR_OK;
}

int process_fd(const struct process *p, int stream)
{
    return p->kind[stream] == PROCESS_PIPE ? p->fd[stream] : -1;
}

void process_close_fd(struct process *p, int stream)
{
    if (p->kind[stream] == PROCESS_PIPE)
        close_fd(&p->fd[stream]);
}

int process_id(const struct process *p)
{
    return (int)p->pid;
}

struct str process_captured(struct process *p, struct arena *a, int stream)
{
    const struct ring *r = &p->ring[stream];
    if (!r->bytes)
        return STR("");
    pthread_mutex_lock(&p->lock);
    const size_t kept = r->total < r->size ? r->total : r->size;
    char *out = arena_alloc(a, kept + 1);
    for (size_t i = 0; i < kept; i++)
        out[i] = r->bytes[(r->total - kept + i) % r->size];
    pthread_mutex_unlock(&p->lock);
    return (struct str){out, kept};
}

/* Has it ended? It stays a zombie, which keeps its id and its group's id from being reused. */
static bool has_ended(struct process *p)
{
    siginfo_t info = {0};
    if (p->end.ended)
        return true;
    if (waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT)) {
        p->end.ended = errno == ECHILD; /* SIGCHLD is ignored here, so nobody knows how it ended */
        p->end.code = -1;
        return p->end.ended;
    }
    if (info.si_pid == 0)
        return false;
    const bool exited = info.si_code == CLD_EXITED;
    p->end = (struct process_end){
        .ended = true, .code = exited ? info.si_status : -1, .signal = exited ? 0 : info.si_status};
    return true;
}

struct process_end process_wait(struct process *p, int64_t timeout_ms)
{
    const int64_t deadline = sys_now_ms() + timeout_ms;
    int64_t pause = 1;
    while (!has_ended(p) && sys_left_ms(deadline) > 0) {
        const int left = sys_left_ms(deadline);
        sys_pause_ms(pause < left ? pause : left);
        pause = pause < POLL_MAX_MS ? pause * 2 : POLL_MAX_MS;
    }
    return p->end;
}

void process_signal(struct process *p, int signal)
{
    if (p->pid > 0 && !p->reaped)
        kill(p->pid, signal);
}

static void reap(struct process *p)
{
    int status;
    if (p->pid <= 0 || p->reaped)
        return;
    kill(-p->pid, SIGKILL);
    while (!has_ended(p))
        sys_pause_ms(1);
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    p->reaped = true;
}

/* With the whole group gone the pipes end by themselves; a runaway may hold one open. */
static void stop_drainer(struct process *p)
{
    struct timespec until;
    if (!p->draining)
        return;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += DRAIN_MS / 1000;
    if (pthread_timedjoin_np(p->drainer, NULL, &until)) {
        close_fd(&p->wake[1]);
        pthread_join(p->drainer, NULL);
    }
    p->draining = false;
}

struct process_end process_stop(struct process *p, int64_t grace_ms)
{
    process_signal(p, SIGTERM);
    process_wait(p, grace_ms);
    reap(p);
    stop_drainer(p);
    return p->end;
}

void process_close(struct process *p)
{
    if (!p)
        return;
    reap(p);
    stop_drainer(p);
    for (int s = 0; s < STREAMS; s++)
        close_fd(&p->fd[s]);
    close_fd(&p->wake[0]);
    close_fd(&p->wake[1]);
    pthread_mutex_destroy(&p->lock);
}
