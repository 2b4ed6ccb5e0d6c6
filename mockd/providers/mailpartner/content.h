#ifndef MOCKD_PROVIDERS_MAILPARTNER_CONTENT_H
#define MOCKD_PROVIDERS_MAILPARTNER_CONTENT_H

#include "mockd/http/json.h"

/*
 * The HTML as the recipient sees it: #NAME# replaced by the variable of that name, of which the
 * first eight count. #READ_ONLINE# and #UNSUBSCRIBE_LINK# stay, since there are no such pages here.
 * At most `max` bytes, cut between characters.
 */
struct str mail_content(struct arena *a,
                        struct str html,
                        const struct cJSON *variables,
                        size_t max);

#endif
