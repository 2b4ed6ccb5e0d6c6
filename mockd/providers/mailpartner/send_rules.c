#include "mockd/domain/money.h"
#include "mockd/providers/mailpartner/send.h"
#include "mockd/providers/partner/address.h"

#define ATTACHMENT_BYTES_MAX (INT64_C(5) * 1024 * 1024)

static enum verdict refuse(struct rq *rq, enum mailpartner_error code, struct str why)
{
    rq_refuse_why(rq, &k_mailpartner_errors[code], why);
    return STOP;
}

enum verdict mail_check_content(struct rq *rq)
{
    if (str_trim(rq_text(rq, SEND_CONTENT)).n)
        return PASS;
    return rq_stop(rq, &k_mailpartner_errors[MAILPARTNER_SEND_2]);
}

/* ---- people -------------------------------------------------------------------- */

static bool has_no_email(const struct person *p)
{
    return p->email.n == 0;
}

static bool has_bad_email(const struct person *p)
{
    return !partner_email_good(p->email);
}

static bool has_no_name(const struct person *p)
{
    return p->nameless;
}

struct person_rule {
    bool (*broken)(const struct person *p);
    enum mailpartner_error code;
};

/* The first rule that somebody breaks. */
static enum verdict judge(struct rq *rq,
                          const struct person_rule *rules,
                          size_t nrules,
                          const struct person *people,
                          size_t n)
{
    for (size_t r = 0; r < nrules; r++) {
        for (size_t i = 0; i < n; i++) {
            const struct catalogue_entry *e = &k_mailpartner_errors[rules[r].code];
            if (rules[r].broken(&people[i]))
                return refuse(rq, rules[r].code,
                              n == 1 ? e->why
                                     : arena_printf(rq->arena, "%.*s It is recipient %zu.",
                                                    STR_ARG(e->why), i + 1));
        }
    }
    return PASS;
}

#define JUDGE(rq, rules, people, n)                                                                \
    judge((rq), (rules), sizeof(rules) / sizeof((rules)[0]), (people), (n))

enum verdict mail_check_people(struct rq *rq)
{
    static const struct person_rule k_rules[] = {
        {has_no_email, MAILPARTNER_SEND_18},
        {has_bad_email, MAILPARTNER_SEND_19},
        {has_no_name, MAILPARTNER_SEND_21},
    };
    return JUDGE(rq, k_rules, mail_of(rq)->to, mail_of(rq)->n);
}

enum verdict mail_check_from(struct rq *rq)
{
    static const struct person_rule k_rules[] = {
        {has_no_email, MAILPARTNER_SEND_4},
        {has_no_name, MAILPARTNER_SEND_5},
    };
    return mail_of(rq)->has_from ? JUDGE(rq, k_rules, &mail_of(rq)->from, 1) : PASS;
}

enum verdict mail_check_reply(struct rq *rq)
{
    static const struct person_rule k_rules[] = {
        {has_no_email, MAILPARTNER_SEND_23},
        {has_bad_email, MAILPARTNER_SEND_24},
        {has_no_name, MAILPARTNER_SEND_25},
    };
    return mail_of(rq)->has_reply ? JUDGE(rq, k_rules, &mail_of(rq)->reply, 1) : PASS;
}

enum verdict mail_check_twice(struct rq *rq)
{
    const struct mail *m = mail_of(rq);
    for (size_t i = 1; i < m->n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (str_eq_nocase(m->to[k].email, m->to[i].email))
                return refuse(rq, MAILPARTNER_SEND_15,
                              arena_printf(rq->arena,
                                           "%.*s stands more than once in the list (to).",
                                           STR_ARG(m->to[i].email)));
        }
    }
    return PASS;
}

/* ---- attachments ------------------------------------------------------------------ */

/* What comes behind the last of the marks. */
static struct str behind(struct str s, const char *marks)
{
    size_t at = s.n;
    while (at > 0 && !strchr(marks, s.p[at - 1]))
        at--;
    return str_from(s, at);
}

