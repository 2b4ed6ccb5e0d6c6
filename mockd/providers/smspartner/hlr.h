#ifndef MOCKD_PROVIDERS_SMSPARTNER_HLR_H
#define MOCKD_PROVIDERS_SMSPARTNER_HLR_H

#include "mockd/core/rq.h"

/* What a look-up of a number in its operator's register finds: lines of the catalogue's groups
 * hlr-status and hlr-error. */
struct hlr_outcome {
    const struct catalogue_entry *status, *error;
    int status_id; /* the number in the status' catalogue id */
    int error_id;  /* the same of the error: 2153 is the second error with the code 2053 */
};

/* The number decides (smspartner.md 12.5): in E.164, or as it was given when that cannot be. */
struct hlr_outcome smspartner_hlr_outcome(struct arena *a, struct str number);

/* "HLR2271467": how clients know a campaign. */
struct str smspartner_campaign_id(struct arena *a, const struct message *m);

#endif
