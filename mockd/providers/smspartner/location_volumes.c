#include "mockd/providers/partner/numbers.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/location.h"
#include "mockd/providers/smspartner/verify.h"

/* How many contacts a rental aims at, and how many of them are wanted. */
enum { ZIP_DIGITS = 5, VOLUME_LARGEST = 1000000000 };

static enum verdict refuse(struct rq *rq, enum smspartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_smspartner_errors[code], why);
    return STOP;
}

/* The volumes that count: none for calcul, and none are asked for by an empty list. */
static const struct cJSON *volumes(const struct rq *rq)
{
    const struct cJSON *list = partner_nested(rq->arena, rq->param[OPTIN_VOLUMES]);
    if (str_eq(targeting_of(rq)->op, STR("calcul")) || json_count(list) == 0)
        return NULL;
    return list;
}

/* ---- the elements ------------------------------------------------------------------ */

static struct str member(const struct rq *rq, const struct cJSON *element, struct str name)
{
    return str_trim(json_scalar(rq->arena, json_get(element, name)));
}

static bool read_volume(struct str text, int64_t *out)
{
    uint64_t n;
    if (!str_to_uint(text, UINT64_MAX / 16, &n))
        return false;
    *out = n < VOLUME_LARGEST ? (int64_t)n : VOLUME_LARGEST;
    return true;
}

/* What stands behind the places of an answer: clients hand it back. */
static bool is_total(const struct rq *rq, const struct cJSON *element)
{
    return str_eq_nocase(member(rq, element, STR("Type")), STR("total"));
}

/* The wanted volume: DesiredVolume, else Volume. */
static bool wanted_of(const struct rq *rq, const struct cJSON *element, int64_t *out)
{
    const struct str desired = member(rq, element, STR("DesiredVolume"));
    return read_volume(desired.n ? desired : member(rq, element, STR("Volume")), out);
}

static enum verdict check_element(struct rq *rq, const struct cJSON *element)
{
    int64_t wanted;
    if (member(rq, element, STR("Type")).n == 0)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_LOCATION_24]);
    if (member(rq, element, STR("Localite")).n == 0)
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_LOCATION_25]);
    if (!wanted_of(rq, element, &wanted))
        return rq_stop(rq, &k_smspartner_errors[SMSPARTNER_LOCATION_26]);
    return PASS;
}

/* The map form has names and numbers only. */
static enum verdict check_pair(struct rq *rq, const struct cJSON *pair)
{
    int64_t wanted;
    if (read_volume(str_trim(json_scalar(rq->arena, pair)), &wanted))
        return PASS;
    return refuse(rq, SMSPARTNER_LOCATION_26,
                  arena_printf(rq->arena, "The volume of \"%.*s\" is no whole number.",
                               STR_ARG(json_name(pair))));
}

enum verdict location_check_elements(struct rq *rq)
{
    const struct cJSON *list = volumes(rq);
    const bool map = json_kind(list) == JSON_OBJECT;
    for (const struct cJSON *c = json_first(list); c; c = json_next(c)) {
        if ((map ? check_pair(rq, c) : check_element(rq, c)) == STOP)
            return STOP;
    }
    return PASS;
}

/* ---- the places aimed at ----------------------------------------------------------- */

/* A number in JSON has lost its zero: 6200 is 06200. */
static struct str with_zero(struct arena *a, struct str name, bool zip)
{
    const size_t short_by_one = zip ? ZIP_DIGITS - 1 : 1;
    return name.n == short_by_one ? arena_printf(a, "0%.*s", STR_ARG(name)) : name;
}

static void add_place(struct targeting *t, struct str name, bool zip)
{
    const int64_t volume = place_volume(name);
    t->places[t->n++] = (struct locality){name, zip, volume, volume};
}

static enum verdict add_places(struct rq *rq, struct targeting *t, struct str field, bool zip)
{
    const struct cJSON *node = json_get(t->parameters, field);
    const struct tokens list =
        tokens_read(rq->arena, (struct value){json_scalar(rq->arena, node), node});
    for (size_t i = 0; i < list.n; i++) {
        const struct str name = with_zero(rq->arena, str_trim(list.raw[i]), zip);
        if (name.n == 0)
            continue;
        if (t->n == PLACES_MAX)
            return refuse(
                rq, SMSPARTNER_LOCATION_61,
                arena_printf(rq->arena, "A request names %d places here at most.", PLACES_MAX));
        const struct str department = place_department(name, zip);
        if (!department.p)
            return refuse(rq, SMSPARTNER_LOCATION_61,
                          arena_printf(rq->arena, "There is no %.*s \"%.*s\".", STR_ARG(field),
                                       STR_ARG(name)));
        add_place(t, zip ? name : department, zip);
    }
    return PASS;
}

