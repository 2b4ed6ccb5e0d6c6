#ifndef CLIENTS_LIB_JSONMATCH_H
#define CLIENTS_LIB_JSONMATCH_H

#include "clients/lib/json.h"

/*
 * Compares a JSON value with what was expected of it. What is expected is itself JSON: a scalar
 * means the same literal, an array the same items, an object the same keys in the same order and
 * no others. An object whose keys start with `$` is a matcher; all of its members must hold:
 *
 *   {"$any": true}            is there
 *   {"$absent": true}         (as an object's member) the key is not there
 *   {"$type": "integer"}      string number integer boolean object array null
 *   {"$re": "^[0-9]+$"}       POSIX extended, searched in a string or in a number's literal
 *   {"$contains": "text"}     a string has this in it
 *   {"$gte": 1} $gt $lte $lt  a number
 *   {"$in": [a, b]}           matches one of these
 *   {"$ne": x}                does not match x
 *   {"$len": 3}               items, keys or characters; or a matcher on that number
 *   {"$each": m}              an array whose items all match; an empty one fails
 *   {"$some": m}              an array with an item that matches
 *   {"$subset": {...}}        an object with at least these keys, in any order
 *   {"$eq": x}                exactly x, keys with `$` included
 *   {"$json": m}              a string that is JSON, and matches
 *   {"$var": "name"}          the same value as vars' member of that name
 */
struct jsonmatch_diff {
    struct str pointer;  /* into the actual value */
    struct str expected; /* texts for people */
    struct str actual;
    struct jsonmatch_diff *next;
};

struct jsonmatch {
    struct arena *a;
    bool unordered;          /* the order of keys does not matter */
    const struct json *vars; /* an object, or NULL */
    struct jsonmatch_diff *first, *last;
    size_t count;
};

/*
 * True when it matches. Otherwise the differences are appended; their pointers start with
 * `pointer`. `actual` may be NULL: absent, which only $absent accepts.
 */
bool jsonmatch(struct jsonmatch *m,
               struct str pointer,
               const struct json *expected,
               const struct json *actual);

/* One line a difference: "/a/b: expected 1, got 2". */
void jsonmatch_write(struct buf *b, const struct jsonmatch *m);

struct jsonmatch_problem {
    struct str pointer;
    struct str text;
};

/*
 * Is `expected` well formed: only known matchers, each with an operand that it understands? The
 * first problem goes to *out, its pointer starting with `pointer`.
 */
bool jsonmatch_check(struct arena *a,
                     struct str pointer,
                     const struct json *expected,
                     struct jsonmatch_problem *out);

#endif
