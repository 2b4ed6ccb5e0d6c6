#ifndef MOCKD_PROVIDERS_PARTNER_SCHEDULE_H
#define MOCKD_PROVIDERS_PARTNER_SCHEDULE_H

#include "mockd/domain/civil.h"
#include "mockd/http/decode.h"

/*
 * When a message is to leave (smspartner.md 4.4 to 4.6). All hours are Paris hours. Nothing here
 * has state; safe from any thread.
 */
enum when_part {
    WHEN_ABSENT, /* missing, null or empty */
    WHEN_GOOD,
    WHEN_BAD,
    WHEN_OFF_STEP, /* a minute that is no multiple of 5 */
};

/* scheduledDeliveryDate, time and minute as a request gave them. */
struct partner_when {
    enum when_part date, time, minute;
    struct civil day; /* date, hour and minute, as far as they can be read */

    /* The latest instant that the parts given can mean: the instant itself when all are there, the
     * end of the hour without a minute, of the day without a time. Set when the date is good. */
    int64_t latest_ms;
};

struct partner_when partner_when_read(struct value date, struct value time, struct value minute);

/* "08:05"; a part that is absent is empty, one that cannot be read stands as it was given. */
struct str partner_when_clock(struct arena *a,
                              const struct partner_when *when,
                              struct str time,
                              struct str minute);

/* No Sunday and no public holiday. */
bool partner_working_day(const struct civil *day);

/*
 * Marketing leaves at once from 08:00 to 20:00 on working days only: the first such instant from
 * now_ms on, now_ms itself when it is one.
 */
int64_t partner_marketing_ms(int64_t now_ms);

#endif
