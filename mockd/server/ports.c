#include "mockd/server/ports.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* 0 when the port can be bound, else errno. */
static int try_port(const char *host, int port)
{
    int why = 0;
    const int on = 1;
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    inet_pton(AF_INET, host, &addr.sin_addr);
    if (fd < 0)
        return errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) != 0 || listen(fd, 1) != 0)
        why = errno;
    close(fd);
    return why;
}

static const char *reason(int why)
{
    switch (why) {
    case EADDRINUSE:
        return "it is in use";
    case EACCES:
        return "the system does not permit it";
    case EADDRNOTAVAIL:
        return "this machine does not have that address";
    default:
        return "the system refuses it";
    }
}

void ports_explain(const char *host, const int *ports, size_t n, char *out, size_t size)
{
    snprintf(out, size,
             "cannot listen on %s: the same port is asked for twice, or too many files "
             "are open",
             host);
    for (size_t i = 0; i < n; i++) {
        const int why = try_port(host, ports[i]);
        if (!why)
            continue;
        snprintf(out, size, "cannot listen on port %d of %s: %s", ports[i], host, reason(why));
        return;
    }
}
