#include "scenarios/runner/case.h"
#include "scenarios/runner/checks.h"

/* What may stand in a case file, as tables: a key that is in none of them is a typing error. */

/* null: the header is not there. */
static bool is_expected_headers(struct check *c, struct str pointer, const struct json *j)
{
    return checks_is_map(c, pointer, j) && checks_is_expected(c, pointer, j);
}

static bool is_failure(struct check *c, struct str pointer, const struct json *j)
{
    static const char *const k_words[] = {"refused", "empty",     "reset", "truncated", "timeout",
                                          "tls",     "malformed", "any",   NULL};
    return checks_word(c, pointer, j, k_words);
}

static bool is_end(struct check *c, struct str pointer, const struct json *j)
{
    static const char *const k_words[] = {"open", "closed", "reset", NULL};
    return checks_word(c, pointer, j, k_words);
}

static bool is_stop(struct check *c, struct str pointer, const struct json *j)
{
    static const char *const k_words[] = {"term", "kill", NULL};
    return checks_word(c, pointer, j, k_words);
}

static bool is_keep(struct check *c, struct str pointer, const struct json *j)
{
    if (!checks_is_text_map(c, pointer, j))
        return false;
    for (const struct json *m = j->first; m; m = m->next) {
        const bool known = m->text.n == 0 || m->text.p[0] == '/' || str_eq(m->text, STR("body")) ||
                           str_eq(m->text, STR("status")) || str_starts(m->text, STR("header:"));
        if (!known)
            return checks_problem(c, json_pointer_add(c->a, pointer, m->key),
                                  STR("a JSON pointer, \"header:Name\", \"status\" or \"body\" was "
                                      "expected here"));
    }
    return true;
}

static bool is_request(struct check *c, struct str pointer, const struct json *j)
{
    static const struct field k_fields[] = {
        {STR_INIT("method"), false, checks_is_sentence},
        {STR_INIT("path"), false, checks_is_text},
        {STR_INIT("url"), false, checks_is_text},
        {STR_INIT("query"), false, checks_is_pairs},
        {STR_INIT("headers"), false, checks_is_headers},
        {STR_INIT("json"), false, checks_is_any},
        {STR_INIT("form"), false, checks_is_pairs},
        {STR_INIT("body"), false, checks_is_text},
        {STR_INIT("body_hex"), false, checks_is_hex},
        {STR_INIT("body_repeat"), false, checks_is_repeated},
        {STR_INIT("tls"), false, checks_is_bool},
        {STR_INIT("timeout_ms"), false, checks_is_number_of_times},
    };
    static const char *const k_bodies[] = {"json", "form", "body", "body_hex", "body_repeat"};
    int bodies = 0;
    if (!checks_object(c, pointer, j, k_fields, COUNT(k_fields)))
        return false;
    for (size_t i = 0; i < COUNT(k_bodies); i++)
        bodies += json_get(j, str_from_cstr(k_bodies[i])) != NULL;
    if (bodies > 1)
        return checks_problem(c, pointer, STR("a request has one body"));
    if (!json_get(j, STR("path")) == !json_get(j, STR("url")))
        return checks_problem(c, pointer, STR("either \"path\" or \"url\" was expected here"));
    return true;
}

static bool is_expect(struct check *c, struct str pointer, const struct json *j)
{
    static const struct field k_fields[] = {
        {STR_INIT("status"), false, checks_is_expected},
        {STR_INIT("headers"), false, is_expected_headers},
        {STR_INIT("json"), false, checks_is_expected},
        {STR_INIT("text"), false, checks_is_expected},
        {STR_INIT("xml"), false, checks_is_expected},
        {STR_INIT("text_contains"), false, checks_is_text_or_texts},
        {STR_INIT("close"), false, checks_is_bool},
        {STR_INIT("unordered"), false, checks_is_bool},
        {STR_INIT("elapsed_ms"), false, checks_is_expected},
        {STR_INIT("fails"), false, is_failure},
    };
    if (!checks_object(c, pointer, j, k_fields, COUNT(k_fields)))
        return false;
    if (!json_get(j, STR("status")) == !json_get(j, STR("fails")))
        return checks_problem(c, pointer, STR("either \"status\" or \"fails\" was expected here"));
    return true;
}