enum verdict location_check_results(struct rq *rq)
{
    struct targeting *t = targeting_of(rq);
    uint64_t youngest = 0;
    uint64_t oldest = 0;
    t->places = arena_array(rq->arena, struct locality, PLACES_MAX);
    str_to_uint(targeting_text(rq, STR("minAge")), UINT32_MAX, &youngest);
    str_to_uint(targeting_text(rq, STR("maxAge")), UINT32_MAX, &oldest);
    if (youngest > oldest)
        return refuse(rq, SMSPARTNER_LOCATION_61, STR("The minAge is above the maxAge."));
    if (add_places(rq, t, STR("department"), false) == STOP ||
        add_places(rq, t, STR("zipcode"), true) == STOP)
        return STOP;
    t->everywhere = t->n == 0;
    for (size_t i = 0; t->everywhere && department_at(i).p; i++)
        add_place(t, department_at(i), false);
    return PASS;
}

/* ---- the places wanted --------------------------------------------------------------- */

/* Contacts that the targeting finds in a place: none outside of it. */
static int64_t available_in(const struct targeting *t, struct str name, bool zip)
{
    const struct str department = place_department(name, zip);
    bool inside = t->everywhere;
    if (!department.p)
        return 0;
    for (size_t i = 0; i < t->n && !inside; i++)
        inside = str_eq(t->places[i].name, name) ||
                 (zip && !t->places[i].zip && str_eq(t->places[i].name, department));
    return inside ? place_volume(name) : 0;
}

static void want(struct rq *rq, struct targeting *t, struct str name, int64_t wanted)
{
    const bool zip = name.n >= ZIP_DIGITS - 1;
    struct locality *place = &t->places[t->n++];
    name = with_zero(rq->arena, name, zip);
    if (!zip && place_department(name, false).p)
        name = place_department(name, false);
    *place = (struct locality){.name = name, .zip = zip, .wanted = wanted};
}

/* Sums of the array form: what is wanted, and of what its elements say is there. */
struct sums {
    int64_t desired, volume;
};

static enum verdict want_element(struct rq *rq,
                                 struct targeting *t,
                                 const struct cJSON *element,
                                 struct sums *sums)
{
    int64_t wanted = 0;
    int64_t volume = 0;
    if (is_total(rq, element))
        return PASS;
    wanted_of(rq, element, &wanted);
    volume = wanted;
    read_volume(member(rq, element, STR("Volume")), &volume);
    const struct str name = member(rq, element, STR("Localite"));
    want(rq, t, name, wanted);
    sums->desired += wanted;
    sums->volume += volume;
    if (wanted <= volume)
        return PASS;
    return refuse(rq, SMSPARTNER_LOCATION_28,
                  arena_printf(rq->arena, "%.*s: %lld of %lld are wanted.", STR_ARG(name),
                               (long long)wanted, (long long)volume));
}

static enum verdict want_all(struct rq *rq, struct targeting *t, const struct cJSON *list)
{
    const bool map = json_kind(list) == JSON_OBJECT;
    struct sums sums = {0};
    int64_t wanted = 0;
    for (const struct cJSON *c = json_first(list); c; c = json_next(c)) {
        if (t->n == PLACES_MAX)
            return refuse(rq, SMSPARTNER_LOCATION_61, STR("The volumes name too many places."));
        if (!map && want_element(rq, t, c, &sums) == STOP)
            return STOP;
        if (map && read_volume(str_trim(json_scalar(rq->arena, c)), &wanted))
            want(rq, t, str_trim(json_name(c)), wanted);
    }
    return sums.desired <= sums.volume ? PASS : refuse(rq, SMSPARTNER_LOCATION_28, STR("In sum."));
}

/* Of all that the targeting finds, or of the volumes that were asked for. */
static enum verdict check_wanted(struct rq *rq, const struct cJSON *list)
{
    struct targeting *t = targeting_of(rq);
    const struct targeting aim = *t;
    t->n = 0;
    t->places = arena_array(rq->arena, struct locality, PLACES_MAX);
    if (want_all(rq, t, list) == STOP)
        return STOP;
    for (size_t i = 0; i < t->n; i++) {
        struct locality *place = &t->places[i];
        place->available = available_in(&aim, place->name, place->zip);
        if (place->wanted > place->available)
            return refuse(rq, SMSPARTNER_LOCATION_27,
                          arena_printf(rq->arena, "%.*s has %lld contacts, and %lld are wanted.",
                                       STR_ARG(place->name), (long long)place->available,
                                       (long long)place->wanted));
    }
    return PASS;
}

enum verdict location_check_volumes(struct rq *rq)
{
    struct targeting *t = targeting_of(rq);
    const struct cJSON *list = volumes(rq);
    if (list && check_wanted(rq, list) == STOP)
        return STOP;
    for (size_t i = 0; i < t->n; i++)
        t->quantity += t->places[i].wanted;
    t->cost_e8 = t->quantity * PRICE_CONTACT_E8;
    return t->quantity ? PASS
                       : refuse(rq, SMSPARTNER_LOCATION_61, STR("No contact at all is wanted."));
}
