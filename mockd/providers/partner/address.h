#ifndef MOCKD_PROVIDERS_PARTNER_ADDRESS_H
#define MOCKD_PROVIDERS_PARTNER_ADDRESS_H

#include "mockd/base/str.h"

/* local@domain.tld. Letters beyond ASCII are taken on both sides, quotes and comments are not. */
bool partner_email_good(struct str email);

/* An absolute http or https URL with a host. */
bool partner_url_good(struct str url);

#endif
