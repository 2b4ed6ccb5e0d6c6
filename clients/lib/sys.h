#ifndef CLIENTS_LIB_SYS_H
#define CLIENTS_LIB_SYS_H

#include "mockd/base/arena.h"
#include "mockd/base/err.h"

/* What the test programs ask of the operating system. Safe from any thread. */

/* A clock that only goes forward; for deadlines and elapsed times. */
int64_t sys_now_ms(void);
int64_t sys_now_us(void);

/* Milliseconds until `deadline_ms` (on sys_now_ms's clock), 0 when it has passed: for poll(). */
int sys_left_ms(int64_t deadline_ms);

void sys_pause_ms(int64_t ms);

/* What an errno value means. */
struct str sys_error_text(struct arena *a, int error);

/* ERR_NOT_FOUND, ERR_IO, or ERR_TOO_LARGE when there is more than `max` bytes. */
enum err sys_read_file(struct arena *a, const char *path, size_t max, struct str *out)
    __attribute__((warn_unused_result));
enum err sys_write_file(const char *path, struct str text) __attribute__((warn_unused_result));

/* A new folder below $TMPDIR or /tmp, its name starting with `prefix`. */
enum err sys_temp_folder(struct arena *a, const char *prefix, const char **out)
    __attribute__((warn_unused_result));

/* Removes a folder that sys_temp_folder made, with everything in it. Follows no link. */
void sys_remove_folder(const char *path);

#endif
