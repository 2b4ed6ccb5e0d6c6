#ifndef MOCKD_PROVIDERS_NEXMO_IDS_H
#define MOCKD_PROVIDERS_NEXMO_IDS_H

#include "mockd/core/session.h"

/*
 * The message-id of a stored id, in either published form. Both can be read back, so a message is
 * found by its id without a column or an index for it.
 *
 * hex16: two digits for the platform's node (0A to 16, from the seed), then the id in 14 digits.
 * uuid: version 4 in looks; the second half is the id, scrambled with the seed, the first half
 * follows from it and makes a foreign UUID recognisable.
 */
struct str nexmo_id_hex16(struct arena *a, const struct session *s, int64_t id);
struct str nexmo_id_uuid(struct arena *a, const struct session *s, int64_t id);

/* Either form, letters in either case. False when this session gives no message such an id. */
bool nexmo_id_parse(const struct session *s, struct str text, int64_t *id);

/* 32 lower-case hex digits that depend on the seed and n alone. */
struct str nexmo_trace_id(struct arena *a, const struct session *s, int64_t n);

#endif
