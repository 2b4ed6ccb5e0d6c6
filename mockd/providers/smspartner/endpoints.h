#ifndef MOCKD_PROVIDERS_SMSPARTNER_ENDPOINTS_H
#define MOCKD_PROVIDERS_SMSPARTNER_ENDPOINTS_H

#include "mockd/core/rq.h"
#include "smspartner_errors.h"

/* The host's endpoints; both names are places in the table. */
enum { AT_SEND, AT_BULK_SEND, SMSPARTNER_ENDPOINTS = 38 };
extern const struct endpoint k_smspartner_endpoints[SMSPARTNER_ENDPOINTS];

/* What the table in endpoints.c takes from the file of each endpoint. */

enum err smspartner_me(struct rq *rq);

enum {
    SEND_NUMBERS,
    SEND_MESSAGE,
    SEND_RANGE,
    SEND_SENDER,
    SEND_TAG,
    SEND_DATE,
    SEND_TIME,
    SEND_MINUTE,
    SEND_URL_RESPONSE,
    SEND_URL_DLR,
    SEND_STOP_NOTICE,
    SEND_UNICODE,
    SEND_SANDBOX,
    SEND_LIST,
    SEND_SURVEY,
    SEND_CONTENT,
    SEND__COUNT
};

/* All that send have these inputs, each some of them. */
extern const struct param k_send_params[SEND__COUNT];
extern const struct param k_bulk_params[SEND__COUNT];
extern const struct param k_vn_params[SEND__COUNT];
extern const struct param k_survey_params[SEND__COUNT];
extern const struct param k_rcs_params[SEND__COUNT];
extern step_fn *const k_send_checks[];
extern step_fn *const k_bulk_checks[];
extern step_fn *const k_vn_checks[];
extern step_fn *const k_survey_checks[];
extern step_fn *const k_rcs_checks[];
enum err smspartner_send(struct rq *rq); /* /vn/send and /sondage/to/send answer the same */
enum err smspartner_bulk_send(struct rq *rq);
enum err smspartner_rcs_send(struct rq *rq);

enum { CANCEL_ID, CANCEL_NUMBER, CANCEL_NUMBERS, CANCEL__COUNT };
extern const struct param k_cancel_params[CANCEL__COUNT];
extern step_fn *const k_cancel_checks[];
enum err smspartner_cancel(struct rq *rq);

enum { STATUS_NUMBER, STATUS_ID, STATUS__COUNT };
extern const struct param k_status_params[STATUS__COUNT];
extern step_fn *const k_status_checks[];
enum err smspartner_status(struct rq *rq);

enum { MULTI_LIST, MULTI__COUNT };
extern const struct param k_multi_params[MULTI__COUNT];
extern step_fn *const k_multi_checks[];
enum err smspartner_multi_status(struct rq *rq);

enum { BULK_ID, BULK__COUNT };
extern const struct param k_bulk_status_params[BULK__COUNT];
enum err smspartner_bulk_status(struct rq *rq);

enum { TAG_TAG, TAG_PAGE, TAG__COUNT };
extern const struct param k_tag_params[TAG__COUNT];
extern step_fn *const k_tag_checks[];
enum err smspartner_tag_status(struct rq *rq);

enum { COST_INTERVAL, COST_FROM, COST_TO, COST__COUNT };
extern const struct param k_cost_params[COST__COUNT];
extern const struct rate_limit k_cost_limits[];
extern step_fn *const k_cost_checks[];
enum err smspartner_cost_resume(struct rq *rq);

enum { STOP_NUMBER, STOP_ADD__COUNT };
extern const struct param k_stop_add_params[STOP_ADD__COUNT];
extern step_fn *const k_stop_add_checks[];
enum err smspartner_stop_add(struct rq *rq);

enum { STOP_ID, STOP_DELETE__COUNT };
extern const struct param k_stop_delete_params[STOP_DELETE__COUNT];
enum err smspartner_stop_delete(struct rq *rq);
enum err smspartner_stop_list(struct rq *rq);

enum { GROUP_NAME, GROUP_ADD__COUNT };
extern const struct param k_group_add_params[GROUP_ADD__COUNT];
extern step_fn *const k_group_add_checks[];
enum err smspartner_group_add(struct rq *rq);

