#ifndef MOCKD_CORE_SCRAMBLE_H
#define MOCKD_CORE_SCRAMBLE_H

#include "mockd/core/session.h"

/*
 * A number as one that looks drawn by lot, by the session's seed, and back: how a row's id becomes
 * a wire id that needs no index to be found again. The numbers have 2 * half_bits bits; salt keeps
 * what is drawn for one purpose apart from what others draw.
 */
uint64_t scramble(const struct session *s, uint64_t salt, unsigned half_bits, uint64_t v);
uint64_t unscramble(const struct session *s, uint64_t salt, unsigned half_bits, uint64_t v);

#endif
