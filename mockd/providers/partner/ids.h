#ifndef MOCKD_PROVIDERS_PARTNER_IDS_H
#define MOCKD_PROVIDERS_PARTNER_IDS_H

#include "mockd/core/rq.h"

/*
 * Wire ids of the voice and mail hosts: ten letters and digits. The same seed gives the same ids,
 * and each purpose has ids of its own.
 */
enum partner_id {
    PARTNER_ID_CAMPAIGN,
    PARTNER_ID_MAIL,
    PARTNER_ID_MAIL_TOKEN,
    PARTNER_ID_SUBACCOUNT,
    PARTNER_ID_RENTAL
};

struct str partner_id(struct arena *a,
                      const struct session *s,
                      enum partner_id purpose,
                      int64_t id);

/* False when no id is written like that. */
bool partner_id_parse(const struct session *s,
                      enum partner_id purpose,
                      struct str text,
                      int64_t *id);

#endif
