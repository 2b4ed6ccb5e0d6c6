#include "mockd/domain/civil.h"

enum { WINTER_S = 3600, SUMMER_S = 7200 };

#define SECOND_MS INT64_C(1000)
#define DAY_S     INT64_C(86400)

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/*
 * Days since 1970-01-01. Years are counted from March, so that the leap day is the last day of
 * its year and a month's first day follows from (153 * month + 2) / 5.
 */
static int64_t days_from_date(int64_t y, int64_t m, int64_t d)
{
    y += floor_div(m - 1, 12);
    m -= floor_div(m - 1, 12) * 12;
    y -= m <= 2;
    const int64_t era = floor_div(y, 400);
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468 + d - 1;
}

static void date_from_days(int64_t days, struct civil *c)
{
    const int64_t z = days + 719468;
    const int64_t era = floor_div(z, 146097);
    const int64_t doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int64_t mp = (5 * doy + 2) / 153;
    c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    c->year = (int)(yoe + era * 400 + (c->month <= 2));
    c->weekday = (int)(days + 4 - floor_div(days + 4, 7) * 7);
}

static struct civil civil_from_seconds(int64_t s)
{
    struct civil c;
    const int64_t days = floor_div(s, DAY_S);
    const int of_day = (int)(s - days * DAY_S);
    date_from_days(days, &c);
    c.hour = of_day / 3600;
    c.minute = of_day / 60 % 60;
    c.second = of_day % 60;
    return c;
}

struct civil civil_utc(int64_t ms)
{
    return civil_from_seconds(floor_div(ms, SECOND_MS));
}

struct civil civil_paris(int64_t ms)
{
    return civil_from_seconds(floor_div(ms, SECOND_MS) + civil_paris_offset_s(ms));
}

static int64_t utc_seconds(const struct civil *c)
{
    return days_from_date(c->year, c->month, c->day) * DAY_S + (int64_t)c->hour * 3600 +
           (int64_t)c->minute * 60 + c->second;
}

int64_t civil_utc_ms(const struct civil *c)
{
    return utc_seconds(c) * SECOND_MS;
}

/* The instant (in seconds) of the last Sunday of a month of 31 days, 01:00 UTC. */
static int64_t changeover_s(int year, int month)
{
    const int64_t last = days_from_date(year, month, 31);
    const int64_t weekday = last + 4 - floor_div(last + 4, 7) * 7;
    return (last - weekday) * DAY_S + 3600;
}

static int offset_at_s(int64_t s)
{
    /* Both changes are months away from New Year: the UTC year is the Paris year that matters. */
    const int year = civil_from_seconds(s).year;
    return s >= changeover_s(year, 3) && s < changeover_s(year, 10) ? SUMMER_S : WINTER_S;
}

int civil_paris_offset_s(int64_t ms)
{
    return offset_at_s(floor_div(ms, SECOND_MS));
}

int64_t civil_paris_ms(const struct civil *c)
{
    const int64_t local_s = utc_seconds(c);
    const int64_t as_summer_s = local_s - SUMMER_S;
    if (offset_at_s(as_summer_s) == SUMMER_S)
        return as_summer_s * SECOND_MS;
    /* Right in winter; in the spring gap it reads an hour later on the summer clock. */
    return (local_s - WINTER_S) * SECOND_MS;
}

static bool leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

bool civil_valid(int y, int m, int d)
{
    static const int k_days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1)
        return false;
    return d <= k_days[m] + (m == 2 && leap(y));
}

/* The "anonymous" Gregorian computus, as printed by Meeus, Astronomical Algorithms, chapter 8. */
struct civil civil_easter(int year)
{
    const int golden = year % 19;
    const int century = year / 100;
    const int of_century = year % 100;
    const int moon_shift = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    const int to_sunday =
        (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    const int correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    const int n = epact + to_sunday - 7 * correction + 114;
    const struct civil day = {.year = year, .month = n / 31, .day = n % 31 + 1};
    return civil_utc(civil_utc_ms(&day));
}

bool french_holiday(int y, int m, int d)
{
    static const struct {
        int month, day;
    } k_fixed[] = {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}};
    /* Easter Monday, Ascension, Whit Monday */
    static const int k_after_easter[] = {1, 39, 50};

    for (size_t i = 0; i < sizeof(k_fixed) / sizeof(k_fixed[0]); i++) {
        if (k_fixed[i].month == m && k_fixed[i].day == d)
            return true;
    }
    const struct civil easter = civil_easter(y);
    const int64_t since = days_from_date(y, m, d) - days_from_date(y, easter.month, easter.day);
    for (size_t i = 0; i < sizeof(k_after_easter) / sizeof(k_after_easter[0]); i++) {
        if (k_after_easter[i] == since)
            return true;
    }
    return false;
}
