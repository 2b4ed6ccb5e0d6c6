#ifndef CLIENTS_LIB_JSONMATCH_OPS_H
#define CLIENTS_LIB_JSONMATCH_OPS_H

#include "clients/lib/jsonmatch.h"

/* The matchers, a row each. Only jsonmatch.c uses this. */
enum jsonmatch_operand {
    OPERAND_TRUE,
    OPERAND_TEXT,
    OPERAND_TYPE,
    OPERAND_REGEX,
    OPERAND_NUMBER,
    OPERAND_EXPECTED, /* something to match again */
    OPERAND_EXPECTED_OBJECT,
    OPERAND_EXPECTED_LIST,
    OPERAND_VERBATIM
};

struct jsonmatch_op {
    struct str name;
    enum jsonmatch_operand operand;
    /* `actual` is never NULL. Appends what differs. */
    void (*match)(struct jsonmatch *m,
                  struct str pointer,
                  const struct json *operand,
                  const struct json *actual);
};

/* NULL when there is no such matcher. */
const struct jsonmatch_op *jsonmatch_op_find(struct str name);

/* Does the operand suit the matcher? NULL, or what is wrong. Does not look into nested ones. */
const char *jsonmatch_operand_problem(enum jsonmatch_operand kind, const struct json *operand);

void jsonmatch_differ(struct jsonmatch *m,
                      struct str pointer,
                      struct str expected,
                      struct str actual);

/* A value for a message, cut when long; NULL reads as absent. */
struct str jsonmatch_show(struct arena *a, const struct json *j);

/* The members of `expected` are there and match; others may be there too. */
void jsonmatch_members(struct jsonmatch *m,
                       struct str pointer,
                       const struct json *expected,
                       const struct json *actual);

#endif
