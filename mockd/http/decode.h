#ifndef MOCKD_HTTP_DECODE_H
#define MOCKD_HTTP_DECODE_H

#include "mockd/base/arena.h"
#include "mockd/base/str.h"
#include "mockd/http/json.h"

/*
 * Named inputs of a request, whatever carried them: query string, urlencoded form or JSON object.
 * Later rows win over earlier ones with the same name, so the caller adds the weaker source first.
 */
struct value {
    struct str text;          /* absent for null, arrays and objects */
    const struct cJSON *node; /* set when it came from JSON */
};

struct input {
    struct str name;
    struct value value;
};

struct inputs {
    struct input *rows;
    size_t n, cap;
    const struct cJSON *root; /* the JSON body when there is one */
};

/* application/x-www-form-urlencoded pairs: '+' is a blank, a bad percent escape stays as it is, a
 * key without '=' has an empty value, empty pairs are passed over. */
void decode_pairs(struct arena *a, struct inputs *in, struct str pairs);

/* The members of a JSON object. */
void decode_object(struct arena *a, struct inputs *in, const struct cJSON *object);

/* One more, stronger than those before. */
void decode_one(struct arena *a, struct inputs *in, struct str name, struct str text);

/* Percent-decoded copy; plus_is_blank as in forms. */
struct str decode_percent(struct arena *a, struct str s, bool plus_is_blank);

/* The value of that name; absent (no text, no node) when there is none. */
struct value inputs_get(const struct inputs *in, struct str name);

/* True when the name is there at all, even with a null value. */
bool inputs_has(const struct inputs *in, struct str name);

#endif
