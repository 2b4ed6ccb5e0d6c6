#ifndef MOCKD_BASE_UTF8_H
#define MOCKD_BASE_UTF8_H

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/* Well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. */
bool utf8_valid(struct str s);

/*
 * Takes the next code point off *rest. A malformed byte comes back as U+FFFD and one byte is
 * consumed. Returns false at the end.
 */
bool utf8_next(struct str *rest, uint32_t *cp);

/* The first n characters of s, which may be all of it. */
struct str utf8_cut(struct str s, size_t n);

/* Appends cp as UTF-8 to out (room for 4 bytes); returns how many bytes it took. */
size_t utf8_put(char *out, uint32_t cp);

/* s with every malformed byte replaced by U+FFFD; s itself when nothing is malformed. */
struct str utf8_repaired(struct arena *a, struct str s);

#endif
