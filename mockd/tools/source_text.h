#ifndef MOCKD_TOOLS_SOURCE_TEXT_H
#define MOCKD_TOOLS_SOURCE_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "mockd/base/buf.h"
#include "mockd/base/str.h"

/*
 * What the build's own tools share: files in, C source out.
 */

/* Appends the whole file; false, with a message on stderr, when it cannot be read. */
bool source_read(const char *path, struct buf *out);

/* Writes text to path, whole or not at all as far as the caller can tell; false with a message. */
bool source_write(const char *path, struct str text);

/* A C string literal of s, in ASCII only, quotes included. */
void source_add_literal(struct buf *out, struct str s);

#endif
