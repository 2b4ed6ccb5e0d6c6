#ifndef MOCKD_SERVER_EXIT_CODE_H
#define MOCKD_SERVER_EXIT_CODE_H

/* What the program's exit status means. Scripts rely on these numbers: they never move. */
enum exit_code {
    EXIT_CODE_OK = 0,
    EXIT_CODE_FAILED = 1, /* a verdict, or an error at run time */
    EXIT_CODE_USAGE = 2,  /* command line, or an invalid file */
    EXIT_CODE_PORT = 3,   /* a port cannot be bound */
    EXIT_CODE_INTERNAL = 70,
    EXIT_CODE_INTERRUPTED = 130,
};

#endif