static bool is_expect_raw(struct check *c, struct str pointer, const struct json *j)
{
    static const struct field k_fields[] = {
        {STR_INIT("answers"), false, checks_is_count},
        {STR_INIT("equals"), false, checks_is_text},
        {STR_INIT("starts_with"), false, checks_is_text},
        {STR_INIT("ends_with"), false, checks_is_text},
        {STR_INIT("contains"), false, checks_is_text_or_texts},
        {STR_INIT("excludes"), false, checks_is_text_or_texts},
        {STR_INIT("end"), false, is_end},
        {STR_INIT("timeout_ms"), false, checks_is_number_of_times},
    };
    if (!checks_object(c, pointer, j, k_fields, COUNT(k_fields)))
        return false;
    return j->count > 0 || checks_problem(c, pointer, STR("nothing is expected here"));
}

static bool is_parallel(struct check *c, struct str pointer, const struct json *j)
{
    size_t i = 0;
    if (!checks_kind(c, pointer, j, JSON_ARRAY))
        return false;
    for (const struct json *m = j->first; m; m = m->next) {
        const struct str at = json_pointer_add_index(c->a, pointer, i++);
        const enum step_kind kind = step_kind_of(m);
        if (kind != STEP_SEND && kind != STEP_RAW)
            return checks_problem(c, at, STR("only \"send\" and \"raw\" run in parallel"));
        if (!casecheck_step(c->a, at, m, c->out))
            return false;
    }
    return i > 0 || checks_problem(c, pointer, STR("nothing is here to run"));
}

#define NAME                                                                                       \
    {                                                                                              \
        STR_INIT("name"), false, checks_is_text                                                    \
    }
#define EXPECT                                                                                     \
    {                                                                                              \
        STR_INIT("expect"), false, is_expect                                                       \
    }
#define EXPECT_RAW                                                                                 \
    {                                                                                              \
        STR_INIT("expect_raw"), false, is_expect_raw                                               \
    }
#define KEEP                                                                                       \
    {                                                                                              \
        STR_INIT("keep"), false, is_keep                                                           \
    }
#define BYTES                                                                                      \
    {STR_INIT("raw"), false, checks_is_raw}, {STR_INIT("raw_hex"), false, checks_is_hex},          \
    {                                                                                              \
        STR_INIT("half_close"), false, checks_is_bool                                              \
    }

static const struct field k_send[] = {{STR_INIT("send"), true, is_request},
                                      {STR_INIT("expect_each"), false, is_expect},
                                      {STR_INIT("repeat"), false, checks_is_number_of_times},
                                      {STR_INIT("eventually"), false, checks_is_bool},
                                      NAME,
                                      EXPECT,
                                      KEEP};
static const struct field k_raw[] = {BYTES, NAME, EXPECT, EXPECT_RAW, KEEP};
static const struct field k_clock[] = {
    {STR_INIT("clock"), true, checks_is_map}, NAME, EXPECT, KEEP};
static const struct field k_open[] = {{STR_INIT("open"), true, checks_is_sentence}, BYTES, NAME};
static const struct field k_write[] = {{STR_INIT("write"), true, checks_is_sentence}, BYTES, NAME};
static const struct field k_read[] = {
    {STR_INIT("read"), true, checks_is_sentence}, NAME, EXPECT, EXPECT_RAW, KEEP};
static const struct field k_close[] = {
    {STR_INIT("close"), true, checks_is_sentence}, {STR_INIT("hard"), false, checks_is_bool}, NAME};
static const struct field k_parallel[] = {{STR_INIT("parallel"), true, is_parallel}, NAME};
static const struct field k_restart[] = {{STR_INIT("restart"), true, is_stop}, NAME};
static const struct field k_include[] = {{STR_INIT("include"), true, checks_is_sentence}};

/* In the order in which a step's keys are looked for: "open" may stand beside "raw". */
static const struct {
    struct str key;
    enum step_kind kind;
    const struct field *fields;
    size_t nfields;
    bool judged; /* must expect something */
} k_steps[] = {
    {STR_INIT("send"), STEP_SEND, k_send, COUNT(k_send), true},
    {STR_INIT("clock"), STEP_CLOCK, k_clock, COUNT(k_clock), false},
    {STR_INIT("open"), STEP_OPEN, k_open, COUNT(k_open), false},
    {STR_INIT("write"), STEP_WRITE, k_write, COUNT(k_write), false},
    {STR_INIT("read"), STEP_READ, k_read, COUNT(k_read), true},
    {STR_INIT("close"), STEP_CLOSE, k_close, COUNT(k_close), false},
    {STR_INIT("parallel"), STEP_PARALLEL, k_parallel, COUNT(k_parallel), false},
    {STR_INIT("restart"), STEP_RESTART, k_restart, COUNT(k_restart), false},
    {STR_INIT("include"), STEP_INCLUDE, k_include, COUNT(k_include), false},
    {STR_INIT("raw"), STEP_RAW, k_raw, COUNT(k_raw), true},
    {STR_INIT("raw_hex"), STEP_RAW, k_raw, COUNT(k_raw), true},
};

