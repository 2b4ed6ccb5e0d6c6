#ifndef MOCKD_SERVER_COMMANDS_H
#define MOCKD_SERVER_COMMANDS_H

#include "mockd/server/options.h"

/* A subcommand. argv is what follows its name; the result is the exit status. */
typedef int command_fn(int argc, char **argv);

command_fn cmd_serve;
command_fn cmd_validate;
command_fn cmd_catalog;
command_fn cmd_wait;
command_fn cmd_env;

/* Prints "mockd: …" and gives EXIT_CODE_USAGE. */
int usage_error(const struct complaint *c);

/*
 * Environment and arguments into target; rest NULL: there may be nothing but options. True to go
 * on; else *status is the exit status: help was printed, or a complaint.
 */
bool command_options(const struct option_table *t,
                     void *target,
                     int argc,
                     char **argv,
                     struct operands *rest,
                     int *status);

extern const struct option_table k_validate_table, k_catalog_table, k_wait_table, k_env_table;

#endif
