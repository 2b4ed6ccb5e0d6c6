#include "mockd/providers/nexmo/work.h"

static bool one_of(struct str s, const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(s, words[i]))
            return true;
    }
    return false;
}

static bool is_hex(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char low = (char)(s.p[i] | 0x20);
        if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(low >= 'a' && low <= 'f'))
            return false;
    }
    return s.n % 2 == 0;
}

static bool is_protocol_id(struct str s)
{
    return nexmo_int_in(s, 0, 255);
}

static bool is_message_class(struct str s)
{
    return nexmo_int_in(s, 0, 3);
}

static bool is_milliseconds(struct str s)
{
    return nexmo_int_in(s, 0, UINT32_MAX);
}

static bool is_ttl(struct str s)
{
    return nexmo_int_in(s, 20000, 604800000);
}

static bool is_switch(struct str s)
{
    static const struct str k_words[] = {STR_INIT("0"), STR_INIT("1"), STR_INIT("true"),
                                         STR_INIT("false")};
    return one_of(s, k_words, sizeof(k_words) / sizeof(k_words[0]));
}

/* type, to and from have rules of their own. */
const struct param k_nexmo_params[IN__COUNT] = {
    [IN_TYPE] = {.name = STR_INIT("type")},
    [IN_TO] = {.name = STR_INIT("to")},
    [IN_FROM] = {.name = STR_INIT("from")},
    [IN_TEXT] = {.name = STR_INIT("text")},
    [IN_BODY] = {.name = STR_INIT("body"), .valid = is_hex},
    [IN_UDH] = {.name = STR_INIT("udh"), .valid = is_hex},
    [IN_PROTOCOL_ID] = {.name = STR_INIT("protocol-id"), .valid = is_protocol_id},
    [IN_TITLE] = {.name = STR_INIT("title")},
    [IN_URL] = {.name = STR_INIT("url")},
    [IN_VALIDITY] = {.name = STR_INIT("validity"), .valid = is_milliseconds},
    [IN_VCARD] = {.name = STR_INIT("vcard")},
    [IN_VCAL] = {.name = STR_INIT("vcal")},
    [IN_TTL] = {.name = STR_INIT("ttl"), .valid = is_ttl},
    [IN_TTL_HOURS] = {.name = STR_INIT("ttl-hours")},
    [IN_TTL_MINUTES] = {.name = STR_INIT("ttl-minutes")},
    [IN_TTL_SECONDS] = {.name = STR_INIT("ttl-seconds")},
    [IN_REPORT] = {.name = STR_INIT("status-report-req"), .valid = is_switch},
    [IN_MESSAGE_CLASS] = {.name = STR_INIT("message-class"), .valid = is_message_class},
    [IN_CLIENT_REF] = {.name = STR_INIT("client-ref")},
    [IN_CALLBACK] = {.name = STR_INIT("callback")},
    [IN_ACCOUNT_REF] = {.name = STR_INIT("account-ref")},
    [IN_ENTITY_ID] = {.name = STR_INIT("entity-id")},
    [IN_CONTENT_ID] = {.name = STR_INIT("content-id")},
    [IN_NETWORK_CODE] = {.name = STR_INIT("network-code")},
    [IN_TEST_REACHABLE] = {.name = STR_INIT("test-reachable")},
    [IN_TRUSTED_NUMBER] = {.name = STR_INIT("trusted-number")},
    [IN_TRUSTED_SENDER] = {.name = STR_INIT("trusted_sender")},
    [IN_POOL_ID] = {.name = STR_INIT("pool-id")},
    [IN_API_KEY] = {.name = STR_INIT("api_key"), .alias = STR_INIT("username")},
    [IN_API_SECRET] = {.name = STR_INIT("api_secret"), .alias = STR_INIT("password")},
    [IN_SIG] = {.name = STR_INIT("sig")},
    [IN_TIMESTAMP] = {.name = STR_INIT("timestamp")},
};

static const struct content k_contents[] = {
    {STR_INIT("text"), {IN_TEXT, IN_TEXT}, SMS_GSM7, {160, 152}},
    {STR_INIT("unicode"), {IN_TEXT, IN_TEXT}, SMS_UCS2, {70, 66}},
    {STR_INIT("binary"), {IN_BODY, IN_BODY}, SMS_BINARY, {140, 132}},
    {STR_INIT("wappush"), {IN_TITLE, IN_URL}, SMS_BINARY, {140, 132}},
    {STR_INIT("vcal"), {IN_VCAL, IN_VCAL}, SMS_BINARY, {140, 132}},
    {STR_INIT("vcard"), {IN_VCARD, IN_VCARD}, SMS_BINARY, {140, 132}},
};

const struct content *nexmo_content(const struct rq *rq)
{
    if (nexmo_missing(rq, IN_TYPE))
        return &k_contents[0];
    for (size_t i = 0; i < sizeof(k_contents) / sizeof(k_contents[0]); i++) {
        if (str_eq(rq->param[IN_TYPE].text, k_contents[i].type))
            return &k_contents[i];
    }
    return NULL;
}
