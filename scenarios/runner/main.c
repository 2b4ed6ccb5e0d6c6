#include <signal.h>
#include <stdio.h>

#include "scenarios/runner/run.h"

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

static const char k_usage[] =
    "usage: mockd_cases --server PROGRAM [--keep] FILE...\n"
    "       mockd_cases --check FILE...\n"
    "\n"
    "Plays black-box case files, each against a server of its own. tests/http/README.md\n"
    "describes the files.\n"
    "\n"
    "  --server PROGRAM  the mockd to start\n"
    "  --keep            leave each case's temporary folder behind\n"
    "  --check           only read the files: is everything in them understood?\n"
    "\n"
    "exit: 0 all passed, 1 some failed, 2 wrong usage\n";

static int usage(const char *problem, const char *what)
{
    fprintf(stderr, "mockd_cases: %s%s\n%s", problem, what, k_usage);
    return EXIT_USAGE;
}

static int play_all(const struct run_options *options, char **files, int n)
{
    int failed = 0;
    for (int i = 0; i < n; i++)
        failed += !play_case(options, files[i]);
    if (n > 1)
        printf("%d of %d cases failed\n", failed, n);
    return failed ? EXIT_FAILED : EXIT_OK;
}

int main(int argc, char **argv)
{
    int i = 1;
    struct run_options options = {.self = argv[0]};

    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(k_usage, stdout);
            return EXIT_OK;
        }
        if (strcmp(argv[i], "--keep") == 0)
            options.keep = true;
        else if (strcmp(argv[i], "--check") == 0)
            options.check = true;
        else if (strcmp(argv[i], "--server") == 0 && i + 1 < argc)
            options.program = argv[++i];
        else
            return usage("unknown or incomplete option ", argv[i]);
    }
    if (!options.program && !options.check)
        return usage("--server is missing", "");
    if (i == argc)
        return usage("no case file given", "");
    signal(SIGPIPE, SIG_IGN); // NOLINT(cert-sig01-c): ignoring needs no handler
    httpc_setup();
    return play_all(&options, argv + i, argc - i);
}
