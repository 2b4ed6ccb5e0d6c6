#ifndef MOCKD_SERVER_CONFIG_H
#define MOCKD_SERVER_CONFIG_H

#include "mockd/server/options.h"

/*
 * The config file: JSON, comments allowed,
 *   {"options": {"port": 8080, …}, "settings": {…}, "accounts": [{…}]}
 * every member optional. "accounts" replaces the accounts that exist at start.
 */
struct config {
    const struct cJSON *options;  /* NULL: none */
    const struct cJSON *settings; /* NULL: none */
    const struct cJSON *accounts; /* NULL: the built-in ones */
};

/* Reads and checks all of it; the table is that of `mockd serve`. False: *c says file, line, JSON
 * pointer and what is wrong. */
bool config_read(struct arena *a,
                 const char *path,
                 const struct option_table *serve,
                 struct config *out,
                 struct complaint *c);

/* Sets the options that the file names. They were checked by config_read(). */
bool config_options(struct arena *a,
                    const struct config *config,
                    const struct option_table *serve,
                    void *target,
                    struct complaint *c);

/* The accounts every session has without a config file. */
const struct cJSON *config_default_accounts(struct arena *a);

#endif