static bool refused_kind(struct str kind)
{
    static const struct str k_kinds[] = {
        STR_INIT("exe"),
        STR_INIT("com"),
        STR_INIT("bat"),
        STR_INIT("cmd"),
        STR_INIT("js"),
        STR_INIT("vbs"),
        STR_INIT("msi"),
        STR_INIT("scr"),
        STR_INIT("jar"),
        STR_INIT("ps1"),
        /* the same as media types, without "x-" */
        STR_INIT("msdownload"),
        STR_INIT("dosexec"),
        STR_INIT("msdos-program"),
        STR_INIT("javascript"),
        STR_INIT("vbscript"),
        STR_INIT("java-archive"),
    };
    for (size_t i = 0; i < sizeof(k_kinds) / sizeof(k_kinds[0]); i++) {
        if (str_eq_nocase(k_kinds[i], kind))
            return true;
    }
    return false;
}

static bool has_no_content(const struct attachment *a)
{
    return a->content.n == 0 && a->url.n == 0;
}

/* The last segment of a URL's path. */
static struct str file_of(struct str url)
{
    const size_t scheme = str_find(url, STR("://"));
    struct str path = {url.p, str_find_char(url, '?')};
    if (scheme < url.n) {
        path = str_from(path, scheme + 3);
        path = str_from(path, str_find_char(path, '/'));
    }
    return behind(path, "/");
}

/* What has no dot has no extension. */
static bool has_refused_extension(struct str file)
{
    return str_find_char(file, '.') < file.n && refused_kind(behind(file, "."));
}

static bool has_refused_kind(const struct attachment *a)
{
    struct str type = {a->type.p, str_find_char(a->type, ';')};
    type = behind(str_trim(type), "/.");
    if (str_starts(type, STR("x-")))
        type = str_from(type, 2);
    return refused_kind(type) || has_refused_extension(a->name) ||
           has_refused_extension(file_of(a->url));
}

static bool has_no_filename(const struct attachment *a)
{
    return a->name.n == 0;
}

enum verdict mail_check_attachments(struct rq *rq)
{
    static const struct {
        bool (*broken)(const struct attachment *a);
        enum mailpartner_error code;
    } k_rules[] = {
        {has_no_content, MAILPARTNER_SEND_8},
        {has_refused_kind, MAILPARTNER_SEND_9},
        {has_no_filename, MAILPARTNER_SEND_16},
    };
    const struct mail *m = mail_of(rq);
    for (size_t r = 0; r < sizeof(k_rules) / sizeof(k_rules[0]); r++) {
        for (size_t i = 0; i < m->nattachments; i++) {
            const struct catalogue_entry *e = &k_mailpartner_errors[k_rules[r].code];
            if (k_rules[r].broken(&m->attachment[i]))
                return refuse(
                    rq, k_rules[r].code,
                    arena_printf(rq->arena, "%.*s It is number %zu.", STR_ARG(e->why), i + 1));
        }
    }
    return PASS;
}

/* ---- the date --------------------------------------------------------------------- */

static bool lacks_date(const struct partner_when *w, int64_t now_ms)
{
    (void)now_ms;
    return w->date == WHEN_ABSENT && (w->time != WHEN_ABSENT || w->minute != WHEN_ABSENT);
}

static bool is_no_date(const struct partner_when *w, int64_t now_ms)
{
    return w->date == WHEN_BAD || w->time == WHEN_BAD ||
           (w->date == WHEN_GOOD && w->latest_ms < now_ms);
}

static bool lacks_time(const struct partner_when *w, int64_t now_ms)
{
    (void)now_ms;
    return w->date == WHEN_GOOD && w->time == WHEN_ABSENT;
}

static bool lacks_minute(const struct partner_when *w, int64_t now_ms)
{
    (void)now_ms;
    return w->minute == WHEN_BAD || (w->date == WHEN_GOOD && w->minute == WHEN_ABSENT);
}

static bool is_off_step(const struct partner_when *w, int64_t now_ms)
{
    (void)now_ms;
    return w->minute == WHEN_OFF_STEP;
}

