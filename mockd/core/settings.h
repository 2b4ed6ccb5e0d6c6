#ifndef MOCKD_CORE_SETTINGS_H
#define MOCKD_CORE_SETTINGS_H

#include "mockd/core/fields.h"

enum lang { LANG_EN, LANG_FR };
enum profile { PROFILE_LEGACY, PROFILE_CURRENT, PROFILE_DEFAULT };
enum error_profile { ERROR_PROFILE_SEED, ERROR_PROFILE_PAGE };
enum validation_errors { VALIDATION_AUTO, VALIDATION_TABLE, VALIDATION_LIST };
enum cancel_errors { CANCEL_AUTO, CANCEL_TABLE, CANCEL_PAGE };
enum status_date { STATUS_DATE_TEXT, STATUS_DATE_EPOCH };

/*
 * How a session behaves. Names in snake_case are the knobs of the providers' specifications (their
 * pages contradict each other, or are silent); the others are ours. Readable and changeable at
 * /__admin/settings and in the config file's "settings".
 */
struct settings {
    bool rate_limits;
    bool accept_any_key;
    bool debug_headers;
    bool show_secrets;
    int lang;    /* enum lang */
    int profile; /* enum profile: accounts whose own is "default" */
    int64_t queue_capacity;
    int64_t dlr_delay_ms;
    int64_t max_messages;
    /* SMS Partner */
    int error_profile, validation_errors, cancel_errors, status_date;
    int64_t rental_step_s;
    int64_t error_http_status;
    bool legacy_keys, legacy_error_key, legacy_code11;
    struct str stop_text;
    /* Nexmo */
    int64_t signature_tolerance_s;
};

extern const struct field k_settings_fields[];
extern const size_t k_settings_nfields;

/* As they are without a config file. */
struct settings settings_default(void);

#endif
