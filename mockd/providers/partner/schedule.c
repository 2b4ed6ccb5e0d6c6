#include "mockd/providers/partner/schedule.h"

enum { LAST_HOUR = 24, LAST_MINUTE = 59, STEP_MINUTES = 5, OPEN_HOUR = 8, CLOSE_HOUR = 20 };

static bool absent(struct value v)
{
    return v.text.n == 0 && json_kind(v.node) < JSON_ARRAY;
}

static bool digits(struct str s, size_t at, size_t n, int *out)
{
    uint64_t v;
    if (!str_to_uint((struct str){s.p + at, n}, 9999, &v))
        return false;
    *out = (int)v;
    return true;
}

/* dd/mm/yyyy of a day that exists. */
static enum when_part read_date(struct value v, struct civil *day)
{
    const struct str s = v.text;
    if (absent(v))
        return WHEN_ABSENT;
    const bool good = s.n == 10 && s.p[2] == '/' && s.p[5] == '/' && digits(s, 0, 2, &day->day) &&
                      digits(s, 3, 2, &day->month) && digits(s, 6, 4, &day->year) &&
                      civil_valid(day->year, day->month, day->day);
    return good ? WHEN_GOOD : WHEN_BAD;
}

static enum when_part read_number(struct value v, uint64_t max, int *out)
{
    uint64_t n;
    if (absent(v))
        return WHEN_ABSENT;
    if (!str_to_uint(v.text, max, &n))
        return WHEN_BAD;
    *out = (int)n;
    return WHEN_GOOD;
}

static int64_t latest(const struct partner_when *when)
{
    struct civil c = when->day;
    c.hour = when->time == WHEN_GOOD ? c.hour : LAST_HOUR - 1;
    if (when->time != WHEN_GOOD || when->minute == WHEN_ABSENT || when->minute == WHEN_BAD)
        c.minute = LAST_MINUTE;
    return civil_paris_ms(&c);
}

struct partner_when partner_when_read(struct value date, struct value time, struct value minute)
{
    struct partner_when when = {0};
    when.date = read_date(date, &when.day);
    when.time = read_number(time, LAST_HOUR, &when.day.hour);
    when.minute = read_number(minute, LAST_MINUTE, &when.day.minute);
    if (when.minute == WHEN_GOOD && when.day.minute % STEP_MINUTES)
        when.minute = WHEN_OFF_STEP;
    if (when.date == WHEN_GOOD)
        when.latest_ms = latest(&when);
    return when;
}

static struct str clock_part(struct arena *a, enum when_part part, int n, struct str raw)
{
    if (part == WHEN_GOOD || part == WHEN_OFF_STEP)
        return arena_printf(a, "%02d", n);
    return part == WHEN_BAD ? raw : STR("");
}

struct str partner_when_clock(struct arena *a,
                              const struct partner_when *when,
                              struct str time,
                              struct str minute)
{
    const struct str hour = clock_part(a, when->time, when->day.hour, time);
    const struct str past = clock_part(a, when->minute, when->day.minute, minute);
    return arena_printf(a, "%.*s:%.*s", STR_ARG(hour), STR_ARG(past));
}

bool partner_working_day(const struct civil *day)
{
    return day->weekday != 0 && !french_holiday(day->year, day->month, day->day);
}

int64_t partner_marketing_ms(int64_t now_ms)
{
    struct civil day = civil_paris(now_ms);
    if (partner_working_day(&day) && day.hour >= OPEN_HOUR && day.hour < CLOSE_HOUR)
        return now_ms;
    if (day.hour >= OPEN_HOUR)
        day.day++;
    for (;; day.day++) {
        day.hour = OPEN_HOUR;
        day.minute = 0;
        day.second = 0;
        const int64_t at_ms = civil_paris_ms(&day);
        const struct civil morning = civil_paris(at_ms);
        if (partner_working_day(&morning))
            return at_ms;
    }
}
