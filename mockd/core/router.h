#ifndef MOCKD_CORE_ROUTER_H
#define MOCKD_CORE_ROUTER_H

#include "mockd/core/rq.h"

/*
 * Cuts "/s/{id}" off rq->path; absent when the path has no session prefix.
 */
struct str router_session(struct rq *rq);

/*
 * Chooses rq->provider and cuts its prefix off rq->path (design: path prefix, Host header, port,
 * a path only one provider has, SMS Partner for what is left of /v1/).
 */
void router_provider(struct rq *rq);

/* Sets rq->endpoint and rq->path_arg[], or says why none fits. HEAD goes where GET goes. */
bool router_endpoint(struct rq *rq, enum miss *why);

/* True when path fits the pattern "/a/{b}"; args get the holes, percent-decoded. */
bool router_fits(struct arena *a, struct str pattern, struct str path, struct str *args);

#endif
