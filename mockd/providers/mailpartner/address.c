#include "mockd/providers/mailpartner/address.h"

#include "mockd/providers/partner/numbers.h"

struct person person_read(struct arena *a, const struct cJSON *object)
{
    const struct cJSON *name = json_get(object, STR("name"));
    return (struct person){
        .email = str_trim(json_scalar(a, json_get(object, STR("email")))),
        .nameless = json_kind(name) > JSON_NULL && str_trim(json_scalar(a, name)).n == 0,
    };
}

struct value mail_field(const struct rq *rq, struct str name)
{
    const struct cJSON *params = partner_nested(rq->arena, inputs_get(&rq->in, STR("params")));
    const struct cJSON *inside = json_get(params, name);
    if (json_kind(inside) > JSON_NULL)
        return (struct value){json_scalar(rq->arena, inside), inside};
    return inputs_get(&rq->in, name);
}

const struct cJSON *mail_recipients(const struct rq *rq)
{
    const struct cJSON *list = partner_nested(rq->arena, mail_field(rq, STR("to")));
    return json_kind(list) == JSON_ARRAY ? list : NULL;
}
