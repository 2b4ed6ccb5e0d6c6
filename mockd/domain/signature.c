#include "mockd/domain/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "mockd/base/check.h"

static const struct {
    struct str name;
    const char *digest;
    bool hmac;
} k_methods[] = {
    [SIGNATURE_MD5HASH] = {STR_INIT("md5hash"), "MD5", false},
    [SIGNATURE_MD5] = {STR_INIT("md5"), "MD5", true},
    [SIGNATURE_SHA1] = {STR_INIT("sha1"), "SHA1", true},
    [SIGNATURE_SHA256] = {STR_INIT("sha256"), "SHA256", true},
    [SIGNATURE_SHA512] = {STR_INIT("sha512"), "SHA512", true},
};

enum { METHODS = sizeof(k_methods) / sizeof(k_methods[0]) };

static int compare_names(struct str a, struct str b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* Merges two sorted halves; on a tie the left one goes first, so equal names keep their order. */
static void merge(struct sig_param *p, size_t mid, size_t n, struct sig_param *room)
{
    size_t left = 0;
    size_t right = mid;
    for (size_t i = 0; i < n; i++) {
        const bool take_left =
            left < mid && (right == n || compare_names(p[left].name, p[right].name) <= 0);
        room[i] = take_left ? p[left++] : p[right++];
    }
    memcpy(p, room, n * sizeof(*p));
}

/* Bottom-up, so that a request with very many parameters costs neither stack nor squared time. */
static void sort_params(struct sig_param *p, size_t n, struct sig_param *room)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t at = 0; at + width < n; at += 2 * width) {
            const size_t run = n - at < 2 * width ? n - at : 2 * width;
            merge(p + at, width, run, room);
        }
    }
}

/* Appends s at *at with the two characters that separate parameters made harmless. */
static void add_cleaned(char **at, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '&' || c == '=')
            c = '_';
        *(*at)++ = c;
    }
}

/* "&name=value" of each parameter in order. */
static struct str signed_text(struct arena *a, const struct sig_param *params, size_t n)
{
    struct sig_param *sorted = arena_array(a, struct sig_param, n);
    size_t used = 0;
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(params[i].name, STR("sig")) || str_eq(params[i].name, STR("api_secret")))
            continue;
        bytes += params[i].name.n + params[i].value.n + 2;
        sorted[used++] = params[i];
    }
    sort_params(sorted, used, arena_array(a, struct sig_param, used));

    char *text = arena_alloc(a, bytes);
    char *at = text;
    for (size_t i = 0; i < used; i++) {
        *at++ = '&';
        add_cleaned(&at, sorted[i].name);
        *at++ = '=';
        add_cleaned(&at, sorted[i].value);
    }
    return (struct str){text, bytes};
}

static struct str joined(struct arena *a, struct str x, struct str y)
{
    char *p = arena_alloc(a, x.n + y.n);
    if (x.n)
        memcpy(p, x.p, x.n);
    if (y.n)
        memcpy(p + x.n, y.p, y.n);
    return (struct str){p, x.n + y.n};
}

/* The digest's bytes in out; returns how many. */
static size_t compute(struct arena *a,
                      enum signature_method method,
                      struct str secret,
                      struct str text,
                      unsigned char out[static EVP_MAX_MD_SIZE])
{
    const char *digest = k_methods[method].digest;
    size_t len = 0;
    int ok;
    if (k_methods[method].hmac)
        ok = EVP_Q_mac(NULL, "HMAC", NULL, digest, NULL, secret.n ? secret.p : "", secret.n,
                       (const unsigned char *)text.p, text.n, out, EVP_MAX_MD_SIZE, &len) != NULL;
    else {
        const struct str whole = joined(a, text, secret);
        ok = EVP_Q_digest(NULL, digest, NULL, whole.p, whole.n, out, &len);
    }
    CHECK(ok); /* only a libcrypto without these digests can refuse */
    return len;
}

struct str signature_make(struct arena *a,
                          enum signature_method method,
                          struct str secret,
                          const struct sig_param *params,
                          size_t n)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    const char *hex = k_methods[method].hmac ? "0123456789ABCDEF" : "0123456789abcdef";
    const size_t len = compute(a, method, secret, signed_text(a, params, n), bytes);
    char *p = arena_alloc(a, len * 2);
    for (size_t i = 0; i < len; i++) {
        p[2 * i] = hex[bytes[i] >> 4];
        p[2 * i + 1] = hex[bytes[i] & 15];
    }
    return (struct str){p, len * 2};
}

static char upper(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

bool signature_matches(struct arena *a,
                       enum signature_method method,
                       struct str secret,
                       const struct sig_param *params,
                       size_t n,
                       struct str sig)
{
    const struct str want = signature_make(a, method, secret, params, n);
    if (sig.n != want.n)
        return false; /* the length of a digest is no secret */
    char *ours = arena_alloc(a, want.n);
    char *theirs = arena_alloc(a, want.n);
    for (size_t i = 0; i < want.n; i++) {
        ours[i] = upper(want.p[i]);
        theirs[i] = upper(sig.p[i]);
    }
    return CRYPTO_memcmp(ours, theirs, want.n) == 0;
}

bool signature_method_from(struct str name, enum signature_method *out)
{
    for (size_t i = 0; i < METHODS; i++) {
        if (str_eq(name, k_methods[i].name)) {
            *out = (enum signature_method)i;
            return true;
        }
    }
    return false;
}

struct str signature_method_name(enum signature_method method)
{
    return k_methods[method].name;
}
