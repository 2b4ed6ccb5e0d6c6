#ifndef MOCKD_CONTROL_CONTROL_H
#define MOCKD_CONTROL_CONTROL_H

#include "mockd/core/rq.h"

/*
 * The admin API (/__admin, JSON) and the probes /livez, /readyz and /metrics. A provider like the
 * others, but never journalled; it also answers what no provider knows.
 */
extern const struct provider control_provider;

#endif
