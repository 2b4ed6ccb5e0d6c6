#include "mockd/tools/source_text.h"

#include <errno.h>
#include <string.h>

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "%s: cannot %s it (errno %d)\n", path, what, errno);
    return false;
}

bool source_read(const char *path, struct buf *out)
{
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (!f)
        return complain(path, "open");
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, (struct str){chunk, n});
    const bool good = !ferror(f) && !out->overflowed;
    fclose(f);
    return good || complain(path, "read");
}

bool source_write(const char *path, struct str text)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return complain(path, "create");
    const bool written = fwrite(text.p, 1, text.n, f) == text.n;
    if (fclose(f) == 0 && written)
        return true;
    complain(path, "write");
    /* A half-written file would look up to date to the next build. */
    remove(path);
    return false;
}

void source_add_literal(struct buf *out, struct str s)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        /* "?" too: a trigraph must not arise. */
        if (c == '"' || c == '\\' || c == '?' || c < 0x20 || c >= 0x7f)
            buf_addf(out, "\\%03o", c);
        else
            buf_add_char(out, (char)c);
    }
    buf_add_char(out, '"');
}
