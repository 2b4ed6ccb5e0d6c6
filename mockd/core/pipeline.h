#ifndef MOCKD_CORE_PIPELINE_H
#define MOCKD_CORE_PIPELINE_H

#include "mockd/core/rq.h"

/*
 * A request's way through the server, in two halves because the body is read in between. The caller
 * filled the "as received" part of rq; arena and reply are its own.
 */

/*
 * Session, provider, endpoint. Returns how many body bytes may be read. rq->session is held until
 * pipeline_finish().
 */
size_t pipeline_head(struct rq *rq);

/* Decodes, gates, checks, handles, journals. The answer is then in rq. */
void pipeline_run(struct rq *rq);

/* Answers what could not be read: status 400, 408, 411, 413, 431 with a sentence. */
void pipeline_refuse_transport(struct rq *rq, int status, struct str why);

/* After the answer left. */
void pipeline_finish(struct rq *rq, int64_t sent_bytes);

#endif
