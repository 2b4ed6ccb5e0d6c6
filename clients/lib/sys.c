#include "clients/lib/sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "mockd/base/buf.h"

int64_t sys_now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t sys_now_ms(void)
{
    return sys_now_us() / 1000;
}

int sys_left_ms(int64_t deadline_ms)
{
    const int64_t left = deadline_ms - sys_now_ms();
    return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

void sys_pause_ms(int64_t ms)
{
    struct timespec rest = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
    while (nanosleep(&rest, &rest) && errno == EINTR)
        continue;
}

struct str sys_error_text(struct arena *a, int error)
{
    char text[128];
    if (strerror_r(error, text, sizeof(text)))
        return arena_printf(a, "error %d", error);
    return arena_strdup(a, str_from_cstr(text));
}

static enum err read_all(int fd, struct buf *b)
{
    char piece[4096];
    for (;;) {
        const ssize_t n = read(fd, piece, sizeof(piece));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        if (n == 0)
            return b->overflowed ? ERR_TOO_LARGE : ERR_OK;
        buf_add(b, (struct str){piece, (size_t)n});
        if (b->overflowed)
            return ERR_TOO_LARGE;
    }
}

enum err sys_read_file(struct arena *a, const char *path, size_t max, struct str *out)
{
    struct buf b;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    buf_init(&b, max);
    const enum err e = read_all(fd, &b);
    if (!e)
        *out = arena_strdup(a, buf_view(&b));
    buf_release(&b);
    close(fd);
    return e;
}

enum err sys_write_file(const char *path, struct str text)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return ERR_IO;
    size_t done = 0;
    while (done < text.n) {
        const ssize_t n = write(fd, text.p + done, text.n - done);
        if (n < 0 && errno != EINTR)
            break;
        done += n > 0 ? (size_t)n : 0;
    }
    return close(fd) == 0 && done == text.n ? ERR_OK : ERR_IO;
}

enum err sys_temp_folder(struct arena *a, const char *prefix, const char **out)
{
    const char *base = getenv("TMPDIR"); // NOLINT(concurrency-mt-unsafe): nothing calls setenv
    const struct str name = arena_printf(a, "%s/%s.XXXXXX", base && *base ? base : "/tmp", prefix);
    char *path = arena_alloc(a, name.n + 1);
    memcpy(path, name.p, name.n);
    if (!mkdtemp(path))
        return ERR_IO;
    *out = path;
    return ERR_OK;
}

static bool is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Takes over `fd`, a folder. */
static void empty_folder(int fd)
{
    DIR *d = fdopendir(fd);
    if (!d) {
        close(fd);
        return;
    }
    const struct dirent *e;
    while ((e = readdir(d))) { // NOLINT(concurrency-mt-unsafe): the stream is this call's own
        struct stat st;
        if (is_dot(e->d_name) || fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW))
            continue;
        if (!S_ISDIR(st.st_mode)) {
            unlinkat(fd, e->d_name, 0);
            continue;
        }
        const int inner = openat(fd, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner >= 0)
            empty_folder(inner);
        unlinkat(fd, e->d_name, AT_REMOVEDIR);
    }
    closedir(d);
}

void sys_remove_folder(const char *path)
{
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    empty_folder(fd);
    rmdir(path);
}
