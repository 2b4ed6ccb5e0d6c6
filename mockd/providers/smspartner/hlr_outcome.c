#include "mockd/base/check.h"
#include "mockd/domain/msisdn.h"
#include "mockd/domain/number_format.h"
#include "mockd/providers/smspartner/hlr.h"
#include "smspartner_errors.h"

enum {
    FIRST_STATUS = 9000, /* +336399890SS asks for status SS */
    LAST_STATUS = 9099,
    TO_HANDSET = 5,
    NOT_DELIVERED = 9,
    PREFIX_MISSING = 8,
    NO_MOBILE = 52,
    NO_ERROR = 0,
};

/* What goes with an error when the number asks for one; any other is status 9. */
static const struct {
    int error, status;
} k_status_of[] = {
    {NO_ERROR, TO_HANDSET},
    {2049, 10},
    {2050, 10},
    {2052, 10},
    {2053, 11},
    {2153, 11},
    {4096, 10},
    {4100, 15},
    {4101, 15},
    {4102, 21},
    {4103, 10},
    {4104, 10},
};

/* What goes with a status when the number asks for one; any other has no error. */
static const struct {
    int status, error;
} k_error_of[] = {
    {4, 32},             /* EC_SM_DELIVERY_FAILURE */
    {NOT_DELIVERED, 27}, /* EC_ABSENT_SUBSCRIBER */
    {15, 4101},          /* EC_VALIDITYEXPIRED */
    {29, 501},           /* EC_INVALID_RESPONSE_RECEIVED */
    {6, 1152},           /* EC_NNR_NOTRANSLATIONFORANADDRESSOFSUCHNATURE */
    {PREFIX_MISSING, 1}, /* EC_UNKNOWN_SUBSCRIBER */
    {10, 2050},          /* EC_DEST_ADDRESS_BLACKLISTED */
    {11, 2053},          /* EC_BLACKLISTED_SENDERADDRESS */
    {21, 4102},          /* EC_NOTSUBMITTEDTOSMPPCHANNEL */
    {NO_MOBILE, 1},
};

static const struct catalogue_entry *find(struct arena *a, const char *group, int id)
{
    return catalogue_find(&smspartner_catalogue, arena_printf(a, "smspartner.%s.%d", group, id));
}

static struct hlr_outcome outcome(struct arena *a, int status, int error)
{
    const struct hlr_outcome out = {find(a, "hlr-status", status), find(a, "hlr-error", error),
                                    status, error};
    CHECK(out.status && out.error);
    return out;
}

static struct hlr_outcome by_status(struct arena *a, int status)
{
    int error = NO_ERROR;
    for (size_t i = 0; i < sizeof(k_error_of) / sizeof(k_error_of[0]); i++) {
        if (k_error_of[i].status == status)
            error = k_error_of[i].error;
    }
    return outcome(a, status, error);
}

static struct hlr_outcome by_error(struct arena *a, int error)
{
    int status = NOT_DELIVERED;
    for (size_t i = 0; i < sizeof(k_status_of) / sizeof(k_status_of[0]); i++) {
        if (k_status_of[i].error == error)
            status = k_status_of[i].status;
    }
    return outcome(a, status, error);
}

struct hlr_outcome smspartner_hlr_outcome(struct arena *a, struct str number)
{
    struct str e164;
    struct number_format form;
    int last4 = 0;
    if (msisdn_parse(a, number, &e164) == MSISDN_BAD || !number_format(a, e164, &form))
        return by_status(a, PREFIX_MISSING);
    if (!form.mobile)
        return by_status(a, NO_MOBILE);
    if (!msisdn_fr_fiction(e164, &last4))
        return by_error(a, NO_ERROR);
    if (last4 >= FIRST_STATUS && last4 <= LAST_STATUS &&
        find(a, "hlr-status", last4 - FIRST_STATUS))
        return by_status(a, last4 - FIRST_STATUS);
    return by_error(a, find(a, "hlr-error", last4) ? last4 : NO_ERROR);
}
