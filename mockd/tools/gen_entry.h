#ifndef MOCKD_TOOLS_GEN_ENTRY_H
#define MOCKD_TOOLS_GEN_ENTRY_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/*
 * From a row of errors.json to the public catalogue entry. What a row does not say, its group says;
 * what neither says, the file's "defaults" do.
 */
struct gen_source {
    struct arena *arena;
    const char *provider;
    const cJSON *sets;     /* name -> endpoints */
    const cJSON *defaults; /* for every group */
    const cJSON *groups;   /* name -> section and what its rows have in common */
    const cJSON *rows;
};

struct gen_row {
    const struct gen_source *src;
    const cJSON *row;
    const cJSON *group;
    const char *id;         /* "smspartner.send.42" */
    const char *group_name; /* "send" */
    const char *suffix;     /* "42" */
    const cJSON *code;
};

/* Says on stderr what is wrong with `what` (an id, or a part of the file); returns false. */
bool gen_refuse(const char *what, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Borrows root. False, with a message, when a part of the file is missing or of the wrong kind. */
bool gen_source_init(struct gen_source *src, struct arena *arena, const cJSON *root);

/* The value that applies to this row; NULL when nobody gives one. */
const cJSON *gen_value(const struct gen_row *r, const char *key);

/* The finished entry, the caller's to delete; NULL, with a message, when the row is not good. */
cJSON *gen_entry(const struct gen_source *src, const cJSON *row);

#endif
