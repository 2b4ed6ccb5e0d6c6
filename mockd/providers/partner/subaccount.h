#ifndef MOCKD_PROVIDERS_PARTNER_SUBACCOUNT_H
#define MOCKD_PROVIDERS_PARTNER_SUBACCOUNT_H

#include "mockd/core/rq.h"

/*
 * Sub-accounts (smspartner.md 5.6), the same on the SMS and the mail host: an account with a key of
 * its own, whose credit comes from its parent and can go back there. Codes are looked up in the
 * endpoint's groups: "subaccount", and for the creation "subaccount-create" before it.
 */
enum { CREATE_TYPE, CREATE_PARAMETERS, CREATE__COUNT };
extern const struct param k_subaccount_create_params[CREATE__COUNT];
extern step_fn *const k_subaccount_create_checks[];
enum err partner_subaccount_create(struct rq *rq);

enum { REMOVE_TOKEN, REMOVE__COUNT };
extern const struct param k_subaccount_remove_params[REMOVE__COUNT];
extern step_fn *const k_subaccount_remove_checks[];
enum err partner_subaccount_remove(struct rq *rq);

enum { SUBACCOUNTS_PAGE, SUBACCOUNTS__COUNT };
extern const struct param k_subaccount_list_params[SUBACCOUNTS__COUNT];
extern step_fn *const k_subaccount_list_checks[];
enum err partner_subaccount_list(struct rq *rq);

enum { CREDIT_AMOUNT, CREDIT_TOKEN, CREDIT__COUNT };
extern const struct param k_subaccount_credit_params[CREDIT__COUNT];
extern step_fn *const k_subaccount_credit_checks[];
enum err partner_subaccount_credit_add(struct rq *rq);
enum err partner_subaccount_credit_remove(struct rq *rq);

#endif
