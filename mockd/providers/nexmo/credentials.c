#include <stdlib.h>

#include "mockd/base/utf8.h"
#include "mockd/domain/signature.h"
#include "mockd/providers/nexmo/knobs.h"
#include "mockd/providers/nexmo/work.h"

enum { KEY_MAX = 128 };

struct credentials {
    struct str key, secret, sig;
    struct str key_name; /* as the request spelt it */
};

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* False for anything but whole groups of four, with the padding at the end. */
static bool base64(struct arena *a, struct str s, struct str *out)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    size_t padding = 0;
    uint32_t bits = 0;
    if (s.n % 4)
        return false;
    while (padding < 2 && padding < s.n && s.p[s.n - 1 - padding] == '=')
        padding++;
    for (size_t i = 0; i < s.n - padding; i++) {
        const int digit = base64_digit(s.p[i]);
        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        if (i % 4)
            p[n++] = (char)(bits >> (6 - i % 4 * 2) & 0xFF);
    }
    *out = (struct str){p, n};
    return true;
}

bool nexmo_basic(struct arena *a, struct str header, struct str *key, struct str *secret)
{
    struct str both;
    const size_t blank = str_find_char(header, ' ');
    if (!str_eq_nocase((struct str){header.p, blank}, STR("Basic")) ||
        !base64(a, str_trim(str_from(header, blank)), &both) || !utf8_valid(both))
        return false;
    const size_t colon = str_find_char(both, ':');
    if (colon == 0 || colon == both.n)
        return false;
    *key = (struct str){both.p, colon};
    *secret = str_from(both, colon + 1);
    return true;
}

static struct str input(const struct rq *rq, struct str name)
{
    return inputs_get(&rq->in, name).text;
}

static struct str either(const struct rq *rq, struct str name, struct str alias)
{
    const struct str v = input(rq, name);
    return v.n ? v : input(rq, alias);
}

/* The header wins over the body, and that over the query (rq->in knows). */
static struct credentials read_credentials(const struct rq *rq)
{
    const struct str header = rq_header(rq, STR("Authorization"));
    struct credentials c = {.sig = input(rq, STR("sig")), .key_name = STR("api_key")};
    if (header.p && nexmo_basic(rq->arena, header, &c.key, &c.secret))
        return c;
    c.key = either(rq, STR("api_key"), STR("username"));
    c.secret = either(rq, STR("api_secret"), STR("password"));
    if (inputs_has(&rq->in, STR("password")) && !inputs_has(&rq->in, STR("api_secret")))
        c.key_name = STR("username");
    return c;
}

enum verdict nexmo_gate_header(struct rq *rq)
{
    if (str_eq(rq_header(rq, STR("X-Mockd-Error")), STR("nexmo.sms.0"))) {
        rq->why = STR("X-Mockd-Error asked for nexmo.sms.0, which is success: the request took "
                      "its natural course.");
        return PASS;
    }
    return gate_forced_by_header(rq);
}

enum verdict nexmo_gate_error_key(struct rq *rq)
{
    uint64_t code;
    rq->api_key = read_credentials(rq).key;
    if (!str_starts(rq->api_key, STR("error-")) ||
        !str_to_uint(str_from(rq->api_key, 6), 999, &code) || code == 0)
        return PASS;
    return nexmo_force(
        rq, (int)code,
        arena_printf(rq->arena, "The api_key \"%.*s\" asks for this code.", STR_ARG(rq->api_key)));
}

/* How long it takes tells nothing about where the two differ. */
static bool same_secret(struct str ours, struct str given)
{
    unsigned char differ = 0;
    if (!ours.n || ours.n != given.n)
        return false;
    for (size_t i = 0; i < ours.n; i++)
        differ |= (unsigned char)(ours.p[i] ^ given.p[i]);
    return differ == 0;
}

static bool secret_fits(const struct account *acc, struct str given)
{
    const bool first = same_secret(acc->secret, given);
    const bool second = same_secret(acc->secret2, given);
    return first || second;
}

/* The account that an unknown key makes, when the session wants that: like mockd001, but with the
 * secret that came with the key. */
static struct account *new_tenant(struct rq *rq, const struct credentials *c)
{
    struct session *s = rq->session;
    struct account *made = NULL;
    const struct account *base = accounts_find(s->accounts, REALM_NEXMO, STR("mockd001"));
    if (!s->settings.accept_any_key || !base || !c->secret.n || c->sig.n || c->key.n > KEY_MAX)
        return NULL;
    struct account like = *base;
    like.secret = c->secret;
    if (accounts_clone(s->accounts, &like, c->key, &made) != ERR_OK)
        return NULL;
    if (made->max_binds)
        atomic_fetch_add(&s->bind_limits, 1);
    return made;
}

static int by_name_then_place(const void *x, const void *y)
{
    const struct input *const *a = x;
    const struct input *const *b = y;
    const struct str p = (*a)->name;
    const struct str q = (*b)->name;
    const size_t least = p.n < q.n ? p.n : q.n;
    const int order = least ? memcmp(p.p, q.p, least) : 0;
    if (order)
        return order;
    if (p.n != q.n)
        return p.n < q.n ? -1 : 1;
    return *a < *b ? -1 : *a > *b;
}