enum verdict mail_check_when(struct rq *rq)
{
    static const struct {
        bool (*broken)(const struct partner_when *w, int64_t now_ms);
        enum mailpartner_error code;
    } k_rules[] = {
        {lacks_date, MAILPARTNER_SEND_45},  {is_no_date, MAILPARTNER_SEND_49},
        {lacks_time, MAILPARTNER_SEND_46},  {lacks_minute, MAILPARTNER_SEND_47},
        {is_off_step, MAILPARTNER_SEND_48},
    };
    for (size_t i = 0; i < sizeof(k_rules) / sizeof(k_rules[0]); i++) {
        if (k_rules[i].broken(&mail_of(rq)->when, rq->now_ms))
            return rq_stop(rq, &k_mailpartner_errors[k_rules[i].code]);
    }
    return PASS;
}

/* ---- the account ------------------------------------------------------------------ */

/* Takes those who unsubscribed out. */
static enum err drop_unsubscribed(struct rq *rq, struct mail *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->n; i++) {
        bool listed;
        const enum err e =
            store_unsubscribe_has(rq->session->store, rq->account->id, m->to[i].email, &listed);
        if (e != ERR_OK)
            return e;
        if (!listed)
            m->to[kept++] = m->to[i];
    }
    m->n = kept;
    return ERR_OK;
}

enum verdict mail_check_unsubscribed(struct rq *rq)
{
    struct mail *m = mail_of(rq);
    m->failed = drop_unsubscribed(rq, m);
    if (m->failed != ERR_OK || m->n > 0)
        return PASS;
    return rq_stop(rq, &k_mailpartner_errors[MAILPARTNER_SEND_14]);
}

enum verdict mail_check_credit(struct rq *rq)
{
    struct mail *m = mail_of(rq);
    if (!(rq->account->flags & ACCOUNT_MAIL_PRICED))
        return refuse(rq, MAILPARTNER_SEND_55, STR("The account's flag mailPriced is off."));
    m->cost_e8 = PRICE_MAIL_E8 * (int64_t)m->n;
    if (m->sandbox || m->cost_e8 <= rq->account->balance_e8)
        return PASS;
    const struct str cost = money_short(rq->arena, m->cost_e8, 3);
    const struct str balance = money_text(rq->arena, rq->account->balance_e8, 3);
    return refuse(rq, MAILPARTNER_SEND_11,
                  arena_printf(rq->arena,
                               "%zu mail credits are %.*s EUR, and the balance is %.*s EUR.", m->n,
                               STR_ARG(cost), STR_ARG(balance)));
}

/* Bytes that a base64 text stands for. */
static int64_t decoded_bytes(struct str base64)
{
    while (base64.n && base64.p[base64.n - 1] == '=')
        base64.n--;
    return (int64_t)base64.n * 3 / 4;
}

static enum verdict check_attachment_sizes(struct rq *rq)
{
    const struct mail *m = mail_of(rq);
    for (size_t i = 0; i < m->nattachments; i++) {
        const int64_t bytes = decoded_bytes(m->attachment[i].content);
        if (bytes > ATTACHMENT_BYTES_MAX)
            return refuse(rq, MAILPARTNER_SEND_500,
                          arena_printf(rq->arena, "Attachment %zu has %lld bytes, over 5 MB.",
                                       i + 1, (long long)bytes));
    }
    return PASS;
}

enum verdict mail_check_queue(struct rq *rq)
{
    struct mail *m = mail_of(rq);
    const int64_t capacity = rq->session->settings.queue_capacity;
    int64_t waiting = 0;
    if (m->failed != ERR_OK)
        return PASS;
    if (check_attachment_sizes(rq) == STOP)
        return STOP;
    if (m->sandbox || (capacity > 0 && !m->later))
        return PASS;
    m->failed =
        store_message_waiting_kind(rq->session->store, MESSAGE_MAIL, 0, rq->now_ms, &waiting);
    if (m->failed != ERR_OK || (capacity > 0 && waiting + (int64_t)m->n <= capacity))
        return PASS;
    return refuse(rq, MAILPARTNER_SEND_500,
                  arena_printf(rq->arena,
                               "The queue holds %lld of at most %lld mails (queueCapacity).",
                               (long long)waiting, (long long)capacity));
}
