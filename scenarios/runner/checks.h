#ifndef SCENARIOS_RUNNER_CHECKS_H
#define SCENARIOS_RUNNER_CHECKS_H

#include "scenarios/runner/case.h"

/*
 * Checks on parts of a case file. Each answers true, or fills the problem with the part's pointer
 * and a sentence.
 */
struct check {
    struct arena *a;
    struct case_problem *out;
};

/* A key that an object may have. */
struct field {
    struct str name;
    bool required;
    bool (*check)(struct check *c, struct str pointer, const struct json *j);
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Fills the problem; false. */
bool checks_problem(struct check *c, struct str pointer, struct str text);

/* NULL when there is none of that name. */
const struct field *checks_field(const struct field *fields, size_t n, struct str name);

/* An object with these keys only, the required ones among them. */
bool checks_object(struct check *c,
                   struct str pointer,
                   const struct json *j,
                   const struct field *fields,
                   size_t n);

bool checks_kind(struct check *c, struct str pointer, const struct json *j, enum json_kind kind);

/* One of the words, a list with NULL at its end. */
bool checks_word(struct check *c,
                 struct str pointer,
                 const struct json *j,
                 const char *const *words);

bool checks_is_text(struct check *c, struct str pointer, const struct json *j);
/* Text that is not empty. */
bool checks_is_sentence(struct check *c, struct str pointer, const struct json *j);
bool checks_is_bool(struct check *c, struct str pointer, const struct json *j);
/* 0, 1, 2 ... */
bool checks_is_count(struct check *c, struct str pointer, const struct json *j);
/* 1, 2 ... */
bool checks_is_number_of_times(struct check *c, struct str pointer, const struct json *j);
bool checks_is_any(struct check *c, struct str pointer, const struct json *j);
bool checks_is_map(struct check *c, struct str pointer, const struct json *j);
bool checks_is_text_or_texts(struct check *c, struct str pointer, const struct json *j);
bool checks_is_texts(struct check *c, struct str pointer, const struct json *j);
/* An object whose members are text. */
bool checks_is_text_map(struct check *c, struct str pointer, const struct json *j);
/* Of a query or form: text, a number, or a list of them for a name that comes several times. */
bool checks_is_pairs(struct check *c, struct str pointer, const struct json *j);
/* Text, a list of texts, or null. */
bool checks_is_headers(struct check *c, struct str pointer, const struct json *j);
bool checks_is_hex(struct check *c, struct str pointer, const struct json *j);
/* {"text", "times"} */
bool checks_is_repeated(struct check *c, struct str pointer, const struct json *j);
/* Text, {"hex"}, {"text","times"}, {"pause_ms"}, or a list of these. */
bool checks_is_raw(struct check *c, struct str pointer, const struct json *j);
/* What jsonmatch() understands. */
bool checks_is_expected(struct check *c, struct str pointer, const struct json *j);

#endif
