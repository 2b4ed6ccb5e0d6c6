#include "tests/unit/str_assert.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "mailpartner_errors.h"
#include "nexmo_errors.h"
#include "smspartner_errors.h"
#include "voicepartner_errors.h"

static const struct catalogue *const k_catalogues[] = {
    &smspartner_catalogue,
    &voicepartner_catalogue,
    &mailpartner_catalogue,
    &nexmo_catalogue,
};

enum { CATALOGUES = sizeof k_catalogues / sizeof k_catalogues[0] };

typedef void visit(const struct catalogue *c, const struct catalogue_entry *e);

static void for_each_entry(visit *look)
{
    for (size_t c = 0; c < CATALOGUES; c++)
        for (size_t i = 0; i < k_catalogues[c]->n; i++) {
            const struct catalogue_entry *e = &k_catalogues[c]->entries[i];
            print_message("%.*s\n", STR_ARG(e->id));
            look(k_catalogues[c], e);
        }
}

static void look_for_itself(const struct catalogue *c, const struct catalogue_entry *e)
{
    /* Finds the first with this id, so a second one would not find itself. */
    assert_ptr_equal(catalogue_find(c, e->id), e);
}

static void every_entry_is_found_by_an_id_of_its_own(void **state)
{
    (void)state;
    for_each_entry(look_for_itself);
    assert_null(catalogue_find(&smspartner_catalogue, STR("smspartner.send.4200")));
    assert_null(catalogue_find(&smspartner_catalogue, STR("nexmo.sms.9")));
    assert_null(catalogue_find(&smspartner_catalogue, STR("")));
}

static void a_code_is_looked_up_within_its_group(void **state)
{
    (void)state;
    static const struct {
        const struct catalogue *catalogue;
        struct str group, code;
        int want; /* index, -1 for none */
    } k_cases[] = {
        {&smspartner_catalogue, STR_INIT("send"), STR_INIT("42"), SMSPARTNER_SEND_42},
        {&smspartner_catalogue, STR_INIT("cancel"), STR_INIT("5"), SMSPARTNER_CANCEL_5},
        {&smspartner_catalogue, STR_INIT("cancel-page"), STR_INIT("5"), SMSPARTNER_CANCEL_PAGE_5},
        {&smspartner_catalogue, STR_INIT("statusword"), STR_INIT("not delivered"),
         SMSPARTNER_STATUSWORD_NOT_DELIVERED},
        {&smspartner_catalogue, STR_INIT("dlr"), STR_INIT("UNDELIV"), SMSPARTNER_DLR_UNDELIV},
        {&smspartner_catalogue, STR_INIT("hlr-error"), STR_INIT("0"), SMSPARTNER_HLR_ERROR_0},
        {&smspartner_catalogue, STR_INIT("hlr-error"), STR_INIT("2053"), SMSPARTNER_HLR_ERROR_2053},
        {&smspartner_catalogue, STR_INIT("hlr-error"), STR_INIT("2153"), -1},
        {&smspartner_catalogue, STR_INIT("send"), STR_INIT("042"), -1},
        {&smspartner_catalogue, STR_INIT("send"), STR_INIT("42 "), -1},
        {&smspartner_catalogue, STR_INIT("send"), STR_INIT(""), -1},
        {&smspartner_catalogue, STR_INIT("sen"), STR_INIT("42"), -1},
        {&smspartner_catalogue, STR_INIT("dlr"), STR_INIT("0"), -1},
        {&voicepartner_catalogue, STR_INIT("campaign"), STR_INIT("NOT_CREDIT"),
         VOICEPARTNER_CAMPAIGN_NOT_CREDIT},
        {&voicepartner_catalogue, STR_INIT("campaign"), STR_INIT("0"), -1},
        {&mailpartner_catalogue, STR_INIT("send"), STR_INIT("429"), MAILPARTNER_SEND_429},
        {&nexmo_catalogue, STR_INIT("sms"), STR_INIT("14"), NEXMO_SMS_14},
        {&nexmo_catalogue, STR_INIT("sms-current"), STR_INIT("14"), NEXMO_SMS_CURRENT_14},
    };
    for (size_t i = 0; i < sizeof k_cases / sizeof k_cases[0]; i++) {
        const struct catalogue *c = k_cases[i].catalogue;
        print_message("%.*s %.*s\n", STR_ARG(k_cases[i].group), STR_ARG(k_cases[i].code));
        const struct catalogue_entry *e = catalogue_code(c, k_cases[i].group, k_cases[i].code);
        assert_int_equal(e ? (int)(e - c->entries) : -1, k_cases[i].want);
    }
}

