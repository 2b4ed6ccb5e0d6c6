#include "mockd/providers/nexmo/answer.h"
#include "mockd/providers/nexmo/nexmo.h"
#include "mockd/providers/nexmo/work.h"
#include "nexmo_errors.h"

enum { BODY_MAX = 64 * 1024 };

static const struct str k_hosts[] = {STR_INIT("rest.nexmo.com"), STR_INIT("api.nexmo.com")};

static const struct gate k_gates[] = {
    {1U << 0, nexmo_gate_header},
    {1U << 1, nexmo_gate_error_key},
    {1U << 2, nexmo_gate_credentials},
    {1U << 3, nexmo_gate_magic_number},
};

#define SUBMIT(verb, where)                                                                        \
    {                                                                                              \
        .method = (verb), .path = STR_INIT(where), .group = STR_INIT("sms"),                       \
        .params = k_nexmo_params, .nparams = IN__COUNT, .checks = k_nexmo_rules,                   \
        .handle = nexmo_submit, .summary = STR_INIT("Send an SMS"),                                \
    }

static const struct endpoint k_endpoints[] = {
    SUBMIT(METHOD_POST, "/sms/json"),
    SUBMIT(METHOD_GET, "/sms/json"),
    SUBMIT(METHOD_POST, "/sms/xml"),
    SUBMIT(METHOD_GET, "/sms/xml"),
};

static enum out_format format(const struct rq *rq)
{
    return rq->endpoint && str_ends(rq->endpoint->path, STR("/xml")) ? OUT_XML_NAMED : OUT_JSON;
}

static struct str recipient(const struct rq *rq)
{
    const struct work *w = rq->work;
    return w ? w->to : (struct str){0};
}

const struct provider nexmo_provider = {
    .name = STR_INIT("nexmo"),
    .id = PROVIDER_NEXMO,
    .prefix = STR_INIT("/nexmo"),
    .hosts = k_hosts,
    .nhosts = sizeof(k_hosts) / sizeof(k_hosts[0]),
    .endpoints = k_endpoints,
    .nendpoints = sizeof(k_endpoints) / sizeof(k_endpoints[0]),
    .catalogue = &nexmo_catalogue,
    .gates = k_gates,
    .ngates = sizeof(k_gates) / sizeof(k_gates[0]),
    .max_body = BODY_MAX,
    .journalled = true,
    .decode = nexmo_decode,
    .format = format,
    .refuse = nexmo_refuse,
    .miss = nexmo_miss,
    .unreadable = nexmo_unreadable,
    .headers = nexmo_headers,
    .opened = nexmo_opened,
    .closed = nexmo_closed,
    .recipient = recipient,
    .message_id = nexmo_message_id,
};
