#ifndef MOCKD_DOMAIN_GSM_H
#define MOCKD_DOMAIN_GSM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mockd/base/str.h"

/*
 * The alphabet of a short message (GSM 03.38) and how a long text is cut into parts (nexmo.md
 * section 8, smspartner.md 4.2). Safe from any thread.
 */

/* Septets that a code point takes: 1, 2 (extension: € ^ { } [ ] ~ \ | form feed), or 0: not in it.
 */
int gsm_septets(uint32_t cp);

/* Every character of the text is in the alphabet. The empty text fits; malformed UTF-8 does not. */
bool gsm_fits(struct str utf8);

/*
 * How a text is counted. GSM7: septets, a character outside the alphabet goes out as '?' and takes
 * one. UCS2: UTF-16 code units, two for an emoji. BINARY: the bytes of the slice, read as they are.
 */
enum sms_encoding { SMS_GSM7, SMS_UCS2, SMS_BINARY };

/* Units in a message of one part, and in each part of a longer one (at least 2). */
struct sms_limits {
    int single, per_part;
};

#define SMS_LIMITS_NEXMO_TEXT      ((struct sms_limits){160, 152})
#define SMS_LIMITS_NEXMO_UNICODE   ((struct sms_limits){70, 66})
#define SMS_LIMITS_NEXMO_BINARY    ((struct sms_limits){140, 132})
#define SMS_LIMITS_SMSPARTNER_TEXT ((struct sms_limits){160, 153})
#define SMS_LIMITS_SMSPARTNER_UCS2 ((struct sms_limits){70, 67})

/* units: length of the whole text. parts: at least 1, also for the empty text. */
struct segments {
    int units;
    int parts;
};

/*
 * A character of two units (escape pair, surrogate pair) is never split: when it does not fit, the
 * part ends one unit short, so there can be more parts than units / per_part says.
 */
struct segments sms_segments(struct str text, enum sms_encoding encoding, struct sms_limits limits);

/*
 * Byte offset in text where part `part` (from 0) ends and the next begins; text.n for the last part
 * and past it. Never inside a UTF-8 sequence.
 */
size_t sms_part_end(struct str text,
                    enum sms_encoding encoding,
                    struct sms_limits limits,
                    int part);

#endif
