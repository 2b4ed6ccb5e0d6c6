#include "mockd/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "mockd/base/check.h"

enum { BLOCK_BYTES = 16 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

static size_t round_up(size_t n)
{
    const size_t align = alignof(max_align_t);
    return (n + align - 1) & ~(align - 1);
}

static struct arena_block *block_new(size_t at_least)
{
    const size_t size = at_least > BLOCK_BYTES ? at_least : BLOCK_BYTES;
    struct arena_block *b = malloc(sizeof(*b) + size);
    if (!b) {
        fprintf(stderr, "mockd: out of memory (%zu bytes)\n", size);
        abort();
    }
    *b = (struct arena_block){.size = size};
    return b;
}

static void free_chain(struct arena_block *b)
{
    while (b) {
        struct arena_block *next = b->next;
        free(b);
        b = next;
    }
}

void arena_init(struct arena *a)
{
    *a = (struct arena){0};
}

void arena_release(struct arena *a)
{
    free_chain(a->head);
    arena_init(a);
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = a->head;
    if (!keep)
        return;
    free_chain(keep->next);
    keep->next = NULL;
    keep->used = 0;
    if (keep->size > BLOCK_BYTES)
        arena_release(a);
}

void *arena_alloc(struct arena *a, size_t size)
{
    CHECK(size < SIZE_MAX / 2);
    const size_t need = round_up(size ? size : 1);
    if (!a->head || a->head->size - a->head->used < need) {
        struct arena_block *b = block_new(need);
        b->next = a->head;
        a->head = b;
    }
    void *p = a->head->bytes + a->head->used;
    a->head->used += need;
    memset(p, 0, need);
    return p;
}

void *arena_grow(struct arena *a, void *old, size_t n, size_t *cap, size_t element_size)
{
    if (n < *cap)
        return old;
    *cap = *cap ? *cap * 2 : 8;
    void *grown = arena_alloc(a, *cap * element_size);
    if (n)
        memcpy(grown, old, n * element_size);
    return grown;
}

struct str arena_strdup(struct arena *a, struct str s)
{
    return s.p ? (struct str){arena_cstr(a, s), s.n} : s;
}

const char *arena_cstr(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

struct str arena_join(struct arena *a, const struct str *parts, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += parts[i].n;
    char *p = arena_alloc(a, bytes + 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n)
            memcpy(p + at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    return (struct str){p, bytes};
}

struct str arena_int(struct arena *a, int64_t v)
{
    return int_text(arena_alloc(a, INT_TEXT_MAX), v);
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_list again;
    va_start(ap, fmt);
    va_copy(again, ap);
    const int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    CHECK(n >= 0);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){p, (size_t)n};
}
