#include "mockd/core/router.h"
#include "mockd/providers/partner/partner.h"

void partner_begin(struct rq *rq)
{
    if (rq->out.format != OUT_JSON)
        buf_add(rq->reply, STR("<?xml version='1.0' encoding='UTF-8'?>"));
    out_object_begin(&rq->out, STR("result"));
}

void partner_success(struct rq *rq)
{
    partner_begin(rq);
    out_bool(&rq->out, STR("success"), true);
    out_int(&rq->out, STR("code"), 200);
}

void partner_end(struct rq *rq)
{
    out_end(&rq->out);
}

struct str partner_message(const struct rq *rq, const struct catalogue_entry *e)
{
    return rq->session->settings.lang == LANG_FR ? e->fr : e->en;
}

/* What the transport refused is told by its status; only the provider's own codes say "success". */
static bool says_success(const struct catalogue_entry *e)
{
    return !str_eq(e->group, STR("http")) || e->code == 429;
}

void partner_error_head(struct rq *rq, const struct catalogue_entry *e)
{
    const int64_t status = rq->session->settings.error_http_status;
    rq->status = e->http_status == 200 && status ? (int)status : e->http_status;
    partner_begin(rq);
    if (says_success(e))
        out_bool(&rq->out, STR("success"), false);
    if (e->code_text.p)
        out_str(&rq->out, STR("code"), e->code_text);
    else
        out_int(&rq->out, STR("code"), e->code);
}

void partner_error_begin(struct rq *rq, const struct catalogue_entry *e, struct str message)
{
    partner_error_head(rq, e);
    out_str(&rq->out, STR("message"), message);
}

void partner_refuse(struct rq *rq, const struct catalogue_entry *e)
{
    partner_error_begin(rq, e, partner_message(rq, e));
    partner_end(rq);
}

/* The body of an answer that HTTP itself asks for. */
static void answer_http(struct rq *rq, int status)
{
    static const struct {
        int status;
        struct str text;
    } k_texts[] = {
        {400, STR_INIT("Bad Request")},
        {404, STR_INIT("Not Found")},
        {405, STR_INIT("Method Not Allowed")},
        {408, STR_INIT("Request Timeout")},
        {411, STR_INIT("Length Required")},
        {413, STR_INIT("Payload Too Large")},
        {431, STR_INIT("Request Header Fields Too Large")},
    };
    struct str text = STR("Error");
    for (size_t i = 0; i < sizeof(k_texts) / sizeof(k_texts[0]); i++) {
        if (k_texts[i].status == status)
            text = k_texts[i].text;
    }
    rq->status = status;
    rq->error =
        catalogue_code(rq->provider->catalogue, STR("http"), arena_printf(rq->arena, "%d", status));
    partner_begin(rq);
    out_int(&rq->out, STR("code"), status);
    out_str(&rq->out, STR("message"), text);
    partner_end(rq);
}

/* The methods this path has, as the Allow header lists them. */
static struct str allowed(const struct rq *rq)
{
    static const struct {
        enum method method;
        struct str names;
    } k_names[] = {
        {METHOD_GET, STR_INIT("GET, HEAD")},
        {METHOD_POST, STR_INIT("POST")},
        {METHOD_DELETE, STR_INIT("DELETE")},
    };
    struct str args[RQ_PATH_ARGS_MAX];
    struct str list = STR("");
    for (size_t i = 0; i < rq->provider->nendpoints; i++) {
        const struct endpoint *e = &rq->provider->endpoints[i];
        if (!router_fits(rq->arena, e->path, rq->path, args))
            continue;
        for (size_t k = 0; k < sizeof(k_names) / sizeof(k_names[0]); k++) {
            if (k_names[k].method == e->method)
                list = arena_printf(rq->arena, "%.*s%s%.*s", STR_ARG(list), list.n ? ", " : "",
                                    STR_ARG(k_names[k].names));
        }
    }
    return list;
}

void partner_miss(struct rq *rq, enum miss why)
{
    if (why != MISS_METHOD) {
        rq->why = arena_printf(rq->arena, "%.*s has no path \"%.*s\".", STR_ARG(rq->provider->name),
                               STR_ARG(rq->path));
        answer_http(rq, 404);
        return;
    }
    const struct str methods = allowed(rq);
    rq_reply_header(rq, STR("Allow"), methods);
    rq->why = arena_printf(rq->arena, "%.*s takes %.*s, not %.*s.", STR_ARG(rq->path),
                           STR_ARG(methods), STR_ARG(rq->method_text));
    answer_http(rq, 405);
}

void partner_unreadable(struct rq *rq, int status)
{
    answer_http(rq, status);
}
