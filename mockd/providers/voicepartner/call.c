#include "mockd/providers/voicepartner/call.h"

#include "mockd/base/utf8.h"
#include "mockd/domain/civil.h"
#include "mockd/domain/money.h"

enum { TENTHS_A_COMMA = 5, CHARACTERS_A_SECOND = 15 };

bool call_has_price(const struct callee *to)
{
    if (!to->route || !to->route->voice)
        return false;
    /* +338: numbers that cost who calls them. */
    return to->kind != MSISDN_FR_OTHER || !str_starts(to->e164, STR("+338"));
}

int64_t call_speech_tenths(struct str text, int64_t rate_e8)
{
    uint32_t cp;
    int64_t commas = 0;
    int64_t characters = 0;
    while (utf8_next(&text, &cp)) {
        commas += cp == ',';
        characters += cp != ',';
    }
    const int64_t said_e8 = characters * 10 * MONEY_EUR / CHARACTERS_A_SECOND;
    return (said_e8 + rate_e8 - 1) / rate_e8 + commas * TENTHS_A_COMMA;
}

/* Takes a number of up to `digits` digits and the character behind it off *rest. */
static bool take(struct str *rest, size_t digits, const char *behind, int *out)
{
    uint64_t v;
    size_t n = 0;
    while (n < rest->n && n < digits && rest->p[n] >= '0' && rest->p[n] <= '9')
        n++;
    if (!str_to_uint((struct str){rest->p, n}, 9999, &v))
        return false;
    *out = (int)v;
    *rest = str_from(*rest, n);
    if (!*behind)
        return rest->n == 0;
    if (rest->n == 0 || !strchr(behind, rest->p[0]))
        return false;
    *rest = str_from(*rest, 1);
    return true;
}

bool call_date_parse(struct str s, int64_t *ms)
{
    struct civil c = {0};
    if (!take(&s, 4, "-", &c.year) || !take(&s, 2, "-", &c.month) || !take(&s, 2, " T", &c.day) ||
        !take(&s, 2, ":", &c.hour))
        return false;
    const bool seconds = str_find_char(s, ':') < s.n;
    if (!take(&s, 2, seconds ? ":" : "", &c.minute) || (seconds && !take(&s, 2, "", &c.second)))
        return false;
    if (!civil_valid(c.year, c.month, c.day) || c.hour > 23 || c.minute > 59 || c.second > 59)
        return false;
    *ms = civil_paris_ms(&c);
    return true;
}
