#include "mockd/http/out.h"
#include "tests/unit/str_assert.h"

/* One description of an answer with everything in it. */
static void describe(struct out *o)
{
    out_object_begin(o, STR("result"));
    out_bool(o, STR("success"), true);
    out_int(o, STR("code"), -7);
    out_raw(o, STR("cost"), STR("0.0380"));
    out_str(o, STR("text"), STR("<\"&\\]]>\x01\xC3\xA9\r\n"));
    out_text(o, STR("plain"), STR("a<b"));
    out_str(o, STR("empty"), STR(""));
    out_str(o, STR("absent"), (struct str){0});
    out_array_begin(o, STR("list"));
    out_str(o, STR("item"), STR("x"));
    out_object_begin(o, STR("item"));
    out_end(o);
    out_end(o);
    out_named_begin(o, STR("who"));
    out_str(o, STR("name"), STR("n"));
    out_end(o);
    out_end(o);
}

static void one_description_makes_every_format(void **state)
{
    (void)state;
    static const struct {
        enum out_format format;
        struct str text;
    } k_cases[] = {
        {OUT_JSON, STR_INIT("{\"success\":true,\"code\":-7,\"cost\":0.0380,"
                            "\"text\":\"<\\\"&\\\\]]>\\u0001\xC3\xA9\\r\\n\",\"plain\":\"a<b\","
                            "\"empty\":\"\",\"absent\":null,\"list\":[\"x\",{}],"
                            "\"who\":{\"name\":\"n\"}}")},
        {OUT_XML_POSITIONAL,
         STR_INIT("<result><entry>true</entry><entry>-7</entry><entry>0.0380</entry>"
                  "<entry><![CDATA[<\"&\\]]]]><![CDATA[>\xC3\xA9\r\n]]></entry>"
                  "<entry>a&lt;b</entry><entry><![CDATA[]]></entry><entry></entry>"
                  "<entry><entry><![CDATA[x]]></entry><entry></entry></entry>"
                  "<entry><name>n</name></entry></result>")},
        {OUT_XML_NAMED,
         STR_INIT("<result><success>true</success><code>-7</code><cost>0.0380</cost>"
                  "<text>&lt;&quot;&amp;\\]]&gt;\xC3\xA9&#13;\n</text><plain>a&lt;b</plain>"
                  "<empty></empty><absent></absent><list><item>x</item><item></item></list>"
                  "<who><name>n</name></who></result>")},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct buf b;
        struct out o;
        buf_init(&b, 4096);
        out_init(&o, k_cases[i].format, &b);
        describe(&o);
        assert_str(buf_view(&b), k_cases[i].text);
        assert_int_equal(o.depth, 0);
        buf_release(&b);
    }
}

static void an_attribute_stands_in_the_tag_and_json_has_none(void **state)
{
    (void)state;
    static const struct {
        enum out_format format;
        struct str text;
    } k_cases[] = {
        {OUT_JSON, STR_INIT("{\"a\":\"x\"}")},
        {OUT_XML_NAMED, STR_INIT("<r count='1' k='v'><a>x</a></r>")},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct buf b;
        struct out o;
        buf_init(&b, 4096);
        out_init(&o, k_cases[i].format, &b);
        out_object_begin(&o, STR("r"));
        out_attribute(&o, STR("count"), STR("1"));
        out_attribute(&o, STR("k"), STR("v"));
        out_str(&o, STR("a"), STR("x"));
        out_end(&o);
        assert_str(buf_view(&b), k_cases[i].text);
        buf_release(&b);
    }
}

static void no_text_ends_its_cdata_section(void **state)
{
    (void)state;
    static const struct {
        struct str text, xml;
    } k_cases[] = {
        {STR_INIT("]]>"), STR_INIT("<![CDATA[]]]]><![CDATA[>]]>")},
        {STR_INIT("]]\0>"), STR_INIT("<![CDATA[]]]]><![CDATA[>]]>")},
        {STR_INIT("]]]>"), STR_INIT("<![CDATA[]]]]]><![CDATA[>]]>")},
        {STR_INIT("] ]>"), STR_INIT("<![CDATA[] ]>]]>")},
        {STR_INIT("]]"), STR_INIT("<![CDATA[]]]]>")},
    };
    for (size_t i = 0; i < sizeof(k_cases) / sizeof(k_cases[0]); i++) {
        struct buf b;
        struct out o;
        buf_init(&b, 4096);
        out_init(&o, OUT_XML_POSITIONAL, &b);
        out_object_begin(&o, STR("r"));
        out_str(&o, STR("a"), k_cases[i].text);
        out_end(&o);
        const struct str entry = str_from(buf_view(&b), STR("<r><entry>").n);
        assert_true(str_starts(entry, k_cases[i].xml));
        assert_str(str_from(entry, k_cases[i].xml.n), STR("</entry></r>"));
        buf_release(&b);
    }
}

static void an_answer_over_its_cap_is_marked_and_never_grows(void **state)
{
    (void)state;
    struct buf b;
    struct out o;
    buf_init(&b, 16);
    out_init(&o, OUT_XML_NAMED, &b);
    describe(&o);
    assert_true(b.overflowed);
    assert_true(b.n <= 16);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_description_makes_every_format),
        cmocka_unit_test(an_attribute_stands_in_the_tag_and_json_has_none),
        cmocka_unit_test(no_text_ends_its_cdata_section),
        cmocka_unit_test(an_answer_over_its_cap_is_marked_and_never_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
