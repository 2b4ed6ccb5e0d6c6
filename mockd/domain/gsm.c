#include "mockd/domain/gsm.h"

#include <limits.h>

#include "mockd/base/check.h"
#include "mockd/base/utf8.h"

/* In ASCII only the control characters (but for LF, FF, CR) and the back tick are missing. */
static int ascii_septets(uint32_t cp)
{
    switch (cp) {
    case '\f':
    case '[':
    case '\\':
    case ']':
    case '^':
    case '{':
    case '|':
    case '}':
    case '~':
        return 2;
    case '\n':
    case '\r':
        return 1;
    case '`':
        return 0;
    default:
        return cp >= ' ' && cp < 0x7F;
    }
}

int gsm_septets(uint32_t cp)
{
    /* ¡ £ ¤ ¥ § ¿ Ä Å Æ Ç É Ñ Ö Ø Ü ß à ä å æ è é ì ñ ò ö ø ù ü Γ Δ Θ Λ Ξ Π Σ Φ Ψ Ω */
    static const uint16_t k_basic[] = {
        0xA1, 0xA3, 0xA4, 0xA5,  0xA7,  0xBF,  0xC4,  0xC5,  0xC6,  0xC7,  0xC9,  0xD1,  0xD6,
        0xD8, 0xDC, 0xDF, 0xE0,  0xE4,  0xE5,  0xE6,  0xE8,  0xE9,  0xEC,  0xF1,  0xF2,  0xF6,
        0xF8, 0xF9, 0xFC, 0x393, 0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A6, 0x3A8, 0x3A9,
    };
    if (cp < 0x80)
        return ascii_septets(cp);
    if (cp == 0x20AC) /* the euro sign */
        return 2;
    size_t low = 0;
    size_t high = sizeof(k_basic) / sizeof(k_basic[0]);
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (k_basic[mid] == cp)
            return 1;
        if (k_basic[mid] < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

bool gsm_fits(struct str utf8)
{
    uint32_t cp;
    while (utf8_next(&utf8, &cp)) {
        if (gsm_septets(cp) == 0)
            return false;
    }
    return true;
}

/* Takes one character off *rest and tells its length in units; 0 at the end. */
static int next_units(struct str *rest, enum sms_encoding encoding)
{
    uint32_t cp;
    if (encoding == SMS_BINARY) {
        const int one = rest->n > 0;
        *rest = str_from(*rest, 1);
        return one;
    }
    if (!utf8_next(rest, &cp))
        return 0;
    if (encoding == SMS_UCS2)
        return cp > 0xFFFF ? 2 : 1;
    const int septets = gsm_septets(cp);
    return septets ? septets : 1;
}

/* Fills parts of per_part units until the text or part `last` is used up; what is left is in *rest.
 */
static struct segments fill(struct str *rest, enum sms_encoding encoding, int per_part, int last)
{
    struct segments s = {.units = 0, .parts = 1};
    int in_part = 0;
    struct str next = *rest;
    for (int n; (n = next_units(&next, encoding)) > 0; *rest = next) {
        if (in_part + n > per_part) {
            if (s.parts == last)
                break;
            s.parts++;
            in_part = 0;
        }
        in_part += n;
        s.units += n;
    }
    return s;
}

struct segments sms_segments(struct str text, enum sms_encoding encoding, struct sms_limits limits)
{
    CHECK(limits.per_part >= 2);
    struct segments s = fill(&text, encoding, limits.per_part, INT_MAX);
    if (s.units <= limits.single)
        s.parts = 1;
    return s;
}

size_t sms_part_end(struct str text, enum sms_encoding encoding, struct sms_limits limits, int part)
{
    const struct segments all = sms_segments(text, encoding, limits);
    if (part < 0 || part >= all.parts - 1)
        return part < 0 ? 0 : text.n;
    struct str rest = text;
    fill(&rest, encoding, limits.per_part, part + 1);
    return text.n - rest.n;
}
