#ifndef SCENARIOS_RUNNER_VARS_H
#define SCENARIOS_RUNNER_VARS_H

#include "clients/lib/json.h"

/*
 * A copy of `j` in which every ${name} inside a string is the variable's text, and every object
 * {"$var": "name"} the variable's value. $${ stands for a literal ${. NULL, and a sentence in
 * *problem, when a variable is not known.
 */
struct json *vars_expand(struct arena *a,
                         const struct json *j,
                         const struct json *vars,
                         struct str *problem);

#endif
