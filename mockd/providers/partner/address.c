#include "mockd/providers/partner/address.h"

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

bool partner_email_good(struct str email)
{
    const size_t at = str_find_char(email, '@');
    return email.n <= ADDRESS_MAX && at < email.n && local_good((struct str){email.p, at}) &&
           domain_good(str_from(email, at + 1));
}

bool partner_url_good(struct str url)
{
    const size_t scheme = str_find(url, STR("://"));
    const struct str name = {url.p, scheme};
    const struct str rest = str_from(url, scheme + 3);
    if (!str_eq_nocase(name, STR("http")) && !str_eq_nocase(name, STR("https")))
        return false;
    for (size_t i = 0; i < url.n; i++) {
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7F)
            return false;
    }
    return rest.n > 0 && !strchr("/:?#", rest.p[0]);
}