enum step_kind step_kind_of(const struct json *step)
{
    for (size_t i = 0; i < COUNT(k_steps); i++) {
        if (json_get(step, k_steps[i].key))
            return k_steps[i].kind;
    }
    return STEP__COUNT;
}

static bool is_judged(const struct json *step)
{
    return json_get(step, STR("expect")) || json_get(step, STR("expect_each")) ||
           json_get(step, STR("expect_raw"));
}

/* With no answer to wait for there is nothing that "expect" could judge. */
static bool expects_no_answer(const struct json *step)
{
    int64_t answers = 1;
    json_to_int(json_get(json_get(step, STR("expect_raw")), STR("answers")), &answers);
    return answers == 0;
}

static bool is_key_of_some_step(struct str key)
{
    for (size_t i = 0; i < COUNT(k_steps); i++) {
        if (checks_field(k_steps[i].fields, k_steps[i].nfields, key))
            return true;
    }
    return false;
}

/* None of its keys says what the step does: most likely that one is misspelt. */
static bool find_stranger(struct check *c, struct str pointer, const struct json *step)
{
    for (const struct json *m = step->first; m; m = m->next) {
        if (!is_key_of_some_step(m->key))
            return checks_problem(c, json_pointer_add(c->a, pointer, m->key),
                                  STR("there is no such key"));
    }
    return checks_problem(c, pointer, STR("nothing says what this step does"));
}

bool casecheck_step(struct arena *a,
                    struct str pointer,
                    const struct json *step,
                    struct case_problem *out)
{
    struct check c = {.a = a, .out = out};
    for (size_t i = 0; i < COUNT(k_steps); i++) {
        if (!json_get(step, k_steps[i].key))
            continue;
        if (!checks_object(&c, pointer, step, k_steps[i].fields, k_steps[i].nfields))
            return false;
        if (k_steps[i].judged && !is_judged(step))
            return checks_problem(&c, pointer, STR("nothing is expected of this step"));
        if (json_get(step, STR("expect")) && expects_no_answer(step))
            return checks_problem(&c, pointer, STR("\"expect\" beside no answer"));
        if (json_get(step, STR("raw")) && json_get(step, STR("raw_hex")))
            return checks_problem(&c, pointer,
                                  STR("either \"raw\" or \"raw_hex\" was expected here"));
        return true;
    }
    return find_stranger(&c, pointer, step);
}

static bool is_steps(struct check *c, struct str pointer, const struct json *j)
{
    return checks_kind(c, pointer, j, JSON_ARRAY) &&
           (j->count > 0 || checks_problem(c, pointer, STR("there is no step")));
}

static bool is_exit(struct check *c, struct str pointer, const struct json *j)
{
    static const struct field k_fields[] = {
        {STR_INIT("code"), true, checks_is_expected},
        {STR_INIT("stdout"), false, checks_is_expected},
        {STR_INIT("stderr"), false, checks_is_expected},
    };
    return checks_object(c, pointer, j, k_fields, COUNT(k_fields));
}

bool casecheck_file(struct arena *a, const struct json *root, struct case_problem *out)
{
    static const struct field k_fields[] = {
        {STR_INIT("why"), true, checks_is_sentence}, {STR_INIT("spec"), false, checks_is_sentence},
        {STR_INIT("serve"), false, checks_is_texts}, {STR_INIT("env"), false, checks_is_text_map},
        {STR_INIT("config"), false, checks_is_any},  {STR_INIT("vars"), false, checks_is_map},
        {STR_INIT("exit"), false, is_exit},          {STR_INIT("steps"), false, is_steps},
    };
    struct check c = {.a = a, .out = out};
    return checks_object(&c, STR(""), root, k_fields, COUNT(k_fields));
}
