#ifndef MOCKD_SERVER_OPTIONS_H
#define MOCKD_SERVER_OPTIONS_H

#include "mockd/core/fields.h"

/*
 * Command lines from tables. A row gives an option's name, kind and help; from it come parsing
 * ("--name value", "--name=value"), the environment variable MOCKD_NAME, the member of the config
 * file's "options", and the line in --help.
 */
enum option_kind {
    OPTION_FLAG,   /* bool; no value on the command line */
    OPTION_ON_OFF, /* bool; "on" or "off" */
    OPTION_INT,    /* int64_t within min..max */
    OPTION_TEXT,   /* const char * */
    OPTION_WORD,   /* int: index into words */
    OPTION_LIST,   /* struct option_list; may be given again */
};

enum { OPTION_LIST_MAX = 32 };

struct option_list {
    const char *v[OPTION_LIST_MAX];
    size_t n;
};

struct option {
    const char *name; /* without the dashes */
    enum option_kind kind;
    size_t offset;
    int64_t min, max;
    const char *const *words;
    const char *placeholder; /* in the help: PORT, FILE */
    const char *help;
};

struct option_table {
    const char *command; /* "serve" */
    const char *usage;   /* "[options] FILE..." */
    const char *summary; /* one sentence */
    const struct option *rows;
    size_t n;
    size_t target_size; /* bytes of the struct the rows describe */
    const char *notes;  /* printed after the options; may be NULL */
};

/* What is not an option on the command line. */
struct operands {
    char **v;
    int n;
};

/* A message for people, without newline. */
struct complaint {
    char text[512];
};

void complain(struct complaint *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The row of that name; NULL when there is none, and then *c says so, with the nearest name. */
const struct option *option_find(const struct option_table *t,
                                 struct str name,
                                 struct complaint *c);

/* Sets one option from text. False: *c says why. text must live as long as the target. */
bool option_set(const struct option *o, void *target, const char *text, struct complaint *c);

/* Sets every option that has an environment variable. */
bool options_from_env(const struct option_table *t, void *target, struct complaint *c);

/* Sets what argv (after the subcommand) says. "--" ends the options. */
bool options_from_args(const struct option_table *t,
                       void *target,
                       int argc,
                       char **argv,
                       struct operands *rest,
                       struct complaint *c);

/* The value of one option before anything else is read: argv wins over the environment. */
const char *option_peek(const char *name, int argc, char **argv);

/* True when argv asks for --help or -h. */
bool options_want_help(int argc, char **argv);

/* Usage, options, notes. */
void options_print_help(const struct option_table *t);

#endif
