#include "mockd/base/check.h"
#include "mockd/providers/nexmo/work.h"

/*
 * The drama block of the British numbering plan is nobody's, so its numbers can say what shall
 * happen: 0SS status SS at once, 1EE a receipt with err-code EE, 20n the n-th receipt status,
 * 299 no receipt at all. All others of the block are ordinary numbers.
 */
int nexmo_fiction(struct str to)
{
    uint64_t last3;
    if (to.n != 12 || !str_starts(to, STR("447700900")) ||
        !str_to_uint(str_from(to, 9), 999, &last3))
        return -1;
    return (int)last3;
}

/* The status that goes with each err-code; a code that is not here: failed. */
static enum receipt receipt_of(int err_code)
{
    static const struct {
        int err_code;
        enum receipt receipt;
    } k_receipts[] = {
        {0, RECEIPT_DELIVRD},  {2, RECEIPT_EXPIRED},  {6, RECEIPT_REJECTD},  {9, RECEIPT_REJECTD},
        {10, RECEIPT_REJECTD}, {11, RECEIPT_REJECTD}, {13, RECEIPT_REJECTD}, {14, RECEIPT_REJECTD},
        {16, RECEIPT_REJECTD}, {50, RECEIPT_REJECTD}, {51, RECEIPT_REJECTD}, {52, RECEIPT_REJECTD},
        {53, RECEIPT_REJECTD}, {54, RECEIPT_REJECTD}, {95, RECEIPT_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof(k_receipts) / sizeof(k_receipts[0]); i++) {
        if (k_receipts[i].err_code == err_code)
            return k_receipts[i].receipt;
    }
    return RECEIPT_UNDELIV;
}

static struct outcome steered(int last3)
{
    /* accepted, buffered, delivered, expired, failed, rejected, unknown */
    static const struct outcome k_nth[] = {
        [1] = {RECEIPT_ACCEPTD, 0, false},  [2] = {RECEIPT_ENROUTE, 0, false},
        [3] = {RECEIPT_DELIVRD, 0, false},  [4] = {RECEIPT_EXPIRED, 2, false},
        [5] = {RECEIPT_UNDELIV, 99, false}, [6] = {RECEIPT_REJECTD, 14, false},
        [7] = {RECEIPT_UNKNOWN, 1, false},
    };
    if (last3 >= 100 && last3 <= 199)
        return (struct outcome){receipt_of(last3 - 100), last3 - 100, false};
    if (last3 >= 201 && last3 <= 207)
        return k_nth[last3 - 200];
    if (last3 == NEXMO_LANDLINE)
        return (struct outcome){RECEIPT_UNDELIV, 12, false};
    return (struct outcome){.receipt = RECEIPT_DELIVRD, .never = last3 == 299};
}

/* India's operators drop what does not name its registered entity and template. */
static int india_err_code(const struct rq *rq)
{
    if (nexmo_missing(rq, IN_ENTITY_ID))
        return 50;
    return nexmo_missing(rq, IN_CONTENT_ID) ? 52 : 0;
}

struct outcome nexmo_outcome(const struct rq *rq, const struct work *w)
{
    CHECK(w->route);
    const int err_code = str_eq(w->route->iso2, STR("IN")) ? india_err_code(rq) : 0;
    if (err_code)
        return (struct outcome){RECEIPT_REJECTD, err_code, false};
    return steered(nexmo_fiction(w->to));
}
