#ifndef MOCKD_SERVER_READY_H
#define MOCKD_SERVER_READY_H

#include <stdbool.h>

#include "mockd/base/str.h"

/* Where the port of one provider is: it may have been 0 in --bind. */
struct ready_bind {
    struct str name; /* "mailpartner_url" */
    struct str url;
};

/* What a starter wants to know. */
struct ready_facts {
    struct str url, version;
    const struct ready_bind *binds; /* each name once */
    size_t nbinds;
    int64_t seed;
    const char *db; /* NULL: in memory */
};

/* Writes the ready file (by rename, so that it is never seen half) and the pid file; either path
 * may be NULL. False: said on stderr. */
bool ready_write(const struct ready_facts *f, const char *ready_file, const char *pid_file);

/* The start line. */
void ready_print(const struct ready_facts *f, bool json);

#endif