/* Everything received is signed, known or not; of a repeated name, the value that counts. */
static struct sig_param *signed_params(const struct rq *rq, size_t *count)
{
    const struct inputs *in = &rq->in;
    const struct input **rows = arena_array(rq->arena, const struct input *, in->n + 1);
    struct sig_param *params = arena_array(rq->arena, struct sig_param, in->n + 1);
    *count = 0;
    for (size_t i = 0; i < in->n; i++)
        rows[i] = &in->rows[i];
    qsort(rows, in->n, sizeof(struct input *), by_name_then_place);
    for (size_t i = 0; i < in->n; i++) {
        const bool last = i + 1 == in->n || !str_eq(rows[i]->name, rows[i + 1]->name);
        if (last && rows[i]->value.text.p)
            params[(*count)++] = (struct sig_param){rows[i]->name, rows[i]->value.text};
    }
    return params;
}

static bool timestamp_fits(const struct rq *rq)
{
    uint64_t at;
    if (!str_to_uint(input(rq, STR("timestamp")), INT64_MAX, &at))
        return false;
    const int64_t off = (int64_t)at - rq->now_ms / 1000;
    return (off < 0 ? -off : off) <= rq->session->settings.signature_tolerance_s;
}

static bool signature_fits(const struct rq *rq, const struct account *acc, struct str sig)
{
    size_t n;
    const struct sig_param *params = signed_params(rq, &n);
    return acc->signature_secret.n &&
           signature_matches(rq->arena, (enum signature_method)acc->signature_method,
                             acc->signature_secret, params, n, sig);
}

static struct str wrong_signature(const struct rq *rq,
                                  const struct account *acc,
                                  const struct credentials *c)
{
    if (!c->sig.n)
        return acc->flags & ACCOUNT_SIGNED_ONLY
                   ? STR("This account takes signed requests only, and there is no sig.")
                   : (struct str){0};
    if (!timestamp_fits(rq))
        return arena_printf(rq->arena,
                            "The timestamp of a signed request must be within %lld s of %lld, the "
                            "session's time.",
                            (long long)rq->session->settings.signature_tolerance_s,
                            (long long)(rq->now_ms / 1000));
    if (signature_fits(rq, acc, c->sig))
        return (struct str){0};
    return arena_printf(
        rq->arena,
        "The sig is not that of the parameters received with the account's "
        "signature secret, method %.*s.",
        STR_ARG(signature_method_name((enum signature_method)acc->signature_method)));
}

/* The key is unknown or missing, or it shows nothing for itself. */
static enum verdict refuse_stranger(struct rq *rq, const struct credentials *c)
{
    if (!c->key.n)
        return nexmo_stop(rq, BECAUSE_MISSING,
                          arena_printf(rq->arena, "Missing %.*s", STR_ARG(c->key_name)),
                          STR("There is no api_key in the query, the body or a Basic header."));
    if (!c->secret.n && !c->sig.n)
        return nexmo_stop(rq, BECAUSE_MISSING, STR("Missing api_secret"),
                          STR("There is an api_key, but neither an api_secret nor a sig."));
    return nexmo_stop(
        rq, c->sig.n ? BECAUSE_SIGNATURE : BECAUSE_CREDENTIALS, (struct str){0},
        arena_printf(rq->arena, "There is no account with the api_key \"%.*s\".", STR_ARG(c->key)));
}

static enum verdict check_account(struct rq *rq, const struct credentials *c)
{
    const struct account *acc = rq->account;
    if (c->sig.n && c->secret.n)
        return nexmo_stop(rq, BECAUSE_SIGNED_WITH_SECRET, (struct str){0},
                          STR("The request has a sig and also the secret."));
    const struct str wrong = wrong_signature(rq, acc, c);
    if (wrong.p)
        return nexmo_stop(rq, BECAUSE_SIGNATURE, (struct str){0}, wrong);
    if (acc->state == ACCOUNT_DISABLED)
        return nexmo_stop(rq, BECAUSE_CREDENTIALS, (struct str){0},
                          STR("The account is disabled."));
    if (!c->sig.n && !secret_fits(acc, c->secret))
        return nexmo_stop(rq, BECAUSE_CREDENTIALS, (struct str){0},
                          STR("The secret is not the account's."));
    return PASS;
}

enum verdict nexmo_gate_credentials(struct rq *rq)
{
    const struct credentials c = read_credentials(rq);
    const bool shown = c.secret.n || c.sig.n;
    if (c.key.n) /* also when it shows nothing: its profile chooses the code */
        rq->account = accounts_find(rq->session->accounts, REALM_NEXMO, c.key);
    if (c.key.n && !rq->account)
        rq->account = new_tenant(rq, &c);
    return rq->account && shown ? check_account(rq, &c) : refuse_stranger(rq, &c);
}

enum verdict nexmo_gate_magic_number(struct rq *rq)
{
    const int last3 = nexmo_fiction(nexmo_work(rq)->to);
    if (last3 <= 0 || last3 > 99)
        return PASS;
    return nexmo_force(rq, last3,
                       arena_printf(rq->arena, "The recipient %.*s asks for status %d.",
                                    STR_ARG(nexmo_work(rq)->to), last3));
}
