#ifndef MOCKD_BASE_CLOCK_H
#define MOCKD_BASE_CLOCK_H

#include <stdint.h>

/* The system's clocks. Only clock.c asks the operating system for the time. */

/* Milliseconds since 1970. */
int64_t clock_wall_ms(void);

/* Microseconds since some fixed instant; never goes back. */
int64_t clock_steady_us(void);

#endif
