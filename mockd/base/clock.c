#include "mockd/base/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t id, int64_t per_second)
{
    struct timespec ts;
    if (clock_gettime(id, &ts) != 0)
        return 0;
    return (int64_t)ts.tv_sec * per_second +
           (int64_t)ts.tv_nsec / (INT64_C(1000000000) / per_second);
}

int64_t clock_wall_ms(void)
{
    return read_clock(CLOCK_REALTIME, 1000);
}

int64_t clock_steady_us(void)
{
    return read_clock(CLOCK_MONOTONIC, 1000000);
}
