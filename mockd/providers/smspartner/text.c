#include "mockd/providers/smspartner/text.h"

#include "mockd/base/utf8.h"

/* A character and what the provider makes of it; ordered by code point. */
static const struct replacement {
    uint32_t cp;
    struct str to;
} k_replacements[] = {
    {'[', STR_INIT("(")},    {'\\', STR_INIT("")}, {']', STR_INIT(")")}, {'^', STR_INIT("")},
    {'`', STR_INIT("'")},    {'{', STR_INIT("(")}, {'|', STR_INIT("")},  {'}', STR_INIT(")")},
    {'~', STR_INIT("")},     {0xA7, STR_INIT("")}, /* § */
    {0xA8, STR_INIT("")},                          /* ¨ */
    {0xAB, STR_INIT("\"")},                        /* « */
    {0xB0, STR_INIT(".")},                         /* ° */
    {0xB5, STR_INIT("u")},                         /* µ */
    {0xBB, STR_INIT("\"")},                        /* » */
    {0xC0, STR_INIT("A")},                         /* À */
    {0xC1, STR_INIT("A")},                         /* Á */
    {0xC2, STR_INIT("A")},                         /* Â */
    {0xC3, STR_INIT("A")},                         /* Ã */
    {0xC4, STR_INIT("A")},                         /* Ä */
    {0xC8, STR_INIT("E")},                         /* È */
    {0xCA, STR_INIT("E")},                         /* Ê */
    {0xCB, STR_INIT("E")},                         /* Ë */
    {0xCE, STR_INIT("I")},                         /* Î */
    {0xD1, STR_INIT("N")},                         /* Ñ */
    {0xD4, STR_INIT("O")},                         /* Ô */
    {0xD6, STR_INIT("O")},                         /* Ö */
    {0xD9, STR_INIT("U")},                         /* Ù */
    {0xDA, STR_INIT("U")},                         /* Ú */
    {0xDB, STR_INIT("U")},                         /* Û */
    {0xDC, STR_INIT("U")},                         /* Ü */
    {0xDD, STR_INIT("Y")},                         /* Ý */
    {0xE1, STR_INIT("a")},                         /* á */
    {0xE2, STR_INIT("a")},                         /* â */
    {0xE3, STR_INIT("a")},                         /* ã */
    {0xE4, STR_INIT("a")},                         /* ä */
    {0xE7, STR_INIT("Ç")},                         /* ç: the alphabet has the capital only */
    {0xEA, STR_INIT("e")},                         /* ê */
    {0xEB, STR_INIT("e")},                         /* ë */
    {0xEE, STR_INIT("i")},                         /* î */
    {0xEF, STR_INIT("i")},                         /* ï */
    {0xF1, STR_INIT("n")},                         /* ñ */
    {0xF3, STR_INIT("o")},                         /* ó */
    {0xF4, STR_INIT("o")},                         /* ô */
    {0xF6, STR_INIT("o")},                         /* ö */
    {0xFB, STR_INIT("u")},                         /* û */
    {0xFC, STR_INIT("u")},                         /* ü */
    {0xFF, STR_INIT("y")},                         /* ÿ */
    {0x105, STR_INIT("à")},                        /* ą */
    {0x153, STR_INIT("oe")},                       /* œ */
    {0x2018, STR_INIT("'")},                       /* left single quote */
    {0x2019, STR_INIT("'")},                       /* right single quote */
    {0x201C, STR_INIT("'")},                       /* left double quote */
};

/* NULL when the table does not name it. */
static const struct replacement *replacement_of(uint32_t cp)
{
    size_t low = 0;
    size_t high = sizeof(k_replacements) / sizeof(k_replacements[0]);
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (k_replacements[mid].cp == cp)
            return &k_replacements[mid];
        if (k_replacements[mid].cp < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* Text under construction; it never gets longer than what it is made from. */
struct pen {
    char *p;
    size_t n;
};

static void put(struct pen *to, struct str s)
{
    memcpy(to->p + to->n, s.p, s.n);
    to->n += s.n;
}

/* Takes :br: or :euro: off *rest. A line break is CR and LF here: it counts as two characters. */
static bool take_mark(struct pen *to, struct str *rest)
{
    static const struct {
        struct str mark, text;
    } k_marks[] = {
        {STR_INIT(":br:"), STR_INIT("\r\n")},
        {STR_INIT(":euro:"), STR_INIT("€")},
    };
    for (size_t i = 0; i < sizeof(k_marks) / sizeof(k_marks[0]); i++) {
        if (!str_starts(*rest, k_marks[i].mark))
            continue;
        put(to, k_marks[i].text);
        *rest = str_from(*rest, k_marks[i].mark.n);
        return true;
    }
    return false;
}

static void take_character(struct pen *to, struct str *rest, bool unicode)
{
    uint32_t cp;
    const char *start = rest->p;
    if (!utf8_next(rest, &cp))
        return;
    const struct str same = {start, (size_t)(rest->p - start)};
    if (unicode || (cp < 0x80 && gsm_septets(cp) == 1)) {
        put(to, same);
        return;
    }
    const struct replacement *r = replacement_of(cp);
    if (r)
        put(to, r->to);
    else if (gsm_septets(cp))
        put(to, same);
}

/* CR LF as the line break that the recipient sees. */
static struct str with_line_feeds(struct arena *a, struct str s)
{
    if (str_find(s, STR("\r\n")) == s.n)
        return s;
    struct pen to = {arena_alloc(a, s.n + 1), 0};
    for (size_t i = 0; i < s.n; i++) {
        if (!str_starts(str_from(s, i), STR("\r\n")))
            to.p[to.n++] = s.p[i];
    }
    return (struct str){to.p, to.n};
}

struct sms_text smspartner_text(struct arena *a,
                                struct str message,
                                struct str notice,
                                bool unicode)
{
    struct str sources[] = {message, notice};
    struct pen to = {arena_alloc(a, message.n + notice.n + 1), 0};
    for (size_t i = 0; i < 2; i++) {
        while (sources[i].n) {
            if (sources[i].p[0] != ':' || !take_mark(&to, &sources[i]))
                take_character(&to, &sources[i], unicode);
        }
    }
    const struct str counted = {to.p, to.n};
    const enum sms_encoding encoding = unicode ? SMS_UCS2 : SMS_GSM7;
    const struct segments s = sms_segments(
        counted, encoding, unicode ? SMS_LIMITS_SMSPARTNER_UCS2 : SMS_LIMITS_SMSPARTNER_TEXT);
    return (struct sms_text){with_line_feeds(a, counted), encoding, s.units, s.parts};
}
