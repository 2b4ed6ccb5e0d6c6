#include <stdio.h>

#include "mockd/server/commands.h"
#include "mockd/server/config.h"
#include "mockd/server/exit_code.h"
#include "mockd/server/serve_options.h"

const struct option_table k_validate_table = {
    .command = "validate",
    .usage = "FILE...",
    .summary = "Checks config files as `mockd serve --config FILE` would, and starts nothing.\n"
               "Each problem is one line, FILE:LINE: JSON pointer: what is wrong; exit 2 if any.",
};

int cmd_validate(int argc, char **argv)
{
    int status;
    struct operands files;
    struct complaint c;
    if (!command_options(&k_validate_table, NULL, argc, argv, &files, &status))
        return status;
    if (files.n == 0) {
        complain(&c, "validate needs at least one file");
        return usage_error(&c);
    }
    for (int i = 0; i < files.n; i++) {
        struct arena a;
        struct config config;
        arena_init(&a);
        if (config_read(&a, files.v[i], &k_serve_table, &config, &c)) {
            printf("%s: ok\n", files.v[i]);
        } else {
            fprintf(stderr, "%s\n", c.text); /* begins with FILE:LINE, as editors expect */
            status = EXIT_CODE_USAGE;
        }
        arena_release(&a);
    }
    return status;
}
