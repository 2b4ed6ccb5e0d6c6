#include "mockd/domain/msisdn.h"

#include "mockd/base/utf8.h"

/* E.164 allows 15 digits; two more for a leading 00, and one for a trunk zero. */
enum { MIN_DIGITS = 6, MAX_DIGITS = 15, FR_NATIONAL_DIGITS = 9, ROOM = MAX_DIGITS + 3 };

static bool is_filler(uint32_t cp)
{
    switch (cp) {
    case ' ':
    case '\t':
    case '.':
    case '-':
    case '(':
    case ')':
    case 0xA0:   /* no-break space */
    case 0x2011: /* no-break hyphen */
    case 0x202F: /* narrow no-break space: how French text groups digits */
        return true;
    default:
        return false;
    }
}

/* The digits of raw in out, which has ROOM bytes, and whether a '+' leads them. */
static bool squeeze(struct str raw, char *out, struct str *digits, bool *plus)
{
    size_t n = 0;
    uint32_t cp;
    *plus = false;
    while (utf8_next(&raw, &cp)) {
        if (is_filler(cp))
            continue;
        if (cp == '+' && n == 0 && !*plus) {
            *plus = true;
            continue;
        }
        if (cp < '0' || cp > '9' || n == ROOM)
            return false;
        out[n++] = (char)cp;
    }
    *digits = (struct str){out, n};
    return true;
}

/* The nine digits behind +33, when the number is French in one of the forms that are allowed. */
static bool french(struct str digits, bool plus, struct str *national)
{
    static const struct {
        struct str prefix;
        bool plus;
    } k_forms[] = {
        {STR_INIT("330"), true}, /* +33 (0)6 … */
        {STR_INIT("33"), true},  {STR_INIT("0033"), false},
        {STR_INIT("33"), false}, {STR_INIT("0"), false},
    };
    for (size_t i = 0; i < sizeof(k_forms) / sizeof(k_forms[0]); i++) {
        if (k_forms[i].plus != plus || !str_starts(digits, k_forms[i].prefix))
            continue;
        const struct str rest = str_from(digits, k_forms[i].prefix.n);
        if (rest.n == FR_NATIONAL_DIGITS && rest.p[0] != '0') {
            *national = rest;
            return true;
        }
    }
    return false;
}

enum msisdn_kind msisdn_parse(struct arena *a, struct str raw, struct str *e164)
{
    char room[ROOM];
    struct str digits;
    struct str national;
    bool plus;
    if (!squeeze(raw, room, &digits, &plus))
        return MSISDN_BAD;
    if (french(digits, plus, &national)) {
        *e164 = arena_printf(a, "+33%.*s", STR_ARG(national));
        return national.p[0] == '6' || national.p[0] == '7' ? MSISDN_FR_MOBILE : MSISDN_FR_OTHER;
    }
    if (!plus || digits.n < MIN_DIGITS || digits.n > MAX_DIGITS || digits.p[0] == '0' ||
        str_starts(digits, STR("33")))
        return MSISDN_BAD;
    *e164 = arena_printf(a, "+%.*s", STR_ARG(digits));
    return MSISDN_FOREIGN;
}

bool msisdn_fr_fiction(struct str e164, int *last4)
{
    static const struct str k_block = STR_INIT("+3363998");
    uint64_t v;
    if (e164.n != k_block.n + 4 || !str_starts(e164, k_block) ||
        !str_to_uint(str_from(e164, k_block.n), 9999, &v))
        return false;
    *last4 = (int)v;
    return true;
}

bool msisdn_is_digits(struct str s, size_t min, size_t max)
{
    if (s.n < min || s.n > max)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return true;
}
