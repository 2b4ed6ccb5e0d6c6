#ifndef MOCKD_SERVER_SERVE_OPTIONS_H
#define MOCKD_SERVER_SERVE_OPTIONS_H

#include "mockd/server/options.h"

/* What `mockd serve` was asked for. Texts are borrowed from argv, the environment or the config. */
struct serve_options {
    const char *host;
    int64_t port;
    struct option_list binds; /* "smspartner=8081" */
    const char *ready_file, *pid_file, *config, *db;
    int64_t seed;
    const char *clock;
    int profile, lang;
    bool rate_limits, accept_any_key, strict, trust_proxy, show_secrets, no_debug_headers;
    const char *admin_token;
    struct option_list cors_origins;
    int64_t journal_size, max_messages, workers, read_timeout_s;
    int log_format, log_level;
};

extern const struct option_table k_serve_table;

/* As they are when nothing is said. */
struct serve_options serve_options_default(void);

#endif
