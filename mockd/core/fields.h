#ifndef MOCKD_CORE_FIELDS_H
#define MOCKD_CORE_FIELDS_H

#include "mockd/base/arena.h"
#include "mockd/http/json.h"
#include "mockd/http/out.h"

/*
 * A struct described by a table: from it come reading JSON (config file, PUT, PATCH) with messages
 * that name the JSON pointer, writing JSON, and the list of names in help texts. Used for settings
 * and accounts.
 */
enum field_kind {
    FIELD_BOOL,  /* bool */
    FIELD_FLAG,  /* one bit of an unsigned; JSON boolean inside the object "flags" */
    FIELD_INT,   /* int64_t within min..max */
    FIELD_WORD,  /* int: index into words */
    FIELD_TEXT,  /* struct str; JSON string or null (absent) */
    FIELD_MONEY, /* int64_t in 1e-8 EUR; JSON string "12.345" or number; written
                    with 3 decimals, with 8 when it has more */
    FIELD_LIST,  /* struct str_list; JSON array of strings */
};

struct str_list {
    struct str *v;
    size_t n;
};

struct field {
    struct str name;
    enum field_kind kind;
    size_t offset;
    unsigned bit;             /* FIELD_FLAG */
    int64_t min, max;         /* FIELD_INT */
    const char *const *words; /* FIELD_WORD, NULL at the end */
    bool secret;              /* written as "…" unless secrets are shown */
    const char *help;         /* one sentence */
};

/* What is wrong with a JSON document, for people. */
struct problem {
    struct str pointer; /* RFC 6901 */
    struct str detail;  /* a sentence */
};

/*
 * Reads the members of object that the table names into target; members that are absent keep what
 * is there. Unknown members are refused with the nearest known name, unless they stand in `also`
 * (a list the caller reads itself). Text and lists are copied into the arena. False: *p says why,
 * and target may have been changed in part, so read into a copy.
 */
bool fields_read(struct arena *a,
                 const struct field *table,
                 size_t n,
                 const struct cJSON *object,
                 const struct str_list *also,
                 void *target,
                 struct problem *p);

/* Writes every field into the open object; the flags as one object "flags". */
void fields_write(struct arena *a,
                  struct out *o,
                  const struct field *table,
                  size_t n,
                  const void *source,
                  bool show_secrets);

/* How many characters to change, add or leave out (Levenshtein); over 48 bytes: 48. */
size_t name_distance(struct str a, struct str b);

/* The entry of names closest to `name` by edit distance; absent when none is near. */
struct str nearest_name(struct str name, const struct str *names, size_t n);

/* Puts "/name" in front of p->pointer: a caller's place in the document. */
void problem_under(struct arena *a, struct problem *p, struct str name);

#endif
