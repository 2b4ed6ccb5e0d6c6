#ifndef MOCKD_PROVIDERS_SMSPARTNER_LOCATION_H
#define MOCKD_PROVIDERS_SMSPARTNER_LOCATION_H

#include "mockd/core/rq.h"

/* Renting contacts (smspartner.md 5.9): what a request aims at, and how many there are. */
#define PRICE_CONTACT_E8 INT64_C(9000000)

/* A place and its contacts. */
struct locality {
    struct str name; /* "60200", a zip code, or "60", a department */
    bool zip;
    int64_t available, wanted;
};

struct targeting {
    const struct cJSON *parameters;
    struct str op; /* "calcul", "price", "rent" */
    struct locality *places;
    size_t n;
    bool everywhere; /* no place was named: each department is one */
    int64_t quantity, cost_e8;
};

static inline struct targeting *targeting_of(const struct rq *rq)
{
    return rq->work;
}

/* A member of the parameters as text; absent when it is not there, or null. */
struct str targeting_text(const struct rq *rq, struct str name);

/* ---- the checks, in the order in which they run ------------------------------ */

enum verdict location_check_op(struct rq *rq);         /* 6 */
enum verdict location_check_parameters(struct rq *rq); /* 3, 7 to 23 */
enum verdict location_check_url(struct rq *rq);        /* 5 */
enum verdict location_check_elements(struct rq *rq);   /* 24, 25, 26 (location_volumes.c) */
enum verdict location_check_results(struct rq *rq);    /* 61 */
enum verdict location_check_volumes(struct rq *rq);    /* 28, 27 */

/* ---- places (location_places.c) ----------------------------------------------- */

enum { PLACES_MAX = 2000 };

/* The department of a place, by its name; absent when there is no such place. */
struct str place_department(struct str name, bool zip);

/* How many contacts a place has: always the same number, from 50 to 500. */
int64_t place_volume(struct str name);

/* The i-th department, in order; absent past the end. */
struct str department_at(size_t i);

#endif
