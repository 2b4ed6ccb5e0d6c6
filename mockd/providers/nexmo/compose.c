#include "mockd/base/utf8.h"
#include "mockd/providers/nexmo/work.h"

/* What a demo account's messages end in, without a blank before it. */
#define DEMO_SUFFIX STR("[FREE SMS DEMO, TEST MESSAGE]")

static struct str joined(struct arena *a, struct str x, struct str y)
{
    char *p = arena_alloc(a, x.n + y.n + 1);
    if (x.n)
        memcpy(p, x.p, x.n);
    if (y.n)
        memcpy(p + x.n, y.p, y.n);
    return (struct str){p, x.n + y.n};
}

/* Handsets show a question mark for what the GSM alphabet does not have. */
static struct str gsm_seen(struct arena *a, struct str text)
{
    if (gsm_fits(text))
        return text;
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    uint32_t cp;
    while (utf8_next(&text, &cp))
        n += utf8_put(p + n, gsm_septets(cp) ? cp : '?');
    return (struct str){p, n};
}

void nexmo_compose(struct rq *rq)
{
    struct work *w = nexmo_work(rq);
    const struct content *c = w->content;
    struct str seen = rq->param[c->needs[0]].text;
    if (c->needs[1] != c->needs[0])
        seen = joined(rq->arena, joined(rq->arena, seen, STR(" ")), rq->param[c->needs[1]].text);
    if (c->encoding != SMS_BINARY && rq->account->flags & ACCOUNT_DEMO)
        seen = joined(rq->arena, seen, DEMO_SUFFIX);
    if (c->encoding == SMS_GSM7)
        seen = gsm_seen(rq->arena, seen);
    w->seen = seen;
    /* Binary content that needs more than one message was refused. */
    w->parts = c->needs[0] == IN_BODY ? 1 : sms_segments(seen, c->encoding, c->limits).parts;
}
