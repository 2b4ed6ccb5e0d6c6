#ifndef MOCKD_PROVIDERS_SMSPARTNER_CONTACT_LINE_H
#define MOCKD_PROVIDERS_SMSPARTNER_CONTACT_LINE_H

#include "mockd/core/rq.h"

/* A contact as a request describes it (smspartner.md 5.5). */

/* What forbids to take it in; the middle ones depend on what is there already. */
enum contact_fault {
    CONTACT_GOOD,
    CONTACT_STOPPED, /* on the STOP list */
    CONTACT_BAD_NUMBER,
    CONTACT_TWICE, /* stands earlier in the same request */
    CONTACT_IN_GROUP,
    CONTACT_BAD_URL,
    CONTACT_BAD_DATE,
    CONTACT_EMPTY, /* nothing in it */
    CONTACT__FAULTS
};

struct contact_line {
    struct str
        text[CONTACT__TEXTS]; /* cut to its length; the number in E.164 when it can be read */
    bool given[CONTACT__TEXTS];
    struct str raw_number;
    enum contact_fault fault;
};

/* The members of a JSON object; anything else is an empty line. With `number` it must have a
 * phone number. Never says STOPPED, TWICE or IN_GROUP. */
struct contact_line contact_line_read(struct arena *a, const struct cJSON *object, bool number);

/* What is wrong with it, for people. */
struct str contact_line_why(struct arena *a, const struct contact_line *line);

/* The members that were given, in the order of the documentation, into the open object. */
void contact_line_write(struct out *o, const struct contact_line *line);

#endif