enum { GROUP_ID, GROUP_DELETE__COUNT };
extern const struct param k_group_delete_params[GROUP_DELETE__COUNT];
extern step_fn *const k_group_delete_checks[];
enum err smspartner_group_delete(struct rq *rq);
enum err smspartner_group_list(struct rq *rq);

enum { CONTACT_ADD_GROUP, CONTACT_ADD_ONE, CONTACT_ADD_LIST, CONTACT_ADD__COUNT };
extern const struct param k_contact_add_params[CONTACT_ADD__COUNT];
extern step_fn *const k_contact_add_checks[];
enum err smspartner_contact_add(struct rq *rq);

enum { UPDATE_ID, UPDATE_CONTACT, UPDATE__COUNT };
extern const struct param k_contact_update_params[UPDATE__COUNT];
extern step_fn *const k_contact_update_checks[];
enum err smspartner_contact_update(struct rq *rq);

enum { CONTACT_ID, CONTACT_ID__COUNT };
extern const struct param k_contact_id_params[CONTACT_ID__COUNT];
extern step_fn *const k_contact_id_checks[];
enum err smspartner_contact_delete(struct rq *rq);
enum err smspartner_contact_detail(struct rq *rq);

enum { CONTACT_LIST_GROUP, CONTACT_LIST_PAGE, CONTACT_LIST__COUNT };
extern const struct param k_contact_list_params[CONTACT_LIST__COUNT];
extern step_fn *const k_contact_list_checks[];
enum err smspartner_contact_list(struct rq *rq);

enum { FORWARD_NUMBER, FORWARD_TYPE, FORWARD_PARAM, FORWARD__COUNT };
extern const struct param k_callforward_params[FORWARD__COUNT];
extern step_fn *const k_callforward_checks[];
enum err smspartner_callforward(struct rq *rq);

enum { VERIFY_NUMBERS, LOOKUP__COUNT };
extern const struct param k_lookup_params[LOOKUP__COUNT];
extern const struct rate_limit k_lookup_limits[];
extern step_fn *const k_lookup_checks[];
enum err smspartner_lookup(struct rq *rq);

enum { HLR_URL = VERIFY_NUMBERS + 1, HLR_TAG, HLR__COUNT };
extern const struct param k_hlr_params[HLR__COUNT];
extern const struct rate_limit k_hlr_limits[];
extern step_fn *const k_hlr_checks[];
enum err smspartner_hlr_notify(struct rq *rq);

enum { OPTIN_OP, OPTIN_PARAMETERS, OPTIN_VOLUMES, OPTIN_URL, OPTIN__COUNT };
extern const struct param k_optin_params[OPTIN__COUNT];
extern step_fn *const k_optin_checks[];
enum err smspartner_optin(struct rq *rq);

enum { RENTAL_TOKEN, RENTAL__COUNT };
extern const struct param k_rental_params[RENTAL__COUNT];
extern step_fn *const k_rental_checks[];
extern step_fn *const k_download_checks[];
enum err smspartner_rental_status(struct rq *rq);
enum err smspartner_rental_download(struct rq *rq);

/* struct provider's closed: a file that was being sent has left. */
void smspartner_rental_sent(struct rq *rq);

/* ---- answers of more than one endpoint (smspartner.c) -------------------- */

/* A refusal whose wire text names something of this request. */
enum err smspartner_refuse_text(struct rq *rq,
                                const struct catalogue_entry *e,
                                struct str text,
                                struct str why);

/* A refusal with the numbers it is about, in an array after the message. */
enum err smspartner_refuse_numbers(struct rq *rq,
                                   const struct catalogue_entry *e,
                                   const struct str *numbers,
                                   size_t n,
                                   struct str why);

/* One element of a code 9 list. */
struct violation {
    struct str element;                     /* "children[message].data" */
    struct str message;                     /* as the list words it */
    struct str why;                         /* what is wrong, for people */
    const struct catalogue_entry *alone;    /* the code when nothing else is wrong; NULL: a list */
    const struct catalogue_entry *in_table; /* the same for validation_errors=table */
};

/* Code 9 with its list. */
enum err smspartner_refuse_list(struct rq *rq, const struct violation *v, size_t n, struct str why);

#endif
