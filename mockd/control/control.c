#include "mockd/control/control.h"

#include "mockd/control/internal.h"

enum { BODY_MAX = 1 << 20 };

#define QUERY(wire)                                                                                \
    {                                                                                              \
        .name = STR_INIT(wire)                                                                     \
    }

static const struct param k_page[] = {QUERY("limit"), QUERY("offset")};
static const struct param k_provider[] = {QUERY("provider")};
static const struct param k_accounts[] = {QUERY("provider"), QUERY("limit"), QUERY("offset")};
static const struct param k_requests[] = {
    QUERY("provider"), QUERY("endpoint"), QUERY("method"), QUERY("urlPath"),
    QUERY("apiKey"),   QUERY("to"),       QUERY("status"), QUERY("catalogId"),
    QUERY("since"),    QUERY("limit"),    QUERY("offset"),
};
static const struct param k_messages[] = {
    QUERY("account"), QUERY("provider"), QUERY("to"), QUERY("tag"), QUERY("limit"), QUERY("before"),
};

static step_fn *const k_body[] = {control_needs_body, NULL};
static step_fn *const k_body_or_none[] = {control_takes_body, NULL};

/* The last two of a filtered list say which page of it, and a deletion has none. */
enum { NREQUESTS = sizeof(k_requests) / sizeof(k_requests[0]), NREQUEST_FILTERS = NREQUESTS - 2 };

#define ROW(verb, url, fn, help, ...)                                                              \
    {                                                                                              \
        .method = METHOD_##verb, .path = STR_INIT(url), .handle = (fn), .summary = STR_INIT(help), \
        __VA_ARGS__                                                                                \
    }
#define PARAMS(table) .params = (table), .nparams = sizeof(table) / sizeof((table)[0])
#define PROBE         .skips = GATE_TOKEN
#define PLAIN         .skips = 0

/* A row with a hole comes after those that have a word there. */
static const struct endpoint k_endpoints[] = {
    ROW(GET, "/livez", control_livez, "The process answers", PROBE),
    ROW(GET, "/readyz", control_readyz, "Requests are taken; 503 while stopping", PROBE),
    ROW(GET, "/metrics", control_metrics, "Counters in the Prometheus text format", PLAIN),
    ROW(GET, "/__admin/health", control_health, "Health, version, uptime", PLAIN),
    ROW(GET, "/__admin/version", control_version, "Version", PLAIN),
    ROW(POST, "/__admin/shutdown", control_shutdown, "Ends the server", PLAIN),

    ROW(GET, "/__admin/settings", control_get_settings, "How the session behaves", PLAIN),
    ROW(PUT,
        "/__admin/settings",
        control_put_settings,
        "Changes the settings given",
        .checks = k_body),
    ROW(GET,
        "/__admin/catalog",
        control_catalog,
        "Every documented code and its triggers",
        PARAMS(k_provider)),

    ROW(GET,
        "/__admin/requests",
        control_list_requests,
        "The journal, newest first",
        PARAMS(k_requests)),
    ROW(DELETE,
        "/__admin/requests",
        control_delete_requests,
        "Forgets requests",
        .params = k_requests,
        .nparams = NREQUEST_FILTERS),
    ROW(POST,
        "/__admin/requests/find",
        control_find_requests,
        "Requests that fit a match",
        PARAMS(k_page),
        .checks = k_body_or_none),
    ROW(POST,
        "/__admin/requests/count",
        control_count_requests,
        "How many fit a match",
        .checks = k_body_or_none),
    ROW(POST,
        "/__admin/requests/remove",
        control_remove_requests,
        "Forgets those that fit a match",
        .checks = k_body),
    ROW(POST,
        "/__admin/requests/wait",
        control_wait_requests,
        "Waits until enough fit a match",
        .checks = k_body_or_none),
    ROW(GET,
        "/__admin/requests/unmatched",
        control_unmatched_requests,
        "Requests that fit no endpoint, and the nearest ones",
        PARAMS(k_page)),
    ROW(GET, "/__admin/requests/{id}", control_get_request, "One request", PLAIN),
    ROW(DELETE, "/__admin/requests/{id}", control_delete_request, "Forgets one request", PLAIN),

    ROW(GET,
        "/__admin/messages",
        control_list_messages,
        "What recipients see, newest first",
        PARAMS(k_messages)),
    ROW(DELETE, "/__admin/messages", control_delete_messages, "Forgets all messages", PLAIN),
    ROW(GET, "/__admin/messages/{id}", control_get_message, "One message", PLAIN),
    ROW(POST,
        "/__admin/messages/{id}/status",
        control_set_status,
        "Forces the final receipt, now",
        .checks = k_body),

    ROW(GET, "/__admin/accounts", control_list_accounts, "Accounts", PARAMS(k_accounts)),
    ROW(POST, "/__admin/accounts", control_add_account, "Adds an account", .checks = k_body),
    ROW(GET, "/__admin/accounts/{key}", control_get_account, "One account", PARAMS(k_provider)),
    ROW(PATCH,
        "/__admin/accounts/{key}",
        control_patch_account,
        "Changes the members given",
        PARAMS(k_provider),
        .checks = k_body),
    ROW(DELETE,
        "/__admin/accounts/{key}",
        control_delete_account,
        "Deletes an account",
        PARAMS(k_provider)),

    ROW(GET, "/__admin/clock", control_get_clock, "The session's time", PLAIN),
    ROW(PUT,
        "/__admin/clock",
        control_put_clock,
        "Freezes, advances, sets or resumes it",
        .checks = k_body),

    ROW(GET, "/__admin/sessions", control_list_sessions, "Sessions", PLAIN),
    ROW(POST,
        "/__admin/sessions",
        control_add_session,
        "Makes an isolated session",
        .checks = k_body_or_none),
    ROW(GET, "/__admin/sessions/{id}", control_get_session, "One session", PLAIN),
    ROW(DELETE, "/__admin/sessions/{id}", control_delete_session, "Ends a session", PLAIN),
    ROW(POST, "/__admin/reset", control_reset, "Back to the state at start", PLAIN),
};

static const struct gate k_gates[] = {
    {GATE_TOKEN, control_gate_token},
    {GATE_ORIGIN, control_gate_origin},
    {GATE_QUERY, control_known_query},
};

const struct provider control_provider = {
    .name = STR_INIT("control"),
    .id = PROVIDER_CONTROL,
    .prefix = STR_INIT(""),
    .endpoints = k_endpoints,
    .nendpoints = sizeof(k_endpoints) / sizeof(k_endpoints[0]),
    .gates = k_gates,
    .ngates = sizeof(k_gates) / sizeof(k_gates[0]),
    .max_body = BODY_MAX,
    .journalled = false,
    .decode = control_decode,
    .refuse = control_refuse,
    .miss = control_missed,
    .unreadable = control_unreadable,
    .headers = control_headers,
};
