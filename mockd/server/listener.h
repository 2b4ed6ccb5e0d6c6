#ifndef MOCKD_SERVER_LISTENER_H
#define MOCKD_SERVER_LISTENER_H

#include "mockd/core/rq.h"

/*
 * The HTTP side: the only module that knows civetweb. Everything is served from its begin_request
 * callback; routing, limits, heads and bodies are ours.
 */
struct listener;

struct listener_options {
    const char *host;
    const int *ports; /* first the main one, then one a provider; 0: any free port */
    size_t nports;
    int workers;    /* one holds one open connection */
    int timeout_ms; /* for a head, and between two bytes of a body */
    const struct app *app;
};

enum { LISTENER_PORTS_MAX = 8 };

/* ERR_IO: a port could not be bound; detail then says which. */
enum err listener_start(struct listener **out,
                        const struct listener_options *opt,
                        char *detail,
                        size_t detail_size);

/* Requests wait until this: what a handler may read is complete then. */
void listener_open(struct listener *l);

/* Real numbers, in the order of the options. */
int listener_port(const struct listener *l, size_t i);

/* Lets running requests end (at most drain_ms), then stops. */
void listener_stop(struct listener *l, int drain_ms);

#endif
