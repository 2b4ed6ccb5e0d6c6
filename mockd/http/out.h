#ifndef MOCKD_HTTP_OUT_H
#define MOCKD_HTTP_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "mockd/base/buf.h"
#include "mockd/base/str.h"

/*
 * Writes a response body. A handler describes the answer once; the format was chosen before it
 * ran. Every call takes the field's name: JSON uses it as the key (not inside an array), XML as
 * the element.
 *
 * OUT_XML_POSITIONAL is SMS Partner's: every field becomes <entry>, names are lost, strings stand
 * in CDATA. OUT_XML_NAMED is Nexmo's: the name is the element and strings are escaped.
 */
enum out_format { OUT_JSON, OUT_XML_POSITIONAL, OUT_XML_NAMED };

enum { OUT_DEPTH_MAX = 24 };

struct out {
    struct buf *to;
    enum out_format format;
    int depth;
    struct out_frame {
        struct str name;
        bool array;
        bool has_items;
        bool named; /* children keep their names although the format is positional */
    } frame[OUT_DEPTH_MAX];
};

/* Starts writing at the end of `to`, which the caller owns. */
void out_init(struct out *o, enum out_format format, struct buf *to);

void out_object_begin(struct out *o, struct str name);
void out_array_begin(struct out *o, struct str name);

/* An object whose children keep their element names in positional XML. */
void out_named_begin(struct out *o, struct str name);

/* An attribute of the element that was begun last, before anything stands in it. The value needs no
 * escaping. JSON has none. */
void out_attribute(struct out *o, struct str name, struct str value);

void out_end(struct out *o);

/* A string; absent is written as null (JSON) or an empty element (XML). */
void out_str(struct out *o, struct str name, struct str value);

/* A string that positional XML writes escaped and not as CDATA. */
void out_text(struct out *o, struct str name, struct str value);

void out_int(struct out *o, struct str name, int64_t value);
void out_bool(struct out *o, struct str name, bool value);
void out_null(struct out *o, struct str name);

/* A number (or any finished JSON) given as text: "0.038". */
void out_raw(struct out *o, struct str name, struct str literal);

#endif
