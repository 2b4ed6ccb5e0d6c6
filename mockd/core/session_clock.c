#include "mockd/core/session_clock.h"

#include "mockd/base/clock.h"

void session_clock_init(struct session_clock *c)
{
    session_clock_run(c, clock_wall_ms(), 1.0);
}

int64_t session_clock_now_ms(const struct session_clock *c)
{
    if (c->frozen)
        return c->base_ms;
    const int64_t passed_us = clock_steady_us() - c->base_us;
    if (!(c->rate < 1.0) && !(c->rate > 1.0))
        return c->base_ms + passed_us / 1000;
    return c->base_ms + (int64_t)((double)passed_us * c->rate / 1000.0);
}

void session_clock_freeze(struct session_clock *c, int64_t at_ms)
{
    c->frozen = true;
    c->base_ms = at_ms;
}

void session_clock_run(struct session_clock *c, int64_t at_ms, double rate)
{
    *c = (struct session_clock){.rate = rate, .base_ms = at_ms, .base_us = clock_steady_us()};
}

void session_clock_set(struct session_clock *c, int64_t at_ms)
{
    c->base_ms = at_ms;
    c->base_us = clock_steady_us();
}
