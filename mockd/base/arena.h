#ifndef MOCKD_BASE_ARENA_H
#define MOCKD_BASE_ARENA_H

#include <stddef.h>

#include "mockd/base/str.h"

/*
 * Memory for one request. Everything allocated here is freed together, so
 * request code never calls free().
 *
 * Allocation cannot fail from the caller's point of view: when the system is
 * out of memory the process ends with a message. Sizes that come from the wire
 * are checked against a configured limit before they reach this module.
 */
struct arena_block;

struct arena {
    struct arena_block *head;
};

void arena_init(struct arena *a);
void arena_release(struct arena *a);

/* Forgets everything allocated so far but keeps one block for the next request. */
void arena_reset(struct arena *a);

/* Zeroed, aligned for any object type. */
void *arena_alloc(struct arena *a, size_t size)
    __attribute__((returns_nonnull, warn_unused_result));

/* A copy that lives as long as the arena. Absent stays absent. */
struct str arena_strdup(struct arena *a, struct str s);

/* The one place where a slice becomes a C string. */
const char *arena_cstr(struct arena *a, struct str s);

/* The parts one behind the other, and a number in decimal: for where printf would be too slow. */
struct str arena_join(struct arena *a, const struct str *parts, size_t n);
struct str arena_int(struct arena *a, int64_t v);

/* Formatted text that lives as long as the arena. */
struct str arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * An array that has room for element n: `old` itself, or a doubled copy when *cap is used up.
 * Start with old NULL and *cap 0.
 */
void *arena_grow(struct arena *a, void *old, size_t n, size_t *cap, size_t element_size)
    __attribute__((returns_nonnull, warn_unused_result));

#define arena_new(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
