#include "mockd/server/crowd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mockd/base/check.h"
#include "mockd/base/clock.h"

enum {
    FULL_PERCENT = 85,
    STALLED_MS = 1000,
    WATCH_MS = 100,
    DISMISS_MS = 2,
    PORTS_MAX = 8,
    SHUT_MAX = 1024, /* connections shut in one round */
    SEE_OFF_US = 1000000,
    SEE_OFF_BYTES = 32 * 1024 * 1024,
};

struct guest {
    struct guest *next, *prev;
    uint64_t id;
    _Atomic int served_port; /* the client's while it is being served, else 0 */
    bool refused;            /* of the thread that serves the connection */
};

struct crowd {
    pthread_mutex_t lock; /* guards the list */
    struct guest all;     /* list head; newest first */
    _Atomic int n;
    int workers;
    uint64_t last_id;
    pthread_t watch;
    pthread_mutex_t stop_lock;
    pthread_cond_t stop_changed;
    bool stopping;       /* guarded by stop_lock */
    bool dismissing;     /* guarded by stop_lock */
    int port[PORTS_MAX]; /* constant once nports says how many */
    _Atomic size_t nports;
};

struct guest *crowd_enter(struct crowd *c)
{
    struct guest *g = calloc(1, sizeof(*g));
    CHECK(g);
    pthread_mutex_lock(&c->lock);
    g->id = ++c->last_id;
    g->next = c->all.next;
    g->prev = &c->all;
    g->next->prev = g;
    c->all.next = g;
    pthread_mutex_unlock(&c->lock);
    atomic_fetch_add(&c->n, 1);
    return g;
}

void crowd_leave(struct crowd *c, struct guest *g)
{
    if (!g)
        return;
    pthread_mutex_lock(&c->lock);
    g->prev->next = g->next;
    g->next->prev = g->prev;
    pthread_mutex_unlock(&c->lock);
    atomic_fetch_sub(&c->n, 1);
    free(g);
}

bool crowd_is_full(struct crowd *c)
{
    return atomic_load(&c->n) * 100 > c->workers * FULL_PERCENT;
}

uint64_t guest_id(const struct guest *g)
{
    return g ? g->id : 0;
}

void guest_waits(struct guest *g)
{
    atomic_store_explicit(&g->served_port, 0, memory_order_relaxed);
}

void guest_runs(struct guest *g, int remote_port)
{
    atomic_store_explicit(&g->served_port, remote_port, memory_order_relaxed);
}

void guest_was_refused(struct guest *g)
{
    if (g)
        g->refused = true;
}

bool guest_refused(const struct guest *g)
{
    return g && g->refused;
}

static int port_of(int fd, int (*ask)(int, struct sockaddr *, socklen_t *))
{
    struct sockaddr_in addr = {0};
    socklen_t size = sizeof(addr);
    if (ask(fd, (struct sockaddr *)&addr, &size) != 0 || addr.sin_family != AF_INET)
        return -1;
    return ntohs(addr.sin_port);
}

static int highest_fd(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > 65536)
        return 65536;
    return (int)limit.rlim_cur;
}

/* True for an accepted connection of ours; a listening socket has no peer. */
static bool ours(const struct crowd *c, int fd, int *remote_port)
{
    const int local = port_of(fd, getsockname);
    for (size_t i = 0; i < c->nports && local > 0; i++) {
        if (c->port[i] == local) {
            *remote_port = port_of(fd, getpeername);
            return *remote_port > 0;
        }
    }
    return false;
}

static bool comes_from(int fd, const char *address)
{
    struct sockaddr_in peer = {0};
    struct in_addr wanted = {0};
    socklen_t size = sizeof(peer);
    return inet_pton(AF_INET, address, &wanted) == 1 &&
           getpeername(fd, (struct sockaddr *)&peer, &size) == 0 &&
           peer.sin_addr.s_addr == wanted.s_addr;
}

/* The descriptor of that client's connection, which the caller serves: it cannot go away. */
static int descriptor_of(const struct crowd *c, const char *address, int remote_port)
{
    const int end = highest_fd();
    int misses = 0;
    for (int fd = 3; fd < end && misses < 256; fd++) {
        int remote;
        misses = fcntl(fd, F_GETFD) < 0 ? misses + 1 : 0;
        if (!misses && ours(c, fd, &remote) && remote == remote_port && comes_from(fd, address))
            return fd;
    }
    return -1;
}

void crowd_see_off(struct crowd *c, const char *address, int remote_port)
{
    const int64_t deadline_us = clock_steady_us() + SEE_OFF_US;
    const int fd = descriptor_of(c, address, remote_port);
    char chunk[4096];
    size_t got = 0;
    if (fd < 0 || shutdown(fd, SHUT_WR) != 0)
        return;
    while (got < SEE_OFF_BYTES) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        const int64_t left_ms = (deadline_us - clock_steady_us()) / 1000;
        if (left_ms <= 0 || poll(&p, 1, (int)left_ms) <= 0)
            return;
        const ssize_t n = recv(fd, chunk, sizeof(chunk), MSG_DONTWAIT);
        if (n <= 0)
            return;
        got += (size_t)n;
    }
}

