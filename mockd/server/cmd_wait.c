#include <curl/curl.h>
#include <stdio.h>
#include <time.h>

#include "mockd/base/clock.h"
#include "mockd/server/commands.h"
#include "mockd/server/exit_code.h"

struct wait_options {
    const char *url;
    int64_t timeout_s;
};

static const struct option k_rows[] = {
    {.name = "url",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct wait_options, url),
     .placeholder = "URL",
     .help = "where the server is (http://127.0.0.1:8080)"},
    {.name = "timeout",
     .kind = OPTION_INT,
     .offset = offsetof(struct wait_options, timeout_s),
     .max = 86400,
     .placeholder = "SECONDS",
     .help = "how long to try (10)"},
};

const struct option_table k_wait_table = {
    .command = "wait",
    .usage = "[--url URL] [--timeout SECONDS]",
    .summary = "Waits until the server at URL answers /readyz; exit 0 then, 1 when it did not.",
    .rows = k_rows,
    .n = sizeof(k_rows) / sizeof(k_rows[0]),
    .target_size = sizeof(struct wait_options),
};

static size_t ignore_body(const void *data, size_t size, size_t n, void *user)
{
    (void)data;
    (void)user;
    return size * n;
}

static bool ready(CURL *curl)
{
    long status = 0;
    if (curl_easy_perform(curl) != CURLE_OK)
        return false;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return status == 200;
}

static int wait_for(const char *url, int64_t timeout_s)
{
    const struct timespec pause = {.tv_nsec = 20000000};
    const int64_t deadline_us = clock_steady_us() + timeout_s * 1000000;
    CURL *curl = curl_easy_init();
    bool good = false;
    if (!curl)
        return EXIT_CODE_INTERNAL;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 2000L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore_body);
    while (!(good = ready(curl)) && clock_steady_us() < deadline_us)
        nanosleep(&pause, NULL);
    curl_easy_cleanup(curl);
    if (!good)
        fprintf(stderr, "mockd: nothing is ready at %s after %lld s\n", url, (long long)timeout_s);
    return good ? EXIT_CODE_OK : EXIT_CODE_FAILED;
}

int cmd_wait(int argc, char **argv)
{
    struct wait_options o = {.url = "http://127.0.0.1:8080", .timeout_s = 10};
    int status;
    struct arena a;
    if (!command_options(&k_wait_table, &o, argc, argv, NULL, &status))
        return status;
    struct str base = str_from_cstr(o.url);
    if (str_ends(base, STR("/")))
        base.n--;
    arena_init(&a);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    status = wait_for(arena_cstr(&a, arena_printf(&a, "%.*s/readyz", STR_ARG(base))), o.timeout_s);
    curl_global_cleanup();
    arena_release(&a);
    return status;
}
