#include "tests/fuzz/fuzz.h"

#include "mockd/base/buf.h"
#include "mockd/base/check.h"
#include "mockd/base/utf8.h"

enum { HIGHEST = 0x10FFFF };

/* Decodes all of s and encodes it again. Every step must move, and make a scalar value. */
static void add_reencoded(struct buf *out, struct str s)
{
    struct str rest = s;
    uint32_t cp = 0;
    while (utf8_next(&rest, &cp)) {
        char bytes[4];
        CHECK(cp <= HIGHEST && (cp < 0xD800 || cp > 0xDFFF));
        buf_add(out, (struct str){bytes, utf8_put(bytes, cp)});
    }
    CHECK(rest.n == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = {(const char *)data, size};
    const bool valid = utf8_valid(s);
    struct arena a;
    struct buf again;
    arena_init(&a);
    buf_init(&again, size * 3); /* a malformed byte becomes the three of U+FFFD */

    add_reencoded(&again, s);
    CHECK(!again.overflowed);
    const struct str encoded = {again.p, again.n};
    CHECK(utf8_valid(encoded));
    /* The decoder and the validator are two readings of one rule: they must agree. */
    CHECK(str_eq(encoded, s) == valid);

    const struct str repaired = utf8_repaired(&a, s);
    CHECK(str_eq(repaired, encoded));
    CHECK(!valid || repaired.p == s.p);

    buf_release(&again);
    arena_release(&a);
    return 0;
}
