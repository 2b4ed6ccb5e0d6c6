#ifndef MOCKD_TOOLS_GEN_TRIGGER_H
#define MOCKD_TOOLS_GEN_TRIGGER_H

#include <cjson/cJSON.h>

#include "mockd/tools/gen_entry.h"

/*
 * The endpoints of a row, and the ways to force its answer there.
 */

/* Array of the row's endpoints with every "@set" opened; NULL, with a message, when not good. */
cJSON *gen_endpoints(const struct gen_row *r);

/* Array of the row's triggers: header, then accounts, then templates; NULL with a message. */
cJSON *gen_triggers(const struct gen_row *r, const cJSON *endpoints);

#endif
