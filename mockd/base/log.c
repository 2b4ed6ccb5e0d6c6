#include "mockd/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "mockd/base/buf.h"

enum { LINE_MAX_BYTES = 2048 };

/* Written once by log_setup(), before there is a second thread. */
static struct {
    enum log_level most;
    bool json;
} g_log = {.most = LOG_WARN};

static const char *const k_level[] = {
    [LOG_ERROR] = "error", [LOG_WARN] = "warn", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};

void log_setup(enum log_level most, bool json)
{
    g_log.most = most;
    g_log.json = json;
}

static void add_quoted(struct buf *b, struct str s)
{
    buf_add_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_add_char(b, '\\');
        if (c < 0x20)
            buf_addf(b, "\\u%04x", c);
        else
            buf_add_char(b, (char)c);
    }
    buf_add_char(b, '"');
}

void log_line(enum log_level level, const char *mod, const char *fmt, ...)
{
    if (level > g_log.most)
        return;
    char text[LINE_MAX_BYTES / 2];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);

    struct buf line;
    buf_init(&line, (size_t)LINE_MAX_BYTES * 4);
    buf_addf(&line,
             g_log.json ? "{\"level\":\"%s\",\"mod\":\"%s\",\"msg\":" : "level=%s mod=%s msg=",
             k_level[level], mod);
    add_quoted(&line, str_from_cstr(text));
    buf_add(&line, g_log.json ? STR("}\n") : STR("\n"));
    ssize_t ignored = write(STDERR_FILENO, line.p, line.n);
    (void)ignored;
    buf_release(&line);
}
