#ifndef MOCKD_SERVER_PORTS_H
#define MOCKD_SERVER_PORTS_H

#include <stddef.h>

/*
 * Says for people why these ports of an IPv4 address could not be bound, by trying each alone.
 * The HTTP library only says that something went wrong.
 */
void ports_explain(const char *host, const int *ports, size_t n, char *out, size_t size);

#endif
