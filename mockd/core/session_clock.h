#ifndef MOCKD_CORE_SESSION_CLOCK_H
#define MOCKD_CORE_SESSION_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A session's own time. Every rule about time reads this and nothing else. It follows real time
 * until frozen, moved, or given another rate (session seconds a real second).
 */
struct session_clock {
    bool frozen;
    double rate;
    int64_t base_ms; /* session time at base_us */
    int64_t base_us; /* steady clock; unused while frozen */
};

/* Follows the system's wall clock. */
void session_clock_init(struct session_clock *c);

int64_t session_clock_now_ms(const struct session_clock *c);

void session_clock_freeze(struct session_clock *c, int64_t at_ms);

/* Runs on from at_ms at that rate; rate > 0. */
void session_clock_run(struct session_clock *c, int64_t at_ms, double rate);

/* Stays frozen or running, but it is at_ms now. */
void session_clock_set(struct session_clock *c, int64_t at_ms);

#endif
