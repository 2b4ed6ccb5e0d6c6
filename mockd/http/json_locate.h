#ifndef MOCKD_HTTP_JSON_LOCATE_H
#define MOCKD_HTTP_JSON_LOCATE_H

#include "mockd/base/str.h"

/*
 * Where in a JSON text the value (or, for a member, its key) that an RFC 6901 pointer names begins.
 * The text is well-formed. For a pointer that leads nowhere: the deepest place on its way.
 */
size_t json_locate(struct str text, struct str pointer);

/* Line (from 1) and column (from 1, in bytes) of an offset. */
void json_line(struct str text, size_t offset, int *line, int *column);

#endif