/* The twin 2053 keeps its wire code; only its id differs. */
static void the_second_2053_has_an_id_of_its_own(void **state)
{
    (void)state;
    const struct catalogue_entry *first = &k_smspartner_errors[SMSPARTNER_HLR_ERROR_2053];
    const struct catalogue_entry *second = &k_smspartner_errors[SMSPARTNER_HLR_ERROR_2153];
    assert_int_equal(first->code, 2053);
    assert_int_equal(second->code, 2053);
    assert_str(first->name, STR("EC_BLACKLISTED_SENDERADDRESS"));
    assert_str(second->name, STR("EC_SOURCE_ADDRESS_BLACKLISTED"));
}

static const struct {
    const struct catalogue_entry *entry;
    struct str section, name, en, fr;
    int http_status;
    struct str evidence, class_name;
    bool retryable;
} k_documented[] = {
    {&k_smspartner_errors[SMSPARTNER_SEND_42],
     STR_INIT("Sending SMS"),
     {NULL, 0},
     STR_INIT("The number of characters for a Low Cost SMS is 160 characters"),
     STR_INIT("Le nombre de caractères pour un sms Low Cost est 160 caractères"),
     200,
     STR_INIT("documented"),
     STR_INIT("invalid_request"),
     false},
    {&k_smspartner_errors[SMSPARTNER_SEND_90],
     STR_INIT("Sending SMS"),
     {NULL, 0},
     STR_INIT("The JSON is malformed: syntax error"),
     STR_INIT("Le JSON est malformé: erreur de syntaxe"),
     400,
     STR_INIT("documented"),
     STR_INIT("invalid_request"),
     false},
    {&k_smspartner_errors[SMSPARTNER_HLR_ERROR_27], STR_INIT("Error Codes (HLR)"),
     STR_INIT("EC_ABSENT_SUBSCRIBER"),
     STR_INIT("The subscriber is offline in the network, as confirmed by the device's response "
              "to the radiomessaging. This is often due to the device being turned off."),
     STR_INIT("The subscriber is offline in the network, as confirmed by the device's response "
              "to the radiomessaging. This is often due to the device being turned off."),
     200, STR_INIT("inferred"), STR_INIT("rejected"), true},
    {&k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_NOT_CREDIT],
     STR_INIT("Sending Voice Messages / VMS"),
     {NULL, 0},
     STR_INIT("Insufficient credit"),
     STR_INIT("Crédit insuffisant"),
     400,
     STR_INIT("inferred"),
     STR_INIT("quota"),
     false},
    {&k_mailpartner_errors[MAILPARTNER_SEND_500],
     STR_INIT("Sending Mail"),
     {NULL, 0},
     STR_INIT("Problem adding the mail to the queue"),
     STR_INIT("Problème lors de l’ajout du mail dans la file d’attente"),
     500,
     STR_INIT("inferred"),
     STR_INIT("provider_internal"),
     true},
    {&k_nexmo_errors[NEXMO_SMS_1], STR_INIT("SMS API error codes (legacy)"), STR_INIT("Throttled"),
     STR_INIT("You are sending SMS faster than the account limit (see What is the Throughput "
              "Limit for Outbound SMS?)."),
     STR_INIT("You are sending SMS faster than the account limit (see What is the Throughput "
              "Limit for Outbound SMS?)."),
     200, STR_INIT("documented"), STR_INIT("throttled"), true},
};

