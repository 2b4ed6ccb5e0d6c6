#ifndef MOCKD_SERVER_REFUSAL_H
#define MOCKD_SERVER_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

/* What the HTTP parser saw of a request that never reaches the pipeline. Text it did not get to is
 * NULL. */
struct unparsed {
    int status;      /* the parser's own verdict; 0: it gave none */
    const char *why; /* ... in its words */
    const char *method, *target, *version;
    int nheaders; /* below 0: they could not be read */
    bool has_transfer_encoding;
};

enum { REFUSAL_MAX = 1024 };

/* A whole answer, head and problem document, that ends the connection; returns its length. */
size_t refusal_write(char out[REFUSAL_MAX], const struct unparsed *u);

#endif
