#include "mockd/domain/routes.h"

enum {
#define ROUTE(iso2, ...) ROUTE_##iso2,
#define PART             ROUTE
#include "mockd/domain/routes.def"
    ROUTE__COUNT
};
#undef ROUTE
#undef PART

enum { V = 1, N = 2, R = 4 };

static const struct route k_routes[ROUTE__COUNT] = {
#define ROUTE(iso, code, name, mcc, net, nexmo, smspartner, hlr, flags)                            \
    [ROUTE_##iso] = {                                                                              \
        .prefix = STR_INIT(#code),                                                                 \
        .iso2 = STR_INIT(#iso),                                                                    \
        .country = STR_INIT(name),                                                                 \
        .mccs = STR_INIT(mcc),                                                                     \
        .network = STR_INIT(net),                                                                  \
        .nexmo_e8 = (nexmo),                                                                       \
        .smspartner_e8 = (smspartner),                                                             \
        .hlr_e8 = (hlr),                                                                           \
        .voice = ((flags)&V) != 0,                                                                 \
        .nanp = ((flags)&N) != 0,                                                                  \
        .registered_senders_only = ((flags)&R) != 0,                                               \
    },
#define PART ROUTE
#include "mockd/domain/routes.def"
};
#undef ROUTE
#undef PART

/* Calling codes have at most three digits and none begins another. Row number + 1; 0 is unused. */
static const uint16_t k_by_code[1000] = {
#define ROUTE(iso2, code, ...) [code] = ROUTE_##iso2 + 1,
#define PART(...)
#include "mockd/domain/routes.def"
};
#undef ROUTE
#undef PART

static const struct {
    uint32_t prefix;
    uint16_t route;
} k_areas[] = {
#define AREA(prefix, iso2) {prefix, ROUTE_##iso2},
#include "mockd/domain/route_areas.def"
};
#undef AREA

static const struct {
    uint32_t mccmnc;
    struct str name;
} k_networks[] = {
#define NETWORK(mccmnc, name) {mccmnc, STR_INIT(name)},
#include "mockd/domain/networks.def"
};
#undef NETWORK

enum {
    AREAS = sizeof(k_areas) / sizeof(k_areas[0]),
    NETWORKS = sizeof(k_networks) / sizeof(k_networks[0]),
    MAX_CODE_DIGITS = 3,
    MAX_AREA_DIGITS = 7,
};

static const struct route *area_find(uint32_t prefix)
{
    size_t low = 0;
    size_t high = AREAS;
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (k_areas[mid].prefix == prefix)
            return &k_routes[k_areas[mid].route];
        if (k_areas[mid].prefix < prefix)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

const struct route *route_find(struct str digits)
{
    const struct route *best = NULL;
    uint32_t prefix = 0;
    if (str_starts(digits, STR("0"))) /* as a number, "033" would be 33 */
        return NULL;
    for (size_t i = 0; i < digits.n && i < MAX_AREA_DIGITS; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            break;
        prefix = prefix * 10 + (uint32_t)(digits.p[i] - '0');
        if (i < MAX_CODE_DIGITS && k_by_code[prefix])
            best = &k_routes[k_by_code[prefix] - 1];
        const struct route *area = area_find(prefix);
        if (area)
            best = area;
    }
    return best;
}

const struct route *route_by_iso2(struct str iso2)
{
    for (size_t i = 0; i < ROUTE__COUNT; i++) {
        if (str_eq(k_routes[i].iso2, iso2))
            return &k_routes[i];
    }
    return NULL;
}

const struct route *route_at(size_t i)
{
    return i < ROUTE__COUNT ? &k_routes[i] : NULL;
}

bool route_has_mcc(const struct route *r, struct str mccmnc)
{
    struct str rest = r->mccs;
    struct str mcc;
    if (mccmnc.n < 5 || mccmnc.n > 6)
        return false;
    while (str_split(&rest, ' ', &mcc)) {
        if (mcc.n && str_starts(mccmnc, mcc))
            return true;
    }
    return false;
}

struct str network_name(struct str mccmnc)
{
    uint64_t number;
    size_t low = 0;
    size_t high = NETWORKS;
    if (mccmnc.n < 5 || mccmnc.n > 6 || mccmnc.p[0] == '0' || !str_to_uint(mccmnc, 999999, &number))
        return (struct str){0};
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (k_networks[mid].mccmnc == number)
            return k_networks[mid].name;
        if (k_networks[mid].mccmnc < number)
            low = mid + 1;
        else
            high = mid;
    }
    return (struct str){0};
}

bool network_known(struct str mccmnc)
{
    return network_name(mccmnc).p != NULL;
}