static void an_entry_says_what_the_documentation_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof k_documented / sizeof k_documented[0]; i++) {
        const struct catalogue_entry *e = k_documented[i].entry;
        print_message("%.*s\n", STR_ARG(e->id));
        assert_str(e->section, k_documented[i].section);
        assert_str(e->name, k_documented[i].name);
        assert_str(e->en, k_documented[i].en);
        assert_str(e->fr, k_documented[i].fr);
        assert_int_equal(e->http_status, k_documented[i].http_status);
        assert_str(e->evidence, k_documented[i].evidence);
        assert_str(e->class_name, k_documented[i].class_name);
        assert_int_equal(e->retryable, k_documented[i].retryable);
    }
}

static struct str text_at(const cJSON *object, const char *key)
{
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(v) ? str_from_cstr(v->valuestring) : (struct str){NULL, 0};
}

static cJSON *parsed(const struct catalogue_entry *e)
{
    cJSON *json = cJSON_ParseWithLength(e->json.p, e->json.n);
    assert_non_null(json);
    return json;
}

static void look_at_keys(const struct catalogue *c, const struct catalogue_entry *e)
{
    static const char *const k_keys[] = {"id",        "provider",  "section",  "code",
                                         "name",      "message",   "messages", "httpStatus",
                                         "endpoints", "condition", "evidence", "class",
                                         "retryable", "triggers",  NULL};
    const char *const *key = k_keys;
    cJSON *json = parsed(e);
    const cJSON *v;
    (void)c;
    cJSON_ArrayForEach(v, json)
    {
        assert_non_null(*key);
        assert_string_equal(v->string, *key++);
    }
    assert_null(*key);
    cJSON_Delete(json);
}

static void every_public_entry_has_the_published_keys_in_order(void **state)
{
    (void)state;
    for_each_entry(look_at_keys);
}

static void look_at_values(const struct catalogue *c, const struct catalogue_entry *e)
{
    cJSON *json = parsed(e);
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(json, "code");
    const cJSON *messages = cJSON_GetObjectItemCaseSensitive(json, "messages");
    const cJSON *endpoints = cJSON_GetObjectItemCaseSensitive(json, "endpoints");
    (void)c;
    assert_str(text_at(json, "id"), e->id);
    assert_str(text_at(json, "provider"), e->provider);
    assert_str(text_at(json, "section"), e->section);
    if (e->code_text.p)
        assert_str(text_at(json, "code"), e->code_text);
    else
        assert_true(cJSON_IsNumber(code) && code->valueint == e->code);
    assert_str(text_at(json, "name"), e->name);
    assert_str(text_at(json, "message"), e->en);
    assert_str(text_at(messages, "en"), e->en);
    assert_str(text_at(messages, "fr"), e->fr);
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(json, "httpStatus")->valueint,
                     e->http_status);
    assert_int_equal(cJSON_GetArraySize(endpoints), (int)e->nendpoints);
    for (size_t i = 0; i < e->nendpoints; i++)
        assert_str(str_from_cstr(cJSON_GetArrayItem(endpoints, (int)i)->valuestring),
                   e->endpoints[i]);
    assert_str(text_at(json, "condition"), e->why);
    assert_str(text_at(json, "evidence"), e->evidence);
    assert_str(text_at(json, "class"), e->class_name);
    assert_int_equal(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, "retryable")),
                     e->retryable);
    cJSON_Delete(json);
}

static void every_public_entry_agrees_with_its_table_row(void **state)
{
    (void)state;
    for_each_entry(look_at_values);
}

static void look_at_texts(const struct catalogue *c, const struct catalogue_entry *e)
{
    (void)c;
    assert_true(e->nendpoints > 0);
    assert_true(e->why.n > 0);
    assert_true(str_ends(e->why, STR(".")));
    assert_int_equal(str_find(e->why, STR(". ")), e->why.n);
    assert_true(e->en.n > 0 && e->fr.n > 0);
}

