#include "mockd/core/scramble.h"

/* A Feistel network: whatever the rounds give, the same rounds backwards undo it. */
enum { ROUNDS = 4 };

static uint64_t mask(unsigned half_bits)
{
    return (UINT64_C(1) << half_bits) - 1;
}

static uint64_t round_of(
    const struct session *s, uint64_t salt, unsigned half_bits, uint64_t half, unsigned number)
{
    return session_mix(s, salt ^ half ^ (uint64_t)number << half_bits) & mask(half_bits);
}

uint64_t scramble(const struct session *s, uint64_t salt, unsigned half_bits, uint64_t v)
{
    uint64_t left = v >> half_bits & mask(half_bits);
    uint64_t right = v & mask(half_bits);
    for (unsigned i = 0; i < ROUNDS; i++) {
        const uint64_t next = left ^ round_of(s, salt, half_bits, right, i);
        left = right;
        right = next;
    }
    return left << half_bits | right;
}

uint64_t unscramble(const struct session *s, uint64_t salt, unsigned half_bits, uint64_t v)
{
    uint64_t left = v >> half_bits & mask(half_bits);
    uint64_t right = v & mask(half_bits);
    for (unsigned i = ROUNDS; i > 0; i--) {
        const uint64_t before = right ^ round_of(s, salt, half_bits, left, i - 1);
        right = left;
        left = before;
    }
    return left << half_bits | right;
}