static bool is_served(struct crowd *c, int remote_port)
{
    for (struct guest *g = c->all.next; g != &c->all; g = g->next) {
        if (atomic_load_explicit(&g->served_port, memory_order_relaxed) == remote_port)
            return true;
    }
    return false;
}

/* Milliseconds since the client last sent a byte, by the kernel's account. */
static int64_t silent_ms(int fd)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof(info);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0;
    return info.tcpi_last_data_recv;
}

struct stalled {
    int fd;
    int64_t silent_ms;
};

static int by_silence(const void *a, const void *b)
{
    const struct stalled *x = a;
    const struct stalled *y = b;
    return (y->silent_ms > x->silent_ms) - (y->silent_ms < x->silent_ms);
}

/*
 * The connections that wait for a client which has been silent for least_ms, longest first.
 * civetweb has no call that gives a descriptor, so all of the process are looked at. One may be
 * closed and its number used again before the caller shuts it; then a client that has only just
 * connected has to connect again.
 */
static size_t find_stalled(struct crowd *c, int64_t least_ms, struct stalled *out, size_t max)
{
    const int end = highest_fd();
    size_t n = 0;
    int misses = 0;
    pthread_mutex_lock(&c->lock);
    for (int fd = 3; fd < end && misses < 256 && n < max; fd++) {
        int remote;
        misses = fcntl(fd, F_GETFD) < 0 ? misses + 1 : 0;
        if (misses || !ours(c, fd, &remote) || is_served(c, remote))
            continue;
        const int64_t ms = silent_ms(fd);
        if (ms >= least_ms)
            out[n++] = (struct stalled){fd, ms};
    }
    pthread_mutex_unlock(&c->lock);
    qsort(out, n, sizeof(*out), by_silence);
    return n;
}

static void make_room(struct crowd *c, struct stalled *list)
{
    const int excess = atomic_load(&c->n) - c->workers * FULL_PERCENT / 100;
    const size_t n = find_stalled(c, STALLED_MS, list, SHUT_MAX);
    for (size_t i = 0; i < n && (int)i < excess; i++)
        shutdown(list[i].fd, SHUT_RDWR);
}

static void knock(int port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0)
        return;
    /* Failure only means that civetweb is gone already. */
    (void)connect(fd, (struct sockaddr *)&addr, sizeof(addr));
    close(fd);
}

static void dismiss(struct crowd *c, struct stalled *list)
{
    const size_t n = find_stalled(c, 0, list, SHUT_MAX);
    for (size_t i = 0; i < n; i++)
        shutdown(list[i].fd, SHUT_RD);
    for (size_t i = 0; i < c->nports; i++)
        knock(c->port[i]);
}

/* Sleeps for ms or until something changes; false when it is time to end. */
static bool next_round(struct crowd *c, bool *dismissing)
{
    struct timespec until;
    pthread_mutex_lock(&c->stop_lock);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (c->dismissing ? DISMISS_MS : WATCH_MS) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    if (!c->stopping)
        pthread_cond_timedwait(&c->stop_changed, &c->stop_lock, &until);
    const bool go_on = !c->stopping;
    *dismissing = c->dismissing;
    pthread_mutex_unlock(&c->stop_lock);
    return go_on;
}

static void *watch(void *arg)
{
    struct crowd *c = arg;
    bool dismissing = false;
    struct stalled *list = calloc(SHUT_MAX, sizeof(*list));
    CHECK(list);
    while (next_round(c, &dismissing)) {
        if (dismissing)
            dismiss(c, list);
        else if (crowd_is_full(c))
            make_room(c, list);
    }
    free(list);
    return NULL;
}

void crowd_start(struct crowd **out, int workers)
{
    pthread_condattr_t steady;
    struct crowd *c = calloc(1, sizeof(*c));
    CHECK(c);
    c->workers = workers;
    c->all.next = &c->all;
    c->all.prev = &c->all;
    pthread_mutex_init(&c->lock, NULL);
    pthread_mutex_init(&c->stop_lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&c->stop_changed, &steady);
    pthread_condattr_destroy(&steady);
    CHECK(pthread_create(&c->watch, NULL, watch, c) == 0);
    *out = c;
}

void crowd_ports(struct crowd *c, const int *ports, size_t nports)
{
    CHECK(nports <= PORTS_MAX);
    memcpy(c->port, ports, nports * sizeof(*ports));
    atomic_store(&c->nports, nports);
}

void crowd_dismiss(struct crowd *c)
{
    pthread_mutex_lock(&c->stop_lock);
    c->dismissing = true;
    pthread_cond_broadcast(&c->stop_changed);
    pthread_mutex_unlock(&c->stop_lock);
}

void crowd_stop(struct crowd *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&c->stop_lock);
    c->stopping = true;
    pthread_cond_broadcast(&c->stop_changed);
    pthread_mutex_unlock(&c->stop_lock);
    pthread_join(c->watch, NULL);
    while (c->all.next != &c->all)
        crowd_leave(c, c->all.next);
    pthread_cond_destroy(&c->stop_changed);
    pthread_mutex_destroy(&c->stop_lock);
    pthread_mutex_destroy(&c->lock);
    free(c);
}
