#include "tests/fuzz/fuzz.h"

#include "mockd/base/check.h"
#include "mockd/core/match.h"

/* The first line is a URL, the second a body, the rest a pattern. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size};
    const size_t first = str_find_char(rest, '\n');
    const struct str url = {rest.p, first};
    rest = str_from(rest, first + 1);
    const size_t second = str_find_char(rest, '\n');
    const struct str body = {rest.p, second};
    const struct str pattern = str_from(rest, second + 1);
    const struct header headers[] = {{STR("Content-Type"), STR("text/plain")}, {url, body}};
    const struct match_subject subject = {
        .method = STR("POST"),
        .url = url,
        .body = body,
        .headers = headers,
        .nheaders = 2,
        .provider = STR("nexmo"),
        .endpoint = STR("POST /sms/json"),
        .api_key = STR("mockd001"),
        .to = STR("447700900000"),
        .status = 200,
    };
    struct arena a;
    enum json_fault fault;
    size_t at;
    struct problem p = {0};
    arena_init(&a);
    const struct cJSON *doc = json_parse(&a, pattern, &fault, &at);
    struct match *m = match_new(&a);
    CHECK(match_fits(m, &a, &subject)); /* an empty pattern fits everything */
    if (doc && match_read(m, doc, &p)) {
        const bool fits = match_fits(m, &a, &subject);
        CHECK(fits == match_fits(m, &a, &subject));
    } else if (doc) {
        CHECK(p.detail.n);
    }
    match_release(m);
    arena_release(&a);
    return 0;
}
