#ifndef MOCKD_SERVER_CROWD_H
#define MOCKD_SERVER_CROWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The open connections. civetweb gives each a worker thread for as long as it is open, so idle and
 * stalled clients could keep everybody else out. Two answers: above 85 % of the workers no
 * connection is kept alive (crowd_is_full), and a watch shuts those whose client has said nothing
 * for over a second, oldest first, until there is room again.
 */
struct crowd;
struct guest; /* one connection */

void crowd_start(struct crowd **out, int workers);
void crowd_stop(struct crowd *c);

struct guest *crowd_enter(struct crowd *c);
void crowd_leave(struct crowd *c, struct guest *g);
bool crowd_is_full(struct crowd *c);

/* Numbers connections from 1; 0 for NULL. */
uint64_t guest_id(const struct guest *g);

/* From now on the server waits for this client (its next request, or more of its body) ... */
void guest_waits(struct guest *g);

/* ... or works for it; the port is the client's. */
void guest_runs(struct guest *g, int remote_port);

/* The parser refused what came on this connection, and the client was told. */
void guest_was_refused(struct guest *g);
bool guest_refused(const struct guest *g);

/*
 * After an answer that ends the connection although the client may still be sending: says FIN and
 * takes what comes for up to a second, so that the client reads the answer before it meets a reset.
 */
void crowd_see_off(struct crowd *c, const char *address, int remote_port);

/* Which local ports are ours; the watch does nothing before. */
void crowd_ports(struct crowd *c, const int *ports, size_t nports);

/*
 * For the moment before mg_stop(): its threads sleep up to 2 s in poll(), so from now on the watch
 * connects to its ports and shuts what clients hold open, until crowd_stop().
 */
void crowd_dismiss(struct crowd *c);

#endif