static void every_condition_is_one_sentence(void **state)
{
    (void)state;
    for_each_entry(look_at_texts);
}

static bool has_trigger(const struct catalogue_entry *e,
                        const char *kind,
                        const char *value,
                        const char *endpoint)
{
    cJSON *json = parsed(e);
    const cJSON *t;
    bool found = false;
    cJSON_ArrayForEach(t, cJSON_GetObjectItemCaseSensitive(json, "triggers"))
    {
        found = found || (str_eq(text_at(t, "kind"), str_from_cstr(kind)) &&
                          str_eq(text_at(t, "value"), str_from_cstr(value)) &&
                          str_eq(text_at(t, "endpoint"), str_from_cstr(endpoint)));
    }
    cJSON_Delete(json);
    return found;
}

static void the_ways_to_force_an_answer_are_listed(void **state)
{
    (void)state;
    static const struct {
        const struct catalogue_entry *entry;
        const char *kind, *value, *endpoint;
        bool want;
    } k_cases[] = {
        {&k_smspartner_errors[SMSPARTNER_SEND_14], "msisdn", "+33639987014", "POST /v1/send", true},
        {&k_smspartner_errors[SMSPARTNER_SEND_14], "apiKey", "error-14", "POST /v1/bulk-send",
         true},
        {&k_smspartner_errors[SMSPARTNER_SEND_992], "msisdn", "+33639987992", "POST /v1/send",
         true},
        {&k_smspartner_errors[SMSPARTNER_SEND_500], "msisdn", "+33639987500", "POST /v1/send",
         true},
        {&k_smspartner_errors[SMSPARTNER_SEND_20], "account", "mockd-disabled", "POST /v1/send",
         true},
        {&k_smspartner_errors[SMSPARTNER_SEND_42], "header", "X-Mockd-Error: smspartner.send.42",
         "POST /v1/send", true},
        {&k_smspartner_errors[SMSPARTNER_LOCATION_7], "apiKey", "error-7",
         "POST /v1/location/optin", true},
        /* A rental names no phone number. */
        {&k_smspartner_errors[SMSPARTNER_LOCATION_7], "msisdn", "+33639987007",
         "POST /v1/location/optin", false},
        /* The documented table has code 5 first; its namesake is reached by name only. */
        {&k_smspartner_errors[SMSPARTNER_CANCEL_5], "apiKey", "error-5", "GET /v1/message-cancel",
         true},
        {&k_smspartner_errors[SMSPARTNER_CANCEL_PAGE_5], "apiKey", "error-5",
         "GET /v1/message-cancel", false},
        {&k_smspartner_errors[SMSPARTNER_HLR_ERROR_1], "msisdn", "+33639980001",
         "POST /v1/hlr/notify", true},
        {&k_smspartner_errors[SMSPARTNER_HLR_ERROR_2153], "msisdn", "+33639982153",
         "POST /v1/hlr/notify", true},
        {&k_smspartner_errors[SMSPARTNER_HLR_STATUS_52], "msisdn", "+33639989052",
         "POST /v1/hlr/notify", true},
        {&k_smspartner_errors[SMSPARTNER_HLR_STATUS_3], "msisdn", "+33639989003",
         "POST /v1/hlr/notify", true},
        {&k_smspartner_errors[SMSPARTNER_DLR_REJECTD], "msisdn", "+33639988008", "POST /v1/send",
         true},
        {&k_smspartner_errors[SMSPARTNER_STATUSWORD_KO], "msisdn", "+33639988009", "POST /v1/send",
         true},
        {&k_voicepartner_errors[VOICEPARTNER_CAMPAIGN_NOT_CREDIT], "apiKey", "error-NOT_CREDIT",
         "POST /v1/campaign/send", true},
        {&k_mailpartner_errors[MAILPARTNER_SEND_14], "email", "error-14@mockd.test",
         "POST /v1/send", true},
        {&k_nexmo_errors[NEXMO_SMS_29], "msisdn", "447700900029", "POST /sms/json", true},
        {&k_nexmo_errors[NEXMO_SMS_9], "msisdn", "447700900009", "GET /sms/xml", true},
        {&k_nexmo_errors[NEXMO_SMS_29], "account", "mkdemo01", "POST /sms/json", true},
        {&k_nexmo_errors[NEXMO_SMS_CURRENT_6], "account", "mkcurr01", "POST /sms/json", true},
    };
    for (size_t i = 0; i < sizeof k_cases / sizeof k_cases[0]; i++) {
        print_message("%.*s %s %s\n", STR_ARG(k_cases[i].entry->id), k_cases[i].kind,
                      k_cases[i].value);
        assert_int_equal(
            has_trigger(k_cases[i].entry, k_cases[i].kind, k_cases[i].value, k_cases[i].endpoint),
            k_cases[i].want);
    }
}

