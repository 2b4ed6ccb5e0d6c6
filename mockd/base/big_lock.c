#include "mockd/base/big_lock.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FREE, HELD, WAITED_FOR };

/* Sleeps while *word is `value`; until NULL: as long as it takes. 0 or errno. */
static int sleep_on(_Atomic uint32_t *word, uint32_t value, const struct timespec *until)
{
    const long rc = syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, value, until,
                            NULL, FUTEX_BITSET_MATCH_ANY);
    return rc == 0 ? 0 : errno;
}

static void wake_all(_Atomic uint32_t *word)
{
    syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, INT_MAX, NULL, NULL, 0);
}

void big_lock_take(struct big_lock *l)
{
    uint32_t expected = FREE;
    if (atomic_compare_exchange_strong(&l->state, &expected, HELD))
        return;
    while (atomic_exchange(&l->state, WAITED_FOR) != FREE)
        sleep_on(&l->state, WAITED_FOR, NULL);
}

void big_lock_leave(struct big_lock *l)
{
    if (atomic_exchange(&l->state, FREE) == WAITED_FOR)
        wake_all(&l->state);
}

bool big_lock_wait(struct big_lock *l, int64_t until_us)
{
    const struct timespec until = {until_us / 1000000, until_us % 1000000 * 1000};
    const uint32_t seen = atomic_load(&l->changes);
    atomic_fetch_add(&l->watchers, 1);
    big_lock_leave(l);
    const int why = sleep_on(&l->changes, seen, &until);
    big_lock_take(l);
    atomic_fetch_sub(&l->watchers, 1);
    return why != ETIMEDOUT;
}

void big_lock_changed(struct big_lock *l)
{
    atomic_fetch_add(&l->changes, 1);
    if (atomic_load(&l->watchers))
        wake_all(&l->changes);
}
