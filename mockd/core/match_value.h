#ifndef MOCKD_CORE_MATCH_VALUE_H
#define MOCKD_CORE_MATCH_VALUE_H

#include "mockd/core/fields.h"
#include "mockd/core/pattern.h"

/*
 * What one text must be like: {"equalTo": "x"}, {"matches": "…"}, … as in WireMock. Several in one
 * object must all hold.
 */
struct value_match;

/* Where a value stands decides what may be asked of it. */
enum value_place {
    VALUE_NAMED, /* of a header or a query parameter, which may be absent */
    VALUE_BODY,  /* may also be asked for equalToJson and matchesJsonPath */
};

/*
 * Reads such an object. NULL: *p says why. Compiled patterns are put in front of *patterns, which
 * the caller releases, also after a failure.
 */
const struct value_match *value_match_read(struct arena *a,
                                           const struct cJSON *object,
                                           enum value_place place,
                                           struct pattern **patterns,
                                           struct problem *p);

/* text absent: only {"absent": true} holds. */
bool value_match_fits(const struct value_match *m, struct arena *scratch, struct str text);

/* Whether two JSON values say the same: numbers by value, members in any order. */
struct json_leniency {
    bool any_array_order;
    bool extra_elements; /* of the second */
};
bool json_same(const struct cJSON *want, const struct cJSON *got, struct json_leniency lenient);

#endif
