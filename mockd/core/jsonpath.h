#ifndef MOCKD_CORE_JSONPATH_H
#define MOCKD_CORE_JSONPATH_H

#include "mockd/base/arena.h"
#include "mockd/http/json.h"

/*
 * The common part of JSONPath: $.a.b  $['a b']  [0]  [-1]  [*]  .*  ..name  ..*  [?(@.x)] and
 * [?(@.x == 'y')] with == != < <= > >= and a string, number, true, false or null.
 */
struct jsonpath;

struct json_nodes {
    const struct cJSON **v;
    size_t n, cap;
};

/* NULL: *why says what is wrong. */
const struct jsonpath *jsonpath_parse(struct arena *a, struct str text, struct str *why);

/* What the path names in the document, in document order; at most 10,000 values. */
struct json_nodes jsonpath_find(struct arena *a,
                                const struct jsonpath *path,
                                const struct cJSON *root);

#endif
