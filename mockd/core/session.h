#ifndef MOCKD_CORE_SESSION_H
#define MOCKD_CORE_SESSION_H

#include <stdatomic.h>

#include "mockd/base/big_lock.h"
#include "mockd/core/account.h"
#include "mockd/core/journal.h"
#include "mockd/core/rate.h"
#include "mockd/core/session_clock.h"
#include "mockd/core/settings.h"
#include "mockd/store/store.h"

/* When a North American long number last sent: Nexmo lets each send once a second. */
enum { SENDER_RATES = 64 };
struct sender_rate {
    int64_t number; /* 0: a free row */
    int64_t sent_ms;
};

/* Rented files that can be on their way to clients at the same time and be known as such. */
enum { DOWNLOADS_MAX = 64 };

/*
 * An isolated world: own accounts, messages, clock, ids, windows, journal. One lock covers all of
 * it; a request holds it from its first gate until its journal entry is written, so each request
 * sees one consistent world and ids follow the order in which requests entered.
 */
struct session {
    struct str id;
    struct big_lock lock; /* "changed" after every journalled request and every clock change */
    struct session_clock clock;
    struct settings settings;
    char stop_text[160]; /* what a changed settings.stop_text points to */
    struct store *store;
    struct accounts *accounts;
    struct journal *journal;
    uint64_t seed;
    int64_t next_id;      /* next message id */
    int64_t last_request; /* id of the newest journal entry */
    int64_t messages;     /* rows in the store */
    int64_t trim_at;      /* no use to look for old ones below this many */
    int64_t unmatched;    /* requests no provider knew */
    struct sender_rate sender_rates[SENDER_RATES];
    struct rates rates;
    int64_t downloads[DOWNLOADS_MAX]; /* rentals whose file is being sent; 0: a free row */
    int64_t settle_ms;                /* session_settle() has nothing to do before */
    _Atomic int bind_limits;          /* accounts with a limit on open submissions */
    _Atomic int users;                /* threads that use it now */
    _Atomic bool closing;             /* long waits end */
};

/* What every session starts from; owned by the program, read-only once sessions exist. */
struct session_defaults {
    struct settings settings;
    const struct cJSON *accounts; /* array of account documents */
    uint64_t seed;
    bool frozen;
    int64_t frozen_at_ms;
    size_t journal_entries, journal_bytes;
    const char *db_path; /* of the session "default"; NULL: in memory */
};

struct sessions;

enum { SESSIONS_MAX = 1024 };

/* Makes the session "default". On failure *p says why. */
enum err sessions_open(struct sessions **out,
                       const struct session_defaults *defaults,
                       struct arena *a,
                       struct problem *p);

/* Ends long waits and frees every session. No request may be running. */
void sessions_close(struct sessions *all);

/* Ends long waits in every session: the server is stopping. */
void sessions_interrupt(struct sessions *all);

/*
 * The session with that id (absent: "default"), counted as in use until session_release(); NULL
 * when there is none.
 */
struct session *sessions_acquire(struct sessions *all, struct str id);
void session_release(struct session *s);

/* ERR_TOO_LARGE: SESSIONS_MAX exist. id absent: one is made up. ERR_CONFLICT: it exists. *out
 * counts as in use until session_release(), so that nobody can delete it before the caller is done.
 */
enum err sessions_create(struct sessions *all, struct str id, struct session **out);

/* Waits until nobody uses it. ERR_NOT_FOUND; ERR_CONFLICT for "default". */
enum err sessions_delete(struct sessions *all, struct str id);

typedef void sessions_fn(void *ctx, struct session *s);
void sessions_each(struct sessions *all, sessions_fn *fn, void *ctx);

void session_lock(struct session *s);
void session_unlock(struct session *s);

/* Session time. */
int64_t session_now_ms(const struct session *s);

/* Back to the state at start: accounts, messages, settings, clock, ids, journal. Lock held. */
enum err session_reset(struct sessions *all, struct session *s);

/* After accounts changed: how many have a limit on open submissions. Lock held. */
void session_count_limits(struct session *s);

/* Gives back what rentals that have failed by now_ms had cost. Lock held. */
void session_settle(struct session *s, int64_t now_ms);

/* n consecutive message ids; the first one. Lock held. */
int64_t session_take_ids(struct session *s, int64_t n);

/* 64 bits that depend on the seed and n alone. */
uint64_t session_mix(const struct session *s, uint64_t n);

/* Adds messages, charges the account, keeps the number of messages bounded. Lock held. */
enum err session_send(struct session *s,
                      struct account *account,
                      const struct message *messages,
                      size_t n,
                      int64_t charge_e8);

/* Takes a message back before it is sent: flags, refund. Lock held. */
enum err session_cancel(struct session *s,
                        struct account *account,
                        struct message *m,
                        int64_t now_ms);

#endif
