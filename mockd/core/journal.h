#ifndef MOCKD_CORE_JOURNAL_H
#define MOCKD_CORE_JOURNAL_H

#include <stdbool.h>

#include "mockd/base/arena.h"
#include "mockd/base/str.h"
#include "mockd/core/catalogue.h"

/*
 * What was asked and answered: a bounded ring in memory, the oldest entries go first. The session's
 * lock covers it, but for journal_done().
 */
struct journal;

struct header {
    struct str name, value;
};

struct journal_entry {
    int64_t id; /* counts from 1 in each session */
    int64_t logged_ms;
    struct str provider; /* absent when nothing answers to the path */
    struct str endpoint; /* "POST /v1/send"; absent when unmatched */
    struct str api_key;  /* as given; masked where it is shown */
    struct str to;       /* first recipient, for matching */
    struct str method, url, client_ip, body;
    struct header *headers;
    size_t nheaders;
    int status;
    struct header *response_headers;
    size_t nresponse_headers;
    struct str response_body;
    const struct catalogue_entry *error; /* NULL when none */
    struct str why;
    int64_t accepted;   /* messages */
    int64_t charged_e8; /* EUR */
    uint64_t connection;
    int64_t arrived_us, duration_us; /* arrived: since start */
    int64_t done_us;                 /* last byte or reset, since start; 0: not yet */
    int64_t sent_bytes;
};

/* At most max_entries entries and max_bytes of their text. */
void journal_open(struct journal **out, size_t max_entries, size_t max_bytes);
void journal_close(struct journal *j);

/* Copies the entry with every text in it. */
void journal_add(struct journal *j, const struct journal_entry *entry);

/* When the answer of an entry had left, from the thread that sent it; needs no lock. */
void journal_done(struct journal *j, int64_t id, int64_t done_us, int64_t sent_bytes);

/* Entry by id; NULL when it is not there (any more). Borrowed until the lock is let go. */
const struct journal_entry *journal_get(struct journal *j, int64_t id);

/* Oldest and newest id that may be there; newest 0 when nothing was ever added. */
int64_t journal_oldest(const struct journal *j);
int64_t journal_newest(const struct journal *j);

/* Forgets all entries; the next id may be any. */
void journal_clear(struct journal *j);
void journal_delete(struct journal *j, int64_t id);

/* Entries that are there. */
int64_t journal_count(const struct journal *j);

/* Entries dropped because the ring was full. */
int64_t journal_dropped(const struct journal *j);

#endif
