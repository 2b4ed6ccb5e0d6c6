#include "mockd/providers/nexmo/ids.h"

#include "mockd/core/scramble.h"

enum {
    NODE_FIRST = 0x0A,
    NODES = 0x16 - 0x0A + 1,
    HEX16_CHARS = 16,
    UUID_CHARS = 36,
    HALF_BITS = 31,
};

/* Keeps what is drawn here apart from what others draw with the same n. */
#define SALT_NODE  UINT64_C(0x6E6F646500000000)
#define SALT_ROUND UINT64_C(0x726F756E00000000)
#define SALT_CHECK UINT64_C(0x6368656B00000000)
#define SALT_TRACE UINT64_C(0x7472616300000000)

#define VARIANT_BITS (UINT64_C(2) << 62)
#define ID_MASK      ((UINT64_C(1) << 62) - 1)

static void put_hex(char *to, uint64_t v, int chars, const char *digits)
{
    for (int i = chars - 1; i >= 0; i--) {
        to[i] = digits[v & 15];
        v >>= 4;
    }
}

static uint64_t node_of(const struct session *s)
{
    return NODE_FIRST + session_mix(s, SALT_NODE) % NODES;
}

struct str nexmo_id_hex16(struct arena *a, const struct session *s, int64_t id)
{
    char *p = arena_alloc(a, HEX16_CHARS);
    put_hex(p, node_of(s) << 56 | (uint64_t)id, HEX16_CHARS, "0123456789ABCDEF");
    return (struct str){p, HEX16_CHARS};
}

/* The first half, with the version digit 4 in its place. */
static uint64_t check_half(const struct session *s, uint64_t second)
{
    return (session_mix(s, SALT_CHECK ^ second) & ~UINT64_C(0xF000)) | UINT64_C(0x4000);
}

struct str nexmo_id_uuid(struct arena *a, const struct session *s, int64_t id)
{
    static const char k_digits[] = "0123456789abcdef";
    const uint64_t second = VARIANT_BITS | scramble(s, SALT_ROUND, HALF_BITS, (uint64_t)id);
    const uint64_t first = check_half(s, second);
    char *p = arena_alloc(a, UUID_CHARS);
    put_hex(p, first >> 32, 8, k_digits);
    put_hex(p + 9, first >> 16 & 0xFFFF, 4, k_digits);
    put_hex(p + 14, first & 0xFFFF, 4, k_digits);
    put_hex(p + 19, second >> 48, 4, k_digits);
    put_hex(p + 24, second & UINT64_C(0xFFFFFFFFFFFF), 12, k_digits);
    p[8] = p[13] = p[18] = p[23] = '-';
    return (struct str){p, UUID_CHARS};
}

static bool read_hex(struct str s, uint64_t *v)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const char low = (char)(c | 0x20);
        if (c >= '0' && c <= '9')
            sum = sum << 4 | (uint64_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            sum = sum << 4 | (uint64_t)(low - 'a' + 10);
        else
            return false;
    }
    *v = sum;
    return true;
}

static bool parse_hex16(const struct session *s, struct str text, int64_t *id)
{
    uint64_t v;
    if (!read_hex(text, &v) || v >> 56 != node_of(s))
        return false;
    *id = (int64_t)(v & UINT64_C(0xFFFFFFFFFFFFFF));
    return true;
}

static bool parse_uuid(const struct session *s, struct str text, int64_t *id)
{
    static const struct {
        size_t from, chars;
    } k_groups[] = {{0, 8}, {9, 4}, {14, 4}, {19, 4}, {24, 12}};
    uint64_t part[5];
    for (size_t i = 0; i < 5; i++) {
        const struct str group = {text.p + k_groups[i].from, k_groups[i].chars};
        if (!read_hex(group, &part[i]) || (i && text.p[k_groups[i].from - 1] != '-'))
            return false;
    }
    const uint64_t first = part[0] << 32 | part[1] << 16 | part[2];
    const uint64_t second = part[3] << 48 | part[4];
    if (second >> 62 != 2 || first != check_half(s, second))
        return false;
    *id = (int64_t)unscramble(s, SALT_ROUND, HALF_BITS, second & ID_MASK);
    return true;
}

bool nexmo_id_parse(const struct session *s, struct str text, int64_t *id)
{
    if (text.n == HEX16_CHARS)
        return parse_hex16(s, text, id);
    return text.n == UUID_CHARS && parse_uuid(s, text, id);
}

struct str nexmo_trace_id(struct arena *a, const struct session *s, int64_t n)
{
    static const char k_digits[] = "0123456789abcdef";
    const uint64_t first = session_mix(s, SALT_TRACE ^ (uint64_t)n);
    char *p = arena_alloc(a, 32);
    put_hex(p, first, 16, k_digits);
    put_hex(p + 16, session_mix(s, first), 16, k_digits);
    return (struct str){p, 32};
}