/* What says how a message or lookup ends shares its numbers with others on purpose. */
static bool is_answer(const struct catalogue_entry *e)
{
    static const struct str outcomes[] = {STR_INIT("statusword"), STR_INIT("dlr"),
                                          STR_INIT("hlr-status"), STR_INIT("hlr-error")};
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++)
        if (str_eq(e->group, outcomes[i]))
            return false;
    return true;
}

/*
 * Which entry this trigger forces must follow from the trigger. Accounts are left out (a marketing
 * account meets two conditions), and so is sms-current: the account's profile tells it from sms.
 */
static void look_at_triggers(const struct catalogue *c, const struct catalogue_entry *e)
{
    cJSON *json = parsed(e);
    const cJSON *t;
    cJSON_ArrayForEach(t, cJSON_GetObjectItemCaseSensitive(json, "triggers"))
    {
        const char *kind = cJSON_GetObjectItemCaseSensitive(t, "kind")->valuestring;
        const char *value = cJSON_GetObjectItemCaseSensitive(t, "value")->valuestring;
        const char *endpoint = cJSON_GetObjectItemCaseSensitive(t, "endpoint")->valuestring;
        for (const struct catalogue_entry *f = e + 1; f < c->entries + c->n; f++) {
            if (!is_answer(e) || !is_answer(f) || strcmp(kind, "account") == 0 ||
                str_eq(f->group, STR("sms-current")))
                continue;
            /* Parsing each pair is slow; a trigger that is not even in the text is not there. */
            if (str_find(f->json, str_from_cstr(value)) == f->json.n)
                continue;
            assert_false(has_trigger(f, kind, value, endpoint));
        }
    }
    cJSON_Delete(json);
}

static void no_trigger_asks_for_two_answers(void **state)
{
    (void)state;
    for_each_entry(look_at_triggers);
}

static void look_at_retryable(const struct catalogue *c, const struct catalogue_entry *e)
{
    (void)c;
    if (is_answer(e))
        assert_int_equal(e->retryable, str_eq(e->class_name, STR("throttled")) ||
                                           str_eq(e->class_name, STR("provider_internal")));
}

static void an_answer_may_be_retried_when_its_class_allows_it(void **state)
{
    (void)state;
    for_each_entry(look_at_retryable);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_is_found_by_an_id_of_its_own),
        cmocka_unit_test(a_code_is_looked_up_within_its_group),
        cmocka_unit_test(the_second_2053_has_an_id_of_its_own),
        cmocka_unit_test(an_entry_says_what_the_documentation_says),
        cmocka_unit_test(every_public_entry_has_the_published_keys_in_order),
        cmocka_unit_test(every_public_entry_agrees_with_its_table_row),
        cmocka_unit_test(every_condition_is_one_sentence),
        cmocka_unit_test(the_ways_to_force_an_answer_are_listed),
        cmocka_unit_test(no_trigger_asks_for_two_answers),
        cmocka_unit_test(an_answer_may_be_retried_when_its_class_allows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
