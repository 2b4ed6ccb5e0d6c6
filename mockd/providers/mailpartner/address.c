#include "mockd/providers/mailpartner/address.h"

#include "mockd/providers/partner/numbers.h"

enum { ADDRESS_MAX = 254, LOCAL_MAX = 64, TLD_MIN = 2 };

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* No dot at either end, and no two of them together. */
static bool dots_good(struct str s)
{
    return s.n > 0 && s.p[0] != '.' && s.p[s.n - 1] != '.' && str_find(s, STR("..")) == s.n;
}

static bool local_good(struct str s)
{
    static const char k_marks[] = ".!#$%&'*+/=?^_`{|}~-";
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (!is_letter(c) && !is_digit(c) && !memchr(k_marks, c, sizeof(k_marks) - 1))
            return false;
    }
    return s.n <= LOCAL_MAX && dots_good(s);
}

static bool label_good(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (!is_letter(c) && !is_digit(c) && c != '-')
            return false;
    }
    return s.n > 0 && s.p[0] != '-' && s.p[s.n - 1] != '-';
}

static bool domain_good(struct str s)
{
    struct str label = {0};
    size_t labels = 0;
    if (!dots_good(s))
        return false;
    for (; str_split(&s, '.', &label); labels++) {
        if (!label_good(label))
            return false;
    }
    return labels > 1 && label.n >= TLD_MIN && is_letter((unsigned char)label.p[0]);
}

bool address_good(struct str email)
{
    const size_t at = str_find_char(email, '@');
    return email.n <= ADDRESS_MAX && at < email.n && local_good((struct str){email.p, at}) &&
           domain_good(str_from(email, at + 1));
}

struct person person_read(struct arena *a, const struct cJSON *object)
{
    const struct cJSON *name = json_get(object, STR("name"));
    return (struct person){
        .email = str_trim(json_scalar(a, json_get(object, STR("email")))),
        .nameless = json_kind(name) > JSON_NULL && str_trim(json_scalar(a, name)).n == 0,
    };
}

struct value mail_field(const struct rq *rq, struct str name)
{
    const struct cJSON *params = partner_nested(rq->arena, inputs_get(&rq->in, STR("params")));
    const struct cJSON *inside = json_get(params, name);
    if (json_kind(inside) > JSON_NULL)
        return (struct value){json_scalar(rq->arena, inside), inside};
    return inputs_get(&rq->in, name);
}

const struct cJSON *mail_recipients(const struct rq *rq)
{
    const struct cJSON *list = partner_nested(rq->arena, mail_field(rq, STR("to")));
    return json_kind(list) == JSON_ARRAY ? list : NULL;
}
