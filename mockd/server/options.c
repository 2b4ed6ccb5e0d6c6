#include "mockd/server/options.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { NAME_MAX_BYTES = 64, ROWS_MAX = 64 };

void complain(struct complaint *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(c->text, sizeof(c->text), fmt, ap);
    va_end(ap);
}

const struct option *option_find(const struct option_table *t, struct str name, struct complaint *c)
{
    struct str names[ROWS_MAX];
    for (size_t i = 0; i < t->n; i++) {
        names[i] = str_from_cstr(t->rows[i].name);
        if (str_eq(names[i], name))
            return &t->rows[i];
    }
    const struct str near = nearest_name(name, names, t->n);
    complain(c, "unknown option --%.*s%s%.*s%s", STR_ARG(name), near.n ? "; did you mean --" : "",
             STR_ARG(near), near.n ? "?" : "");
    return NULL;
}

static bool set_bool(const struct option *o, bool *to, const char *text, struct complaint *c)
{
    static const struct {
        const char *text;
        bool value;
    } k_words[] = {{"on", true},   {"off", false},   {"1", true},   {"0", false},
                   {"true", true}, {"false", false}, {"yes", true}, {"no", false}};
    for (size_t i = 0; i < sizeof(k_words) / sizeof(k_words[0]); i++) {
        if (strcmp(k_words[i].text, text) == 0) {
            *to = k_words[i].value;
            return true;
        }
    }
    complain(c, "--%s must be on or off, not \"%s\"", o->name, text);
    return false;
}

static bool set_int(const struct option *o, int64_t *to, const char *text, struct complaint *c)
{
    uint64_t n;
    if (!str_to_uint(str_from_cstr(text), (uint64_t)o->max, &n) || (int64_t)n < o->min) {
        complain(c, "--%s must be a whole number from %" PRId64 " to %" PRId64 ", not \"%s\"",
                 o->name, o->min, o->max, text);
        return false;
    }
    *to = (int64_t)n;
    return true;
}

static bool set_word(const struct option *o, int *to, const char *text, struct complaint *c)
{
    char all[128];
    size_t at = 0;
    for (int i = 0; o->words[i]; i++) {
        if (strcmp(o->words[i], text) == 0) {
            *to = i;
            return true;
        }
        at += (size_t)snprintf(all + at, sizeof(all) - at, "%s%s", i ? ", " : "", o->words[i]);
    }
    complain(c, "--%s must be one of %s, not \"%s\"", o->name, all, text);
    return false;
}

bool option_set(const struct option *o, void *target, const char *text, struct complaint *c)
{
    void *at = (char *)target + o->offset;
    switch (o->kind) {
    case OPTION_FLAG:
    case OPTION_ON_OFF:
        return set_bool(o, at, text, c);
    case OPTION_INT:
        return set_int(o, at, text, c);
    case OPTION_WORD:
        return set_word(o, at, text, c);
    case OPTION_TEXT:
        if (!*text) {
            complain(c, "--%s must not be empty", o->name);
            return false;
        }
        *(const char **)at = text;
        return true;
    case OPTION_LIST: {
        struct option_list *list = at;
        if (list->n == OPTION_LIST_MAX) {
            complain(c, "--%s may be given at most %d times", o->name, OPTION_LIST_MAX);
            return false;
        }
        list->v[list->n++] = text;
        return true;
    }
    }
    return false;
}

static void env_name(const char *option, char *out, size_t size)
{
    size_t n = (size_t)snprintf(out, size, "MOCKD_%s", option);
    for (size_t i = 6; i < n && i < size; i++)
        out[i] = out[i] == '-' ? '_' : (char)toupper((unsigned char)out[i]);
}

bool options_from_env(const struct option_table *t, void *target, struct complaint *c)
{
    for (size_t i = 0; i < t->n; i++) {
        char name[NAME_MAX_BYTES];
        struct complaint why;
        env_name(t->rows[i].name, name, sizeof(name));
        const char *text = getenv(name); // NOLINT(concurrency-mt-unsafe): before any thread starts
        if (text && *text && !option_set(&t->rows[i], target, text, &why)) {
            complain(c, "%s: %s", name, why.text);
            return false;
        }
    }
    return true;
}

/* Splits "--name=value"; value absent when there is no '='. */
static struct str split_arg(const char *arg, const char **value)
{
    const struct str body = str_from_cstr(arg + 2);
    const size_t eq = str_find_char(body, '=');
    *value = eq < body.n ? body.p + eq + 1 : NULL;
    return (struct str){body.p, eq};
}

/* Sets the option that argv[*i] names, taking the next word when it needs one. */
static bool take_option(
    const struct option_table *t, void *target, int argc, char **argv, int *i, struct complaint *c)
{
    const char *value;
    const struct option *o = option_find(t, split_arg(argv[*i], &value), c);
    if (!o)
        return false;
    if (!value && o->kind == OPTION_FLAG)
        value = "on";
    if (!value && *i + 1 < argc)
        value = argv[++*i];
    if (value)
        return option_set(o, target, value, c);
    complain(c, "--%s needs a value", o->name);
    return false;
}

bool options_from_args(const struct option_table *t,
                       void *target,
                       int argc,
                       char **argv,
                       struct operands *rest,
                       struct complaint *c)
{
    int kept = 0;
    bool ended = false;
    for (int i = 0; i < argc; i++) {
        const bool dashes = !ended && strncmp(argv[i], "--", 2) == 0;
        if (dashes && !argv[i][2]) {
            ended = true;
        } else if (dashes) {
            if (!take_option(t, target, argc, argv, &i, c))
                return false;
        } else if (!ended && argv[i][0] == '-' && argv[i][1]) {
            complain(c, "unknown option %s; options are long, see --help", argv[i]);
            return false;
        } else {
            argv[kept++] = argv[i];
        }
    }
    *rest = (struct operands){argv, kept};
    return true;
}

const char *option_peek(const char *name, int argc, char **argv)
{
    char env[NAME_MAX_BYTES];
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value;
        if (strncmp(argv[i], "--", 2) != 0 ||
            !str_eq(split_arg(argv[i], &value), str_from_cstr(name)))
            continue;
        return value ? value : argv[i + 1]; /* argv ends with NULL */
    }
    env_name(name, env, sizeof(env));
    const char *text = getenv(env); // NOLINT(concurrency-mt-unsafe): before any thread starts
    return text && *text ? text : NULL;
}

bool options_want_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    }
    return false;
}

void options_print_help(const struct option_table *t)
{
    printf("usage: mockd %s %s\n\n%s\n", t->command, t->usage, t->summary);
    if (t->n)
        printf("\n");
    for (size_t i = 0; i < t->n; i++) {
        char left[48];
        const struct option *o = &t->rows[i];
        snprintf(left, sizeof(left), "--%s%s%s", o->name, o->placeholder ? " " : "",
                 o->placeholder ? o->placeholder : "");
        printf("  %-24s %s\n", left, o->help);
    }
    if (t->notes)
        printf("\n%s\n", t->notes);
}
