#ifndef MOCKD_CORE_CATALOGUE_H
#define MOCKD_CORE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "mockd/base/str.h"

/*
 * One line of a provider's error catalogue: what its clients see, and what we know about it. The
 * tables are generated at build time from mockd/providers/<name>/errors.json and never change.
 */
struct catalogue_entry {
    struct str id;       /* "smspartner.send.42": stable, what faults and tests name */
    struct str provider; /* "smspartner" */
    struct str group;    /* "send": the middle of the id */
    struct str section;  /* "Sending SMS": the provider's own heading */
    int code;            /* 0 when the provider's code is a word: see code_text */
    struct str code_text;
    struct str name; /* absent when the provider gives none */
    struct str en;   /* wire text, byte for byte */
    struct str fr;   /* the same in French; equal to en when no French text exists */
    int http_status;
    struct str why; /* the condition, one sentence */
    struct str evidence;
    struct str class_name; /* taxonomy: auth, invalid_request, ... */
    bool retryable;
    const struct str *endpoints; /* "POST /v1/send" */
    size_t nendpoints;
    struct str json; /* the whole entry as GET /__admin/catalog shows it */
};

/* A provider's whole table. */
struct catalogue {
    const struct catalogue_entry *entries;
    size_t n;
};

/* NULL when there is no such id. */
const struct catalogue_entry *catalogue_find(const struct catalogue *c, struct str id);

/* The entry with this group and code (text form); NULL when there is none. */
const struct catalogue_entry *catalogue_code(const struct catalogue *c,
                                             struct str group,
                                             struct str code);

#endif
