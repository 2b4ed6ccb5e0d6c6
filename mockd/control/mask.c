#include "mockd/control/internal.h"
#include "mockd/http/decode.h"

#define MASK "…"

enum { MASKED_MAX = 1 << 20 };

enum mask_kind { MASK_NOTHING, MASK_KEY, MASK_ALL };

static enum mask_kind kind_of(struct str name)
{
    static const struct {
        struct str name;
        enum mask_kind kind;
    } k_secrets[] = {
        {STR_INIT("apiKey"), MASK_KEY},
        {STR_INIT("api_key"), MASK_KEY},
        {STR_INIT("api-key"), MASK_KEY},
        {STR_INIT("api_secret"), MASK_ALL},
        {STR_INIT("apiSecret"), MASK_ALL},
        {STR_INIT("secret"), MASK_ALL},
        {STR_INIT("password"), MASK_ALL},
        {STR_INIT("sig"), MASK_ALL},
        {STR_INIT("signature_secret"), MASK_ALL},
        {STR_INIT("signatureSecret"), MASK_ALL},
        {STR_INIT("token"), MASK_ALL},
    };
    for (size_t i = 0; i < sizeof(k_secrets) / sizeof(k_secrets[0]); i++) {
        if (str_eq_nocase(k_secrets[i].name, name))
            return k_secrets[i].kind;
    }
    return MASK_NOTHING;
}

/* First four and last three, of a key that is long enough to have a middle. */
struct str mask_key(struct arena *a, struct str key)
{
    if (key.n < 8)
        return key.p ? STR(MASK) : key;
    return arena_printf(a, "%.4s" MASK "%.3s", key.p, key.p + key.n - 3);
}

static struct str masked(struct arena *a, enum mask_kind kind, struct str value)
{
    return kind == MASK_KEY ? mask_key(a, value) : STR(MASK);
}

static void put_percent(struct buf *to, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
            c == '_' || c == '.')
            buf_add_char(to, (char)c);
        else
            buf_addf(to, "%%%02X", c);
    }
}

/* name=value&…: the rest stays as it was written. */
static void put_pairs(struct arena *a, struct buf *to, struct str pairs)
{
    struct str pair;
    bool first = true;
    while (str_split(&pairs, '&', &pair)) {
        const size_t eq = str_find_char(pair, '=');
        const enum mask_kind kind = kind_of(decode_percent(a, (struct str){pair.p, eq}, true));
        if (!first)
            buf_add_char(to, '&');
        first = false;
        if (kind == MASK_NOTHING || eq == pair.n) {
            buf_add(to, pair);
            continue;
        }
        buf_add(to, (struct str){pair.p, eq + 1});
        put_percent(to, masked(a, kind, decode_percent(a, str_from(pair, eq + 1), true)));
    }
}

/* Index after the string literal that opens at i. */
static size_t string_end(struct str s, size_t i)
{
    for (i++; i < s.n && s.p[i] != '"'; i++) {
        if (s.p[i] == '\\')
            i++;
    }
    return i + 1 < s.n ? i + 1 : s.n;
}

static size_t blanks_end(struct str s, size_t i)
{
    while (i < s.n && memchr(" \t\r\n", s.p[i], 4))
        i++;
    return i;
}

/* Index after the scalar at i; i itself for anything else. */
static size_t scalar_end(struct str s, size_t i)
{
    if (i < s.n && s.p[i] == '"')
        return string_end(s, i);
    while (i < s.n && !memchr(",{}[] \t\r\n\"", s.p[i], 10))
        i++;
    return i;
}

/* An escape in a name could spell a secret's: such a value is hidden whatever it is. */
static enum mask_kind kind_of_member(struct str name)
{
    return str_find_char(name, '\\') < name.n ? MASK_ALL : kind_of(name);
}

static void put_json_value(struct arena *a, struct buf *to, enum mask_kind kind, struct str value)
{
    if (str_eq(value, STR("null")) || value.n == 0) {
        buf_add(to, value);
        return;
    }
    if (value.n >= 2 && value.p[0] == '"')
        value = (struct str){value.p + 1, value.n - 2};
    const bool plain = str_find_char(value, '\\') == value.n;
    json_quote(to, plain ? masked(a, kind, value) : STR(MASK));
}

/* Works on the text, so that malformed JSON is masked too and everything else stays as written. */
static void put_json(struct arena *a, struct buf *to, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] != '"') {
            i++;
            continue;
        }
        const size_t end = string_end(s, i);
        const struct str name = {s.p + i + 1, end > i + 2 ? end - i - 2 : 0};
        size_t value = blanks_end(s, end);
        i = end;
        if (value >= s.n || s.p[value] != ':' || kind_of_member(name) == MASK_NOTHING)
            continue;
        value = blanks_end(s, value + 1);
        buf_add(to, (struct str){s.p + from, value - from});
        from = scalar_end(s, value);
        put_json_value(a, to, kind_of_member(name), (struct str){s.p + value, from - value});
        i = from;
    }
    buf_add(to, str_from(s, from));
}

static struct str taken(struct arena *a, struct buf *b)
{
    const struct str copy = arena_strdup(a, buf_view(b));
    buf_release(b);
    return copy;
}

struct str mask_url(struct arena *a, struct str url)
{
    struct buf b;
    const size_t query = str_find_char(url, '?');
    if (query == url.n)
        return url;
    buf_init(&b, MASKED_MAX);
    buf_add(&b, (struct str){url.p, query + 1});
    put_pairs(a, &b, str_from(url, query + 1));
    return taken(a, &b);
}

struct str mask_body(struct arena *a, struct str body)
{
    struct buf b;
    const size_t start = blanks_end(body, 0);
    if (start == body.n)
        return body;
    buf_init(&b, MASKED_MAX);
    if (body.p[start] == '{' || body.p[start] == '[')
        put_json(a, &b, body);
    else if (str_find_char(body, '=') < body.n && body.p[start] != '<')
        put_pairs(a, &b, body);
    else
        buf_add(&b, body);
    return taken(a, &b);
}

struct str mask_header(struct str name, struct str value)
{
    const struct str k_hidden[] = {STR("Authorization"), STR("Proxy-Authorization"), STR("Cookie"),
                                   STR("X-Api-Key")};
    for (size_t i = 0; i < sizeof(k_hidden) / sizeof(k_hidden[0]); i++) {
        if (!str_eq_nocase(k_hidden[i], name))
            continue;
        if (str_starts(value, STR("Basic ")))
            return STR("Basic " MASK);
        return str_starts(value, STR("Bearer ")) ? STR("Bearer " MASK) : STR(MASK);
    }
    return value;
}
