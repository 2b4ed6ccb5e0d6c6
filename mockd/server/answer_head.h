#ifndef MOCKD_SERVER_ANSWER_HEAD_H
#define MOCKD_SERVER_ANSWER_HEAD_H

#include "mockd/core/rq.h"

/*
 * Replaces head by the answer's status line and header fields. Date is session time. An empty
 * `connection` leaves that field out.
 */
void answer_head(struct buf *head, const struct rq *rq, struct str reason, struct str connection);

#endif
