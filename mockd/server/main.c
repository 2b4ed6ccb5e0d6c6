#include <stdio.h>
#include <string.h>

#include "mockd/server/commands.h"
#include "mockd/server/exit_code.h"
#include "mockd/server/serve_options.h"

static int cmd_version(int argc, char **argv);
static int cmd_help(int argc, char **argv);

static const struct command {
    const char *name;
    command_fn *run;
    const struct option_table *table; /* for `help NAME`; NULL: no options */
    const char *summary;
} k_commands[] = {
    {"serve", cmd_serve, &k_serve_table, "start the server (what is done without a subcommand)"},
    {"validate", cmd_validate, &k_validate_table, "check config files without starting anything"},
    {"catalog", cmd_catalog, &k_catalog_table, "every documented code, and how to provoke it"},
    {"env", cmd_env, &k_env_table, "how to point an SDK at mockd, ready to paste"},
    {"wait", cmd_wait, &k_wait_table, "wait until a server answers"},
    {"version", cmd_version, NULL, "print the version"},
    {"help", cmd_help, NULL, "help [SUBCOMMAND]"},
};

enum { COMMANDS = sizeof(k_commands) / sizeof(k_commands[0]) };

static int cmd_version(int argc, char **argv)
{
    struct complaint c;
    if (argc) {
        complain(&c, "version takes nothing more, not \"%s\"", argv[0]);
        return usage_error(&c);
    }
    printf("mockd %s\n", MOCKD_VERSION);
    return EXIT_CODE_OK;
}

static void print_overview(void)
{
    printf("mockd %s stands in for SMS providers: SMS Partner and Nexmo/Vonage.\n\n"
           "usage: mockd [SUBCOMMAND] [options]\n\n",
           MOCKD_VERSION);
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-10s %s\n", k_commands[i].name, k_commands[i].summary);
    printf(
        "\n`mockd help serve` lists the server's options. Exit codes: 0 ok, 1 failed, 2 usage or\n"
        "invalid file, 3 port cannot be bound, 70 internal error, 130 interrupted.\n");
}

static const struct command *find(const char *name)
{
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(k_commands[i].name, name) == 0)
            return &k_commands[i];
    }
    return NULL;
}

static int unknown(const char *name)
{
    struct complaint c;
    struct str names[COMMANDS];
    for (int i = 0; i < COMMANDS; i++)
        names[i] = str_from_cstr(k_commands[i].name);
    const struct str near = nearest_name(str_from_cstr(name), names, COMMANDS);
    complain(&c, "unknown subcommand \"%s\"%s%.*s%s", name, near.n ? "; did you mean " : "",
             STR_ARG(near), near.n ? "?" : ", see mockd help");
    return usage_error(&c);
}

static int cmd_help(int argc, char **argv)
{
    const struct command *c = argc ? find(argv[0]) : NULL;
    if (argc && !c)
        return unknown(argv[0]);
    if (c && c->table)
        options_print_help(c->table);
    else
        print_overview();
    return EXIT_CODE_OK;
}

int usage_error(const struct complaint *c)
{
    fprintf(stderr, "mockd: %s\n", c->text);
    return EXIT_CODE_USAGE;
}

bool command_options(const struct option_table *t,
                     void *target,
                     int argc,
                     char **argv,
                     struct operands *rest,
                     int *status)
{
    struct complaint c;
    struct operands none;
    struct operands *found = rest ? rest : &none;
    *status = EXIT_CODE_OK;
    if (options_want_help(argc, argv)) {
        options_print_help(t);
        return false;
    }
    if (options_from_env(t, target, &c) && options_from_args(t, target, argc, argv, found, &c)) {
        if (rest || found->n == 0)
            return true;
        complain(&c, "%s takes options only, not \"%s\"", t->command, found->v[0]);
    }
    *status = usage_error(&c);
    return false;
}

int main(int argc, char **argv)
{
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
        return cmd_help(0, NULL);
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return cmd_version(0, NULL);
    if (argc < 2 || argv[1][0] == '-')
        return cmd_serve(argc - 1, argv + 1);
    const struct command *c = find(argv[1]);
    return c ? c->run(argc - 2, argv + 2) : unknown(argv[1]);
}
