#ifndef MOCKD_CORE_MATCH_H
#define MOCKD_CORE_MATCH_H

#include "mockd/core/journal.h"
#include "mockd/core/match_value.h"

/*
 * Which requests are meant: WireMock's request pattern (method, url, urlPattern, urlPath,
 * urlPathPattern, queryParameters, headers, bodyPatterns) and our own members provider, endpoint,
 * catalogId, apiKey, to and status. All members that are given must hold; an empty object fits
 * every request.
 *
 * URLs are those of the request line; a leading /s/{session} may be left out. Phone numbers in "to"
 * fit whether written with "+", "00" or bare digits.
 */
struct match;

/* What is held against it. Absent members fit nothing that asks for them. */
struct match_subject {
    struct str method, url, body;
    const struct header *headers;
    size_t nheaders;
    struct str provider, endpoint, api_key, to, catalog_id;
    int status; /* 0: not answered yet */
};

struct match_subject match_subject_of_entry(const struct journal_entry *e);

/* Lives in the arena and fits everything; match_release() gives back what the arena cannot. */
struct match *match_new(struct arena *a);
void match_release(struct match *m);

/* Reads a JSON object into m. False: *p says why. */
bool match_read(struct match *m, const struct cJSON *object, struct problem *p);

/* Sets one of the members that are a plain text or number, by its name. False: *p says why. */
bool match_set(struct match *m, struct str name, struct str value, struct problem *p);

/* The text of a plain member; absent when it is not given. */
struct str match_text(const struct match *m, struct str name);

bool match_fits(const struct match *m, struct arena *scratch, const struct match_subject *s);

#endif
