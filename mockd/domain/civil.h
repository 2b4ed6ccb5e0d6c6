#ifndef MOCKD_DOMAIN_CIVIL_H
#define MOCKD_DOMAIN_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"

/*
 * Dates and times of day. An instant is milliseconds since 1970-01-01T00:00:00Z (suffix _ms). All
 * is computed: no time zone database, no libc time functions, so the answer depends on the
 * argument alone. Safe from any thread.
 *
 * Europe/Paris follows the rule of the European Union: UTC+2 from the last Sunday of March,
 * 01:00 UTC, to the last Sunday of October, 01:00 UTC, else UTC+1. France has had it since 1996;
 * it is applied to every year.
 */
struct civil {
    int year, month, day; /* 1 to 12, 1 to 31 */
    int hour, minute, second;
    int weekday; /* 0 is Sunday */
};

/* Milliseconds below the second are dropped (towards the past). */
struct civil civil_utc(int64_t ms);
struct civil civil_paris(int64_t ms);

/*
 * The instant of a date and time; weekday is not read. Fields past their range carry over, so
 * hour 24 is midnight of the next day, and day 32 of January is 1 February.
 */
int64_t civil_utc_ms(const struct civil *c);

/*
 * The same for a Paris clock. A time that the spring change skips (02:30) is an hour later
 * (03:30, summer time); a time that autumn repeats is its first, summer-time occurrence.
 */
int64_t civil_paris_ms(const struct civil *c);

/* Seconds that Paris is ahead of UTC: 3600 or 7200. */
int civil_paris_offset_s(int64_t ms);

/* A date that exists in the Gregorian calendar, years 1 to 9999. */
bool civil_valid(int y, int m, int d);

/* Easter Sunday of a Gregorian year, at 00:00:00. */
struct civil civil_easter(int year);

/*
 * The 11 public holidays of all France (smspartner.md 4.6): without Good Friday and 26 December,
 * which only Alsace and Moselle keep.
 */
bool french_holiday(int y, int m, int d);

/*
 * "2026-11-22T09:00:00+01:00", "…Z", seconds optional, a fraction of any length (cut to
 * milliseconds); "+0100" is taken too. Without an offset it is refused: a guess would be wrong
 * half of the year. *ms is untouched on failure.
 */
bool iso8601_parse(struct str s, int64_t *ms);

/* "2026-11-22T08:00:00.000Z" */
struct str iso8601_utc(struct arena *a, int64_t ms);

/*
 * "PT6M", "P1D", "P2W", "P1DT2H3M4.5S". Years and months have no fixed length and are refused, as
 * are a sign, no component at all, and more than ten thousand years. *ms is untouched on failure.
 */
bool iso8601_duration_parse(struct str s, int64_t *ms);

/* "2018-08-18 20:00:00" */
struct str civil_paris_sql(struct arena *a, int64_t ms);
struct str civil_utc_sql(struct arena *a, int64_t ms);

/* "Sun, 22 Nov 2026 08:00:00 GMT" and a NUL; returns the length without it, always 29. */
size_t http_date(char out[static 32], int64_t ms);

#endif
