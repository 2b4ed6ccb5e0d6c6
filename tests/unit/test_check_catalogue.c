#include "tests/unit/process.h"

#include <stdlib.h>

#include "mailpartner_errors.h"
#include "nexmo_errors.h"
#include "smspartner_errors.h"
#include "voicepartner_errors.h"

static const struct catalogue *const k_catalogues[] = {
    &smspartner_catalogue,
    &voicepartner_catalogue,
    &mailpartner_catalogue,
    &nexmo_catalogue,
};

enum { MAX_BYTES = 16 << 20 };

/* Every public entry as `mockd catalog --format json` shows them, but for one edit. */
struct edit {
    struct str id;       /* the entry to spoil; absent = none */
    struct str from, to; /* within its JSON; both absent = leave the entry out */
    struct str more;     /* one more entry at the end; absent = none */
    int exit_code;
    struct str says;
};

static void add_entry(struct buf *out, const struct catalogue_entry *e, const struct edit *edit)
{
    struct str json = e->json;
    const bool spoil = str_eq(e->id, edit->id);
    if (spoil && !edit->from.p)
        return;
    if (out->p[out->n - 1] == '}')
        buf_add_char(out, ',');
    if (spoil) {
        const size_t at = str_find(json, edit->from);
        assert_true(at < json.n);
        buf_add(out, (struct str){json.p, at});
        buf_add(out, edit->to);
        json = str_from(json, at + edit->from.n);
    }
    buf_add(out, json);
}

static void write_catalogue(int fd, const struct edit *edit)
{
    struct buf out;
    buf_init(&out, MAX_BYTES);
    buf_add(&out, STR("{\"entries\":["));
    for (size_t c = 0; c < sizeof k_catalogues / sizeof k_catalogues[0]; c++)
        for (size_t i = 0; i < k_catalogues[c]->n; i++)
            add_entry(&out, &k_catalogues[c]->entries[i], edit);
    buf_add(&out, edit->more);
    buf_add(&out, STR("]}"));
    for (size_t done = 0; done < out.n;) {
        const ssize_t n = write(fd, out.p + done, out.n - done);
        assert_true(n > 0);
        done += (size_t)n;
    }
    buf_release(&out);
}

static void check(const struct edit *edit)
{
    char path[] = "/tmp/test_check_catalogue.XXXXXX";
    struct buf output;
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    write_catalogue(fd, edit);
    close(fd);
    const char *const argv[] = {CHECK_CATALOGUE, DOCUMENTED, path, NULL};
    buf_init(&output, MAX_BYTES);
    const int status = process_run(argv, &output);
    unlink(path);
    print_message("%.*s\n%.*s", STR_ARG(edit->id), STR_ARG(buf_view(&output)));
    assert_int_equal(status, edit->exit_code);
    assert_true(str_find(buf_view(&output), edit->says) < output.n);
    buf_release(&output);
}

static void every_documented_code_is_in_the_catalogue(void **state)
{
    (void)state;
    check(&(struct edit){.exit_code = 0, .says = STR("253/253 documented codes match")});
}

static void a_difference_in_either_direction_is_found(void **state)
{
    (void)state;
    static const struct edit k_edits[] = {
        {.id = STR_INIT("smspartner.send.42"),
         .exit_code = 1,
         .says = STR_INIT("missing from the catalogue:\n  documented provider=\"smspartner\" "
                          "section=\"Sending SMS\" code=42 ")},
        {.id = STR_INIT("smspartner.send.42"),
         .exit_code = 1,
         .says = STR_INIT("252/253 documented codes match")},
        {.id = STR_INIT("smspartner.send.42"),
         .from = STR_INIT("\"message\":\"The number"),
         .to = STR_INIT("\"message\":\"the number"),
         .exit_code = 1,
         .says = STR_INIT("differs:\n")},
        {.id = STR_INIT("smspartner.send.42"),
         .from = STR_INIT("\"code\":42"),
         .to = STR_INIT("\"code\":\"42\""),
         .exit_code = 1,
         .says = STR_INIT("not documented:\n  catalogue  provider=\"smspartner\" "
                          "section=\"Sending SMS\" code=\"42\"")},
        {.id = STR_INIT("smspartner.hlr-error.2153"),
         .from = STR_INIT("EC_SOURCE_ADDRESS_BLACKLISTED"),
         .to = STR_INIT("EC_BLACKLISTED_SENDERADDRESS"),
         .exit_code = 1,
         .says = STR_INIT("name=\"EC_SOURCE_ADDRESS_BLACKLISTED\"")},
        {.id = STR_INIT("nexmo.sms-current.14"),
         .from = STR_INIT("(current)"),
         .to = STR_INIT("(recent)"),
         .exit_code = 1,
         .says = STR_INIT("missing from the catalogue:\n  documented provider=\"nexmo\"")},
        {.more = STR_INIT(",{\"provider\":\"mailpartner\",\"section\":\"Sending Mail\",\"code\":6,"
                          "\"name\":null,\"message\":\"Made up\"}"),
         .exit_code = 1,
         .says = STR_INIT("not documented:\n  catalogue  provider=\"mailpartner\"")},
        {.more = STR_INIT(",{\"provider\":\"mailpartner\",\"section\":\"Ours\",\"code\":6,"
                          "\"name\":null,\"message\":\"Made up\"}"),
         .exit_code = 0,
         .says = STR_INIT("253/253 documented codes match")},
        {.more = STR_INIT("{"), .exit_code = 2, .says = STR_INIT("is not JSON")},
    };
    for (size_t i = 0; i < sizeof k_edits / sizeof k_edits[0]; i++)
        check(&k_edits[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_documented_code_is_in_the_catalogue),
        cmocka_unit_test(a_difference_in_either_direction_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
