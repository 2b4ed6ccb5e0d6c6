#include "tests/unit/process.h"

#include <stdlib.h>

#include "mockd/tools/source_text.h"

/* What mockd_embed makes of data/embedded.sql. */
extern const char k_embedded_sql[];

static void good_entries_become_a_header_and_a_table(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        struct str part;
    } k_cases[] = {
        {"acme_errors.h",
         STR_INIT("enum acme_error {\n    ACME_SEND_1,\n    ACME_SEND_2,\n    ACME_SEND_2X,\n"
                  "    ACME__ERRORS\n};")},
        {"acme_errors.h", STR_INIT("extern const struct catalogue_entry k_acme_errors[];")},
        {"acme_errors.h", STR_INIT("extern const struct catalogue acme_catalogue;")},
        {"acme_errors.c", STR_INIT("[ACME_SEND_2X] =")},
        {"acme_errors.c", STR_INIT(".fr = STR_INIT(\"Aucun num\\303\\251ro \\303\\240 appeler\")")},
        {"acme_errors.c", STR_INIT(".name = STR_INIT(\"Where \\042to\\042\\077\")")},
    };
    char folder[] = "/tmp/test_gen_errors.XXXXXX";
    struct buf output;
    char path[128];
    assert_non_null(mkdtemp(folder));
    const char *const argv[] = {GEN_ERRORS, TEST_DATA "/errors_good.json", folder, NULL};
    buf_init(&output, 1 << 20);
    assert_int_equal(process_run(argv, &output), 0);
    for (size_t i = 0; i < sizeof k_cases / sizeof k_cases[0]; i++) {
        print_message("%s: %.*s\n", k_cases[i].file, STR_ARG(k_cases[i].part));
        buf_clear(&output);
        snprintf(path, sizeof path, "%s/%s", folder, k_cases[i].file);
        assert_true(source_read(path, &output));
        assert_true(str_find(buf_view(&output), k_cases[i].part) < output.n);
    }
    snprintf(path, sizeof path, "%s/acme_errors.h", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/acme_errors.c", folder);
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
    buf_release(&output);
}

static void a_file_that_is_not_good_is_refused_by_name_and_nothing_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        struct str message;
    } k_cases[] = {
        {TEST_DATA "/errors_repeated_id.json", STR_INIT("acme.send.1: stands twice")},
        {TEST_DATA "/errors_without_condition.json",
         STR_INIT("acme.send.2: lacks a good \"condition\"")},
        {TEST_DATA "/errors_without_message.json",
         STR_INIT("acme.send.2: lacks a good \"message\"")},
        {TEST_DATA "/errors_without_code.json", STR_INIT("acme.send.2: lacks a good \"code\"")},
        {TEST_DATA "/errors_without_id.json", STR_INIT("an entry lacks a good \"id\"")},
        {TEST_DATA "/errors_id_of_another_code.json",
         STR_INIT("acme.send.2: the id does not end with the code \"3\"")},
        {TEST_DATA "/errors_unknown_class.json",
         STR_INIT("acme.send.2: \"class\" cannot be \"silly\"")},
        {TEST_DATA "/errors_unknown_key.json",
         STR_INIT("acme.send.2: does not know the key \"retriable\"")},
        {TEST_DATA "/errors_key_twice.json", STR_INIT("acme.send.2: has the key \"code\" twice")},
        {TEST_DATA "/errors_unknown_group.json",
         STR_INIT("acme.talk.2: there is no group \"talk\"")},
        {TEST_DATA "/errors_unknown_set.json",
         STR_INIT("acme.send.2: there is no endpoint set \"@talking\"")},
        {TEST_DATA "/errors_not_json.json", STR_INIT("errors_not_json.json: is not JSON")},
        {TEST_DATA "/errors_absent.json", STR_INIT("errors_absent.json: cannot open it")},
    };
    char folder[] = "/tmp/test_gen_errors.XXXXXX";
    struct buf output;
    assert_non_null(mkdtemp(folder));
    buf_init(&output, 1 << 20);
    for (size_t i = 0; i < sizeof k_cases / sizeof k_cases[0]; i++) {
        const char *const argv[] = {GEN_ERRORS, k_cases[i].file, folder, NULL};
        buf_clear(&output);
        const int status = process_run(argv, &output);
        print_message("%s: %.*s", k_cases[i].file, STR_ARG(buf_view(&output)));
        assert_int_equal(status, EXIT_FAILURE);
        assert_true(str_find(buf_view(&output), k_cases[i].message) < output.n);
    }
    /* Fails when a file was left in it. */
    assert_int_equal(rmdir(folder), 0);
    buf_release(&output);
}

static void an_embedded_file_is_the_same_text(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 1 << 20);
    assert_true(source_read(TEST_DATA "/embedded.sql", &text));
    assert_str(str_from_cstr(k_embedded_sql), buf_view(&text));
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_entries_become_a_header_and_a_table),
        cmocka_unit_test(a_file_that_is_not_good_is_refused_by_name_and_nothing_is_written),
        cmocka_unit_test(an_embedded_file_is_the_same_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
