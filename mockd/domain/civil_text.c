#include <limits.h>

#include "mockd/domain/civil.h"

/* The forms of civil.h that are text. */

#define MAX_DURATION_MS (INT64_C(86400000) * 366 * 10000)

/* Takes exactly n digits off *s. */
static bool take_digits(struct str *s, size_t n, int *out)
{
    uint64_t v;
    if (s->n < n || !str_to_uint((struct str){s->p, n}, INT_MAX, &v))
        return false;
    *s = str_from(*s, n);
    *out = (int)v;
    return true;
}

static bool take_char(struct str *s, const char *any_of)
{
    if (s->n == 0 || s->p[0] == '\0' || !strchr(any_of, s->p[0]))
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* Takes ".123456" off *s when it is there, cut to milliseconds. False for a mark without digits. */
static bool take_fraction(struct str *s, int *ms)
{
    *ms = 0;
    if (!take_char(s, ".,"))
        return true;
    int weight = 100;
    size_t n = 0;
    for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++) {
        *ms += weight * (s->p[n] - '0');
        weight /= 10;
    }
    *s = str_from(*s, n);
    return n > 0;
}

static bool take_date(struct str *s, struct civil *c)
{
    return take_digits(s, 4, &c->year) && take_char(s, "-") && take_digits(s, 2, &c->month) &&
           take_char(s, "-") && take_digits(s, 2, &c->day) &&
           civil_valid(c->year, c->month, c->day);
}

static bool take_time(struct str *s, struct civil *c, int *ms)
{
    *ms = 0;
    if (!take_digits(s, 2, &c->hour) || !take_char(s, ":") || !take_digits(s, 2, &c->minute))
        return false;
    if (take_char(s, ":") && (!take_digits(s, 2, &c->second) || !take_fraction(s, ms)))
        return false;
    return c->hour < 24 && c->minute < 60 && c->second < 60;
}

static bool take_offset(struct str *s, int *minutes)
{
    if (take_char(s, "Zz")) {
        *minutes = 0;
        return true;
    }
    int h;
    int m;
    const bool west = s->n && s->p[0] == '-';
    if (!take_char(s, "+-") || !take_digits(s, 2, &h))
        return false;
    take_char(s, ":"); /* PHP's DATE_ISO8601 leaves it out */
    if (!take_digits(s, 2, &m) || h > 23 || m > 59)
        return false;
    *minutes = west ? -(h * 60 + m) : h * 60 + m;
    return true;
}

bool iso8601_parse(struct str s, int64_t *ms)
{
    struct civil c = {0};
    int fraction_ms;
    int offset_minutes;
    if (!take_date(&s, &c) || !take_char(&s, "Tt") || !take_time(&s, &c, &fraction_ms) ||
        !take_offset(&s, &offset_minutes) || s.n)
        return false;
    *ms = civil_utc_ms(&c) + fraction_ms - (int64_t)offset_minutes * 60000;
    return true;
}

struct str iso8601_utc(struct arena *a, int64_t ms)
{
    const struct civil c = civil_utc(ms);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour,
                        c.minute, c.second, (int)((ms % 1000 + 1000) % 1000));
}

/* One "12H" or "4.5S" of a duration, as milliseconds. *done is the place of the last unit seen. */
static bool take_component(struct str *s, bool in_time, size_t *done, int64_t *ms)
{
    static const struct {
        char letter;
        bool in_time;
        int64_t unit_ms;
    } k_units[] = {
        {'W', false, 604800000}, {'D', false, 86400000}, {'H', true, 3600000},
        {'M', true, 60000},      {'S', true, 1000},
    };
    size_t n = 0;
    int fraction_ms;
    uint64_t v;
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    const struct str number = {s->p, n};
    *s = str_from(*s, n);
    const bool whole = s->n && s->p[0] != '.' && s->p[0] != ',';
    if (!take_fraction(s, &fraction_ms) || s->n == 0)
        return false;
    for (size_t i = *done; i < sizeof(k_units) / sizeof(k_units[0]); i++) {
        if (k_units[i].letter != s->p[0] || k_units[i].in_time != in_time)
            continue;
        const uint64_t max = (uint64_t)(MAX_DURATION_MS / k_units[i].unit_ms);
        if ((!whole && k_units[i].letter != 'S') || !str_to_uint(number, max, &v))
            return false;
        *s = str_from(*s, 1);
        *done = i + 1;
        *ms = (int64_t)v * k_units[i].unit_ms + fraction_ms;
        return true;
    }
    return false;
}

bool iso8601_duration_parse(struct str s, int64_t *ms)
{
    int64_t total = 0;
    size_t done = 0;
    bool in_time = false;
    if (!take_char(&s, "P") || s.n == 0)
        return false;
    while (s.n) {
        int64_t part;
        if (!in_time && take_char(&s, "T"))
            in_time = true;
        if (!take_component(&s, in_time, &done, &part))
            return false;
        total += part;
        if (total > MAX_DURATION_MS)
            return false;
    }
    *ms = total;
    return true;
}

static struct str sql_text(struct arena *a, const struct civil *c)
{
    return arena_printf(a, "%04d-%02d-%02d %02d:%02d:%02d", c->year, c->month, c->day, c->hour,
                        c->minute, c->second);
}

struct str civil_paris_sql(struct arena *a, int64_t ms)
{
    const struct civil c = civil_paris(ms);
    return sql_text(a, &c);
}

struct str civil_utc_sql(struct arena *a, int64_t ms)
{
    const struct civil c = civil_utc(ms);
    return sql_text(a, &c);
}

static void two_digits(char *at, int v)
{
    at[0] = (char)('0' + v / 10 % 10);
    at[1] = (char)('0' + v % 10);
}

size_t http_date(char out[static 32], int64_t ms)
{
    static const char k_days[] = "SunMonTueWedThuFriSat";
    static const char k_months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    static const char k_form[] = "Sun, 00 Jan 0000 00:00:00 GMT";

    /* By hand: it stands in every answer, and four digits of year always fit. */
    const struct civil c = civil_utc(ms);
    memcpy(out, k_form, sizeof(k_form));
    memcpy(out, k_days + 3 * (size_t)c.weekday, 3);
    two_digits(out + 5, c.day);
    memcpy(out + 8, k_months + 3 * (size_t)(c.month - 1), 3);
    two_digits(out + 12, c.year / 100);
    two_digits(out + 14, c.year);
    two_digits(out + 17, c.hour);
    two_digits(out + 20, c.minute);
    two_digits(out + 23, c.second);
    return sizeof(k_form) - 1;
}
