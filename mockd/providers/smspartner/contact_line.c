#include "mockd/providers/smspartner/contact_line.h"

#include "mockd/base/utf8.h"
#include "mockd/domain/civil.h"
#include "mockd/domain/msisdn.h"

enum { NAME_MAX = 32, CUSTOM_MAX = 255, URL_MAX = 2048, DATE_MAX = 10 };

/* Under which name a request has it, and how many characters are kept. */
static const struct {
    struct str name;
    size_t max;
} k_texts[CONTACT__TEXTS] = {
    [CONTACT_NUMBER] = {STR_INIT("phoneNumber"), CUSTOM_MAX},
    [CONTACT_FIRSTNAME] = {STR_INIT("firstname"), NAME_MAX},
    [CONTACT_LASTNAME] = {STR_INIT("lastname"), NAME_MAX},
    [CONTACT_DATE] = {STR_INIT("date"), DATE_MAX + 1},
    [CONTACT_SHORT_URL] = {STR_INIT("shortUrlPartnr"), URL_MAX},
    [CONTACT_URL] = {STR_INIT("url"), URL_MAX},
    [CONTACT_CUSTOM1] = {STR_INIT("custom1"), CUSTOM_MAX},
    [CONTACT_CUSTOM2] = {STR_INIT("custom2"), CUSTOM_MAX},
    [CONTACT_CUSTOM3] = {STR_INIT("custom3"), CUSTOM_MAX},
    [CONTACT_CUSTOM4] = {STR_INIT("custom4"), CUSTOM_MAX},
};

static bool number_at(struct str s, size_t at, size_t n, int *out)
{
    uint64_t v;
    if (!str_to_uint((struct str){s.p + at, n}, 9999, &v))
        return false;
    *out = (int)v;
    return true;
}

/* YYYY-MM-DD, or DD-MM-YYYY as in the service's own sample, of a day that exists. */
static bool date_good(struct str s)
{
    int y;
    int m;
    int d;
    if (s.n != DATE_MAX)
        return false;
    const bool year_first = s.p[4] == '-';
    if (!number_at(s, year_first ? 0 : 6, 4, &y) || !number_at(s, year_first ? 5 : 3, 2, &m) ||
        !number_at(s, year_first ? 8 : 0, 2, &d))
        return false;
    return s.p[year_first ? 7 : 2] == '-' && (year_first || s.p[5] == '-') && civil_valid(y, m, d);
}

static bool url_good(struct str s)
{
    static const struct str k_schemes[] = {STR_INIT("http://"), STR_INIT("https://")};
    for (size_t i = 0; i < sizeof(k_schemes) / sizeof(k_schemes[0]); i++) {
        if (str_starts(s, k_schemes[i]) && s.n > k_schemes[i].n)
            return true;
    }
    return false;
}

static enum contact_fault judge(struct arena *a, struct contact_line *line, bool number)
{
    bool any = false;
    for (size_t i = 0; i < CONTACT__TEXTS; i++)
        any = any || line->text[i].n;
    if (!any)
        return CONTACT_EMPTY;
    if ((number || line->given[CONTACT_NUMBER]) &&
        msisdn_parse(a, line->raw_number, &line->text[CONTACT_NUMBER]) == MSISDN_BAD)
        return CONTACT_BAD_NUMBER;
    if (line->text[CONTACT_URL].n && !url_good(line->text[CONTACT_URL]))
        return CONTACT_BAD_URL;
    if (line->text[CONTACT_DATE].n && !date_good(line->text[CONTACT_DATE]))
        return CONTACT_BAD_DATE;
    return CONTACT_GOOD;
}

struct contact_line contact_line_read(struct arena *a, const struct cJSON *object, bool number)
{
    struct contact_line line = {0};
    for (size_t i = 0; i < CONTACT__TEXTS; i++) {
        const struct cJSON *v = json_get(object, k_texts[i].name);
        const struct str text = str_trim(json_scalar(a, v));
        line.given[i] = json_kind(v) > JSON_NULL;
        line.text[i] = text.p ? utf8_cut(text, k_texts[i].max) : STR("");
    }
    line.raw_number = line.text[CONTACT_NUMBER];
    line.fault = judge(a, &line, number);
    return line;
}

struct str contact_line_why(struct arena *a, const struct contact_line *line)
{
    const struct str parts[CONTACT__FAULTS][3] = {
        [CONTACT_STOPPED] = {STR(""), line->raw_number, STR(" is on the account's STOP list.")},
        [CONTACT_BAD_NUMBER] = {STR("\""), line->raw_number,
                                STR("\" cannot be read as a phone number.")},
        [CONTACT_BAD_URL] = {STR("The url \""), line->text[CONTACT_URL],
                             STR("\" begins with neither http:// nor https://.")},
        [CONTACT_BAD_DATE] = {STR("\""), line->text[CONTACT_DATE],
                              STR("\" is no date of the form YYYY-MM-DD.")},
        [CONTACT_EMPTY] = {STR("Nothing that a contact can have is in it."), STR(""), STR("")},
    };
    return arena_join(a, parts[line->fault], 3);
}

void contact_line_write(struct out *o, const struct contact_line *line)
{
    for (size_t i = 0; i < CONTACT__TEXTS; i++) {
        if (line->given[i])
            out_str(o, k_texts[i].name, line->text[i]);
    }
}
