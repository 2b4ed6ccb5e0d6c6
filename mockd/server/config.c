#include "mockd/server/config.h"

#include <stdio.h>
#include <stdlib.h>

#include "mockd/base/check.h"
#include "mockd/core/session.h"
#include "mockd/http/json_locate.h"

extern const char k_default_accounts[]; /* default_accounts.json */

enum { CONFIG_MAX = 8 * 1024 * 1024 };

static bool read_file(struct arena *a, const char *path, struct str *out, struct complaint *c)
{
    bool good = false;
    struct buf text;
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "rb");
    buf_init(&text, CONFIG_MAX);
    if (!f) {
        complain(c, "%s: cannot be opened", path);
        goto out;
    }
    while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
        buf_add(&text, (struct str){chunk, n});
    if (ferror(f))
        complain(c, "%s: cannot be read", path);
    else if (text.overflowed)
        complain(c, "%s: larger than %d bytes", path, CONFIG_MAX);
    else
        good = true;
    *out = arena_strdup(a, buf_view(&text));
out:
    if (f)
        fclose(f);
    buf_release(&text);
    return good;
}

struct place {
    struct arena *a;
    const char *path;
    struct str text;
};

static bool wrong_at(const struct place *in, const struct problem *p, struct complaint *c)
{
    int line;
    int column;
    json_line(in->text, json_locate(in->text, p->pointer), &line, &column);
    complain(c, "%s:%d: %.*s: %.*s", in->path, line, STR_ARG(p->pointer), STR_ARG(p->detail));
    return false;
}

/* An option's value as its command-line text. */
static const char *as_text(struct arena *a, const struct cJSON *v)
{
    const struct str text = json_scalar(a, v);
    return text.p ? arena_cstr(a, text) : NULL;
}

/* Sets one option; a list's value may be an array. */
static bool set_one(struct arena *a,
                    const struct option *o,
                    const struct cJSON *v,
                    void *target,
                    struct complaint *c)
{
    if (o->kind != OPTION_LIST || json_kind(v) != JSON_ARRAY) {
        const char *text = as_text(a, v);
        if (text)
            return option_set(o, target, text, c);
        complain(c, "must not be %s", json_kind_text(json_kind(v)));
        return false;
    }
    for (const struct cJSON *item = json_first(v); item; item = json_next(item)) {
        const char *text = as_text(a, item);
        if (!text || !option_set(o, target, text, c))
            return false;
    }
    return true;
}

static bool apply_options(struct arena *a,
                          const struct cJSON *options,
                          const struct option_table *serve,
                          void *target,
                          struct problem *p)
{
    struct complaint why;
    for (const struct cJSON *m = json_first(options); m; m = json_next(m)) {
        const struct option *o = option_find(serve, json_name(m), &why);
        if (o && set_one(a, o, m, target, &why))
            continue;
        *p = (struct problem){
            .pointer = arena_printf(a, "/options/%.*s", STR_ARG(json_name(m))),
            .detail = arena_strdup(a, str_from_cstr(why.text)),
        };
        return false;
    }
    return true;
}

/* Tries every account in a session of its own, in memory, so that a bad one is refused before
 * anything is bound. */
static bool accounts_good(struct arena *a, const struct cJSON *accounts, struct problem *p)
{
    struct sessions *trial;
    const struct session_defaults defaults = {
        .settings = settings_default(), .accounts = accounts, .journal_entries = 1};
    if (sessions_open(&trial, &defaults, a, p) != ERR_OK)
        return false;
    sessions_close(trial);
    return true;
}

static bool check_members(struct arena *a,
                          const struct cJSON *root,
                          const struct option_table *serve,
                          struct config *out,
                          struct problem *p)
{
    static const struct {
        struct str name;
        enum json_kind kind;
    } k_members[] = {{STR_INIT("options"), JSON_OBJECT},
                     {STR_INIT("settings"), JSON_OBJECT},
                     {STR_INIT("accounts"), JSON_ARRAY}};
    const struct cJSON *found[3] = {0};
    struct settings settings = settings_default();

    for (const struct cJSON *m = json_first(root); m; m = json_next(m)) {
        size_t i = 0;
        while (i < 3 && !str_eq(k_members[i].name, json_name(m)))
            i++;
        if (i < 3 && json_kind(m) == k_members[i].kind) {
            found[i] = m;
            continue;
        }
        *p = (struct problem){
            .pointer = arena_printf(a, "/%.*s", STR_ARG(json_name(m))),
            .detail = i < 3 ? arena_printf(a, "must be %s", json_kind_text(k_members[i].kind))
                            : STR("is not a known member; there are options, settings, accounts"),
        };
        return false;
    }
    *out = (struct config){found[0], found[1], found[2]};
    if (out->settings &&
        !fields_read(a, k_settings_fields, k_settings_nfields, out->settings, NULL, &settings, p)) {
        problem_under(a, p, STR("settings"));
        return false;
    }
    void *scratch = arena_alloc(a, serve->target_size);
    if (!apply_options(a, out->options, serve, scratch, p))
        return false;
    return !out->accounts || accounts_good(a, out->accounts, p);
}

bool config_read(struct arena *a,
                 const char *path,
                 const struct option_table *serve,
                 struct config *out,
                 struct complaint *c)
{
    struct place in = {.a = a, .path = path};
    struct problem p = {0};
    enum json_fault fault;
    size_t at;
    if (!read_file(a, path, &in.text, c))
        return false;
    in.text = json_blank_comments(a, in.text);
    const struct cJSON *root = json_parse(a, in.text, &fault, &at);
    if (!root) {
        int line;
        int column;
        json_line(in.text, at, &line, &column);
        complain(c, "%s:%d:%d: %s", path, line, column, json_fault_text(fault));
        return false;
    }
    if (json_kind(root) != JSON_OBJECT) {
        complain(c, "%s:1: must be an object, not %s", path, json_kind_text(json_kind(root)));
        return false;
    }
    return check_members(a, root, serve, out, &p) ? true : wrong_at(&in, &p, c);
}

bool config_options(struct arena *a,
                    const struct config *config,
                    const struct option_table *serve,
                    void *target,
                    struct complaint *c)
{
    struct problem p;
    if (apply_options(a, config->options, serve, target, &p))
        return true;
    complain(c, "%.*s: %.*s", STR_ARG(p.pointer), STR_ARG(p.detail));
    return false;
}

const struct cJSON *config_default_accounts(struct arena *a)
{
    enum json_fault fault;
    size_t at;
    const struct cJSON *v = json_parse(a, str_from_cstr(k_default_accounts), &fault, &at);
    CHECK(v);
    return v;
}
