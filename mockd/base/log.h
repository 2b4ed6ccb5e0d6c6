#ifndef MOCKD_BASE_LOG_H
#define MOCKD_BASE_LOG_H

#include <stdbool.h>

/*
 * One line to stderr for the person at the terminal. Safe from any thread; one write a line, so
 * lines do not mix. Never secrets, never bodies: those belong to the journal.
 */
enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Call once, before threads start. */
void log_setup(enum log_level most, bool json);

void log_line(enum log_level level, const char *mod, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
