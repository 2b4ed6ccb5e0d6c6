#include "mockd/core/settings.h"

static const char *const k_lang[] = {[LANG_EN] = "en", [LANG_FR] = "fr", NULL};
static const char *const k_profile[] = {
    [PROFILE_LEGACY] = "legacy", [PROFILE_CURRENT] = "current", NULL};
static const char *const k_error_profile[] = {
    [ERROR_PROFILE_SEED] = "seed", [ERROR_PROFILE_PAGE] = "page", NULL};
static const char *const k_validation[] = {
    [VALIDATION_AUTO] = "auto", [VALIDATION_TABLE] = "table", [VALIDATION_LIST] = "list", NULL};
static const char *const k_cancel[] = {
    [CANCEL_AUTO] = "auto", [CANCEL_TABLE] = "table", [CANCEL_PAGE] = "page", NULL};
static const char *const k_status_date[] = {
    [STATUS_DATE_TEXT] = "text", [STATUS_DATE_EPOCH] = "epoch", NULL};

#define SETTING(wire, member, ...)                                                                 \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct settings, member), __VA_ARGS__           \
    }

const struct field k_settings_fields[] = {
    SETTING("rate_limits",
            rate_limits,
            .kind = FIELD_BOOL,
            .help = "false: no HTTP 429 and no Nexmo throughput status 1"),
    SETTING("acceptAnyKey",
            accept_any_key,
            .kind = FIELD_BOOL,
            .help = "an unknown key makes an account of its own, like the default one"),
    SETTING("debugHeaders",
            debug_headers,
            .kind = FIELD_BOOL,
            .help = "X-Mockd-Error and X-Mockd-Why on every error"),
    SETTING("showSecrets",
            show_secrets,
            .kind = FIELD_BOOL,
            .help = "secrets in the journal and the admin API are not masked"),
    SETTING("lang",
            lang,
            .kind = FIELD_WORD,
            .words = k_lang,
            .help = "language of SMS Partner's messages"),
    SETTING("profile",
            profile,
            .kind = FIELD_WORD,
            .words = k_profile,
            .help = "which of Nexmo's two code tables accounts follow by default"),
    SETTING("queueCapacity",
            queue_capacity,
            .kind = FIELD_INT,
            .min = 0,
            .max = INT32_MAX,
            .help = "how many messages may wait for their hour; one more is SMS Partner 500 and "
                    "Nexmo 5, and 0 refuses every message"),
    SETTING("dlr_delay_ms",
            dlr_delay_ms,
            .kind = FIELD_INT,
            .min = 0,
            .max = INT32_MAX,
            .help = "from hand-over to the final status, in session milliseconds"),
    SETTING("maxMessages",
            max_messages,
            .kind = FIELD_INT,
            .min = 1,
            .max = 100000000,
            .help = "messages kept; beyond it the oldest in a final state go first"),
    SETTING("error_profile",
            error_profile,
            .kind = FIELD_WORD,
            .words = k_error_profile,
            .help = "SMS Partner: whether the error table or the endpoint's page wins"),
    SETTING("validation_errors",
            validation_errors,
            .kind = FIELD_WORD,
            .words = k_validation,
            .help = "SMS Partner: shape of validation errors, see the code 9 list"),
    SETTING("cancel_errors",
            cancel_errors,
            .kind = FIELD_WORD,
            .words = k_cancel,
            .help = "SMS Partner: which source the cancellation codes follow"),
    SETTING("status_date",
            status_date,
            .kind = FIELD_WORD,
            .words = k_status_date,
            .help = "SMS Partner: form of the date in /message-status"),
    SETTING("error_http_status",
            error_http_status,
            .kind = FIELD_INT,
            .min = 0,
            .max = 599,
            .help = "SMS Partner: HTTP status of failures that are 200 by default; 0 keeps 200"),
    SETTING("rental_step_s",
            rental_step_s,
            .kind = FIELD_INT,
            .min = 0,
            .max = INT32_MAX,
            .help = "SMS Partner: session seconds from one state of a rental to the next"),
    SETTING("legacy_keys",
            legacy_keys,
            .kind = FIELD_BOOL,
            .help = "SMS Partner: add creditSmsLowCost to /me"),
    SETTING("legacy_error_key",
            legacy_error_key,
            .kind = FIELD_BOOL,
            .help = "SMS Partner: code 9 lists stand under \"error\" too"),
    SETTING("legacy_code11",
            legacy_code11,
            .kind = FIELD_BOOL,
            .help = "SMS Partner: code 11 in its historic shape"),
    SETTING("stop_text",
            stop_text,
            .kind = FIELD_TEXT,
            .help = "SMS Partner: the STOP notice that is appended to marketing messages"),
    SETTING("signature_tolerance_s",
            signature_tolerance_s,
            .kind = FIELD_INT,
            .min = 0,
            .max = INT32_MAX,
            .help = "Nexmo: how far a signed request's timestamp may be off"),
};

const size_t k_settings_nfields = sizeof(k_settings_fields) / sizeof(k_settings_fields[0]);

struct settings settings_default(void)
{
    return (struct settings){
        .rate_limits = true,
        .debug_headers = true,
        .queue_capacity = 100000,
        .dlr_delay_ms = 1000,
        .max_messages = 50000,
        .rental_step_s = 2,
        .stop_text = STR(" STOP 36111"),
        .signature_tolerance_s = 300,
    };
}
