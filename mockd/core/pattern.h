#ifndef MOCKD_CORE_PATTERN_H
#define MOCKD_CORE_PATTERN_H

#include <regex.h>
#include <stdbool.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/*
 * A regular expression that a whole text must fit, as WireMock's do. POSIX extended syntax, and of
 * Java's what can be said in it: \d \D (also \d in brackets), (?:…) and a leading (?i).
 *
 * Bounded, because the C library compiles by recursion and a worker's stack is 100 KB: 1,024 bytes,
 * 30 nested groups, 400 repeated parts, no back-reference.
 */
struct pattern {
    regex_t re;
    struct pattern *next; /* for the owner's list of what to release */
};

/* False: *why says what is wrong. */
bool pattern_compile(struct arena *a, struct str text, struct pattern *out, struct str *why);
/* An absent text fits nothing. */
bool pattern_fits(const struct pattern *p, struct arena *scratch, struct str whole);
void pattern_release(struct pattern *p);

#endif
