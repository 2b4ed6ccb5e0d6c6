#ifndef CLIENTS_LIB_JSON_H
#define CLIENTS_LIB_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "mockd/base/arena.h"
#include "mockd/base/buf.h"
#include "mockd/base/str.h"

/*
 * JSON as the tests see it: strict RFC 8259, and nothing is lost. A number keeps its literal
 * (0.038 and 0.0380 are different answers), a string keeps U+0000, an object keeps the order of
 * its keys. Refused: text after the value, equal keys in one object, malformed UTF-8, a lone
 * surrogate, more than JSON_MAX_DEPTH levels. A lenient parser in the tests would let a server
 * pass that real clients cannot read.
 *
 * Nodes live in the arena they were made in. Not thread-safe for writing.
 */
enum { JSON_MAX_DEPTH = 128 };

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_kind kind;
    bool yes;        /* JSON_BOOL */
    struct str text; /* JSON_STRING: the decoded bytes; JSON_NUMBER: the literal */
    struct str key;  /* when the parent is an object; else absent */
    struct json *first, *last, *next;
    size_t count; /* children */
};

struct json_error {
    size_t line, column; /* from 1 */
    struct str message;
};

/* The tree, or NULL with *error filled. Strings and numbers may point into `text`. */
struct json *json_parse(struct arena *a, struct str text, struct json_error *error)
    __attribute__((warn_unused_result));

const char *json_kind_name(enum json_kind kind);

/* The member, or NULL: no such key, `object` is NULL or not an object. */
const struct json *json_get(const struct json *object, struct str key);

/* The node an RFC 6901 pointer names ("" is the root itself), or NULL. */
const struct json *json_at(const struct json *root, struct str pointer);

/* pointer + "/" + token, with ~ and / of the token escaped. */
struct str json_pointer_add(struct arena *a, struct str pointer, struct str token);
struct str json_pointer_add_index(struct arena *a, struct str pointer, size_t index);

/* A whole number without fraction or exponent, as far as int64_t goes. */
bool json_to_int(const struct json *j, int64_t *out);

/* Same kind, same literal or text, same members; in the same order when `ordered`. */
bool json_equal(const struct json *x, const struct json *y, bool ordered);

/* Compact text; numbers as their literal. */
void json_write(struct buf *b, const struct json *j);

/* json_write into the arena, at most `max` bytes and then "...". */
struct str json_text(struct arena *a, const struct json *j, size_t max);

/* The text of a string, else what json_write gives: what a ${name} becomes. */
struct str json_plain(struct arena *a, const struct json *j);

struct json *json_new(struct arena *a, enum json_kind kind);
struct json *json_new_string(struct arena *a, struct str text);
struct json *json_new_int(struct arena *a, int64_t value);
struct json *json_clone(struct arena *a, const struct json *j);

/* Appends `child` (a node without a parent) to an array, or to an object under `key`. */
void json_add(struct json *parent, struct str key, struct json *child);

/* The same, but takes the place of a member of that name. */
void json_set(struct json *object, struct str key, struct json *child);

#endif
