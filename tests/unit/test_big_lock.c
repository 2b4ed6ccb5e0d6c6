#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "mockd/base/big_lock.h"
#include "mockd/base/clock.h"

enum { THREADS = 8, ROUNDS = 20000 };

static struct big_lock g_lock;
static int64_t g_count; /* guarded by g_lock */

static void *count(void *unused)
{
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        big_lock_take(&g_lock);
        g_count++;
        big_lock_leave(&g_lock);
    }
    return NULL;
}

static void one_thread_at_a_time_holds_it(void **state)
{
    (void)state;
    pthread_t t[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&t[i], NULL, count, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    assert_int_equal(g_count, (int64_t)THREADS * ROUNDS);
}

static void *change(void *value)
{
    big_lock_take(&g_lock);
    *(int *)value = 1;
    big_lock_changed(&g_lock);
    big_lock_leave(&g_lock);
    return NULL;
}

static void a_change_wakes_who_waits_for_it(void **state)
{
    (void)state;
    int value = 0;
    pthread_t t;
    big_lock_take(&g_lock); /* the other thread cannot change it before we wait */
    assert_int_equal(pthread_create(&t, NULL, change, &value), 0);
    const int64_t until_us = clock_steady_us() + INT64_C(20000000);
    bool in_time = true;
    while (!value && in_time)
        in_time = big_lock_wait(&g_lock, until_us);
    assert_true(in_time);
    assert_int_equal(value, 1);
    big_lock_leave(&g_lock);
    pthread_join(t, NULL);
}

static void waiting_ends_when_the_time_is_over_and_the_lock_is_held_again(void **state)
{
    (void)state;
    big_lock_take(&g_lock);
    assert_false(big_lock_wait(&g_lock, clock_steady_us() - 1));
    assert_int_not_equal(atomic_load(&g_lock.state), 0);
    big_lock_leave(&g_lock);
    assert_int_equal(atomic_load(&g_lock.state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_thread_at_a_time_holds_it),
        cmocka_unit_test(a_change_wakes_who_waits_for_it),
        cmocka_unit_test(waiting_ends_when_the_time_is_over_and_the_lock_is_held_again),
    };
    return cmocka_run_group_tests_name("big_lock", tests, NULL, NULL);
}
