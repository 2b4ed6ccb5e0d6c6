#ifndef SCENARIOS_RUNNER_BYTES_H
#define SCENARIOS_RUNNER_BYTES_H

#include "clients/lib/json.h"

/* False when it is not an even number of hexadecimal digits; blanks between pairs are skipped. */
bool bytes_from_hex(struct arena *a, struct str hex, struct str *out);

/* `text`, `times` times. */
struct str bytes_repeat(struct arena *a, struct str text, size_t times);

/* Appends at most `max` bytes of s, with what a terminal cannot show as \xNN. */
void bytes_show(struct buf *b, struct str s, size_t max);

#endif
