#ifndef MOCKD_PROVIDERS_SMSPARTNER_FATE_H
#define MOCKD_PROVIDERS_SMSPARTNER_FATE_H

#include "mockd/core/rq.h"

/*
 * How a message ends (smspartner.md 12). What a recipient's number decides is fixed when the
 * message is accepted; everything else follows from the row's times.
 */

/*
 * Sets receipt, interim and final_ms by m->recipient and m->send_ms. A message that stays with the
 * operator has the receipt EXPIRED after 48 hours; its interim says what is known until then
 * (RECEIPT_PENDING, RECEIPT_ACCEPTD or RECEIPT_ENROUTE; 0: nothing).
 */
void smspartner_fate(struct rq *rq, struct message *m);

#endif
