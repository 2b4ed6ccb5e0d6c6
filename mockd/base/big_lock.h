#ifndef MOCKD_BASE_BIG_LOCK_H
#define MOCKD_BASE_BIG_LOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A lock for microseconds of work and dozens of threads on few cores. A mutex wakes its waiters one
 * by one, each only when the one before has run and let go: after a holder was pushed off its core
 * the last of thirty waits for thirty turns of the scheduler. This one wakes all of them, and by
 * the time each gets its core the lock is nearly always free. (A condition variable would do the
 * same, but its broadcast may itself wait for those it woke before.)
 *
 * All zero is a free lock; nothing has to be released. Not recursive.
 */
struct big_lock {
    _Atomic uint32_t state;    /* 0 free, 1 held, 2 held and perhaps waited for */
    _Atomic uint32_t changes;  /* counts big_lock_changed() */
    _Atomic uint32_t watchers; /* in big_lock_wait() */
};

void big_lock_take(struct big_lock *l);
void big_lock_leave(struct big_lock *l);

/*
 * With the lock held: gives it back until big_lock_changed() or until_us of the steady clock, then
 * takes it again. False: the time was over. May return early for no reason.
 */
bool big_lock_wait(struct big_lock *l, int64_t until_us);

/* Wakes everybody in big_lock_wait(). With the lock held. */
void big_lock_changed(struct big_lock *l);

#endif
