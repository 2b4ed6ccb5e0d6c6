#ifndef MOCKD_HTTP_JSON_H
#define MOCKD_HTTP_JSON_H

#include "mockd/base/arena.h"
#include "mockd/base/buf.h"
#include "mockd/base/str.h"

/*
 * JSON in. cJSON does the parsing; this module is its only user, because cJSON alone is too
 * lenient for input from the wire: it takes text after the value, invalid UTF-8 and NUL bytes,
 * ignores case in look-ups, and recurses on the small stack of a worker thread.
 *
 * Values are borrowed from the arena they were parsed into and never change.
 */
struct cJSON;

enum { JSON_DEPTH_MAX = 64 };

enum json_fault {
    JSON_GOOD,
    JSON_SYNTAX,
    JSON_TOO_DEEP, /* nested deeper than JSON_DEPTH_MAX */
    JSON_NOT_UTF8,
    JSON_NUL_BYTE, /* a NUL byte or an escaped \u0000 */
};

/* A sentence for people. */
const char *json_fault_text(enum json_fault fault);

/* NULL when text is not one well-formed value; *fault and *at (byte offset) then say why. */
const struct cJSON *json_parse(struct arena *a,
                               struct str text,
                               enum json_fault *fault,
                               size_t *at);

/* Comments (slashes, slash-star) become blanks of the same length, so offsets stay right. */
struct str json_blank_comments(struct arena *a, struct str text);

enum json_kind {
    JSON_ABSENT, /* for a NULL value */
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

enum json_kind json_kind(const struct cJSON *v);
const char *json_kind_text(enum json_kind kind);

/* Member of an object, case-sensitive; when a key stands twice, the later one. NULL when absent. */
const struct cJSON *json_get(const struct cJSON *object, struct str name);

/* Children of an array or object in order; NULL at the end and for anything else. */
const struct cJSON *json_first(const struct cJSON *v);
const struct cJSON *json_next(const struct cJSON *child);
size_t json_count(const struct cJSON *v);

/* The key of a member; absent for array elements. */
struct str json_name(const struct cJSON *member);

/* Content of a string; absent for any other kind. */
struct str json_text(const struct cJSON *v);

bool json_true(const struct cJSON *v);
double json_number(const struct cJSON *v);

/* True for a number without fraction inside +-2^53. */
bool json_int(const struct cJSON *v, int64_t *out);

/*
 * A scalar as text: strings as they are, whole numbers in decimal, other numbers in their shortest
 * form, "true"/"false". Absent for null, arrays and objects.
 */
struct str json_scalar(struct arena *a, const struct cJSON *v);

/* Appends v as compact JSON. Numbers as json_scalar() writes them. */
void json_print(struct arena *a, struct buf *to, const struct cJSON *v);

/* Appends s quoted and escaped. */
void json_quote(struct buf *to, struct str s);

#endif
