#include "mockd/server/ready.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "mockd/base/buf.h"
#include "mockd/http/out.h"

enum { TEXT_MAX = 4096 };

static void put_facts(struct buf *to, const struct ready_facts *f, bool event)
{
    struct out o;
    out_init(&o, OUT_JSON, to);
    out_object_begin(&o, STR("ready"));
    if (event)
        out_str(&o, STR("event"), STR("ready"));
    out_int(&o, STR("pid"), getpid());
    out_str(&o, STR("url"), f->url);
    for (size_t i = 0; i < f->nbinds; i++)
        out_str(&o, f->binds[i].name, f->binds[i].url);
    out_null(&o, STR("tls_url"));
    out_null(&o, STR("ca_file"));
    out_int(&o, STR("seed"), f->seed);
    out_str(&o, STR("version"), f->version);
    if (event)
        out_str(&o, STR("db"), str_from_cstr(f->db));
    out_end(&o);
    buf_add_char(to, '\n');
}

static bool write_file(const char *path, struct str text)
{
    char part[TEXT_MAX];
    const int n = snprintf(part, sizeof(part), "%s.%ld.part", path, (long)getpid());
    FILE *f = n > 0 && (size_t)n < sizeof(part) ? fopen(part, "wb") : NULL;
    bool good = f && fwrite(text.p, 1, text.n, f) == text.n;
    if (f && fclose(f) != 0)
        good = false;
    if (good && rename(part, path) == 0)
        return true;
    fprintf(stderr, "mockd: %s cannot be written\n", path);
    if (f)
        unlink(part);
    return false;
}

bool ready_write(const struct ready_facts *f, const char *ready_file, const char *pid_file)
{
    bool good = true;
    struct buf text;
    buf_init(&text, TEXT_MAX);
    buf_add_int(&text, getpid());
    buf_add_char(&text, '\n');
    if (pid_file)
        good = write_file(pid_file, buf_view(&text));
    buf_clear(&text);
    put_facts(&text, f, false);
    if (good && ready_file)
        good = write_file(ready_file, buf_view(&text));
    buf_release(&text);
    return good;
}

void ready_print(const struct ready_facts *f, bool json)
{
    if (json) {
        struct buf text;
        buf_init(&text, TEXT_MAX);
        put_facts(&text, f, true);
        fwrite(text.p, 1, text.n, stdout);
        buf_release(&text);
    } else {
        printf("mockd %.*s ready on %.*s (seed %" PRId64 ", %s)\n", STR_ARG(f->version),
               STR_ARG(f->url), f->seed, f->db ? f->db : "in memory");
    }
    fflush(stdout);
}
