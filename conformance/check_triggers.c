/*
 * check_triggers URL NOT_SERVED.json: uses every trigger that the catalogue of the server at URL
 * names, each in a real request to the endpoint it is said to work at, and looks whether the answer
 * is that entry (header X-Mockd-Error). What NOT_SERVED lists and answers 404 is counted apart.
 * Prints what differs and "N/N triggered"; exit 1 on a difference. Triggers of the kind "account"
 * say where a natural condition is: cases prove those.
 */
#include <stdio.h>

#include "clients/lib/httpc.h"
#include "clients/lib/json.h"
#include "mockd/base/check.h"

enum { BODY_MAX = 64 * 1024, FILE_MAX_BYTES = 1024 * 1024 };

struct sweep {
    struct str url;
    struct httpc *http;
    const struct json *not_served; /* array of endpoints */
    struct arena *a;               /* of one request */
    size_t tried, good, absent, wrong;
};

struct trigger {
    struct str provider, id, kind, value, method, path;
};

/* Groups whose numbers steer what becomes of a message instead of answering at once. */
static bool steers(const struct trigger *t)
{
    static const struct str k_groups[] = {
        STR_INIT("smspartner.statusword."), STR_INIT("smspartner.dlr."),
        STR_INIT("smspartner.hlr-status."), STR_INIT("smspartner.hlr-error.")};
    for (size_t i = 0; i < sizeof(k_groups) / sizeof(k_groups[0]); i++) {
        if (str_starts(t->id, k_groups[i]))
            return true;
    }
    return str_ends(t->id, STR(".sms.0"));
}

static bool listed(const struct json *list, struct str method, struct str path)
{
    for (const struct json *e = list->first; e; e = e->next) {
        struct str rest = e->text;
        struct str word;
        if (str_split(&rest, ' ', &word) && str_eq(word, method) && str_eq(rest, path))
            return true;
    }
    return false;
}

static void add_text(struct sweep *s, struct json *object, const char *key, struct str text)
{
    json_add(object, str_from_cstr(key), json_new_string(s->a, text));
}

/* [{"key": text, "message": "x"}] */
static struct json *list_of_one(struct sweep *s, const char *key, struct str text)
{
    struct json *list = json_new(s->a, JSON_ARRAY);
    struct json *item = json_new(s->a, JSON_OBJECT);
    add_text(s, item, key, text);
    add_text(s, item, "message", STR("x"));
    json_add(list, (struct str){0}, item);
    return list;
}

/* The trigger's value under every name by which an endpoint of the family takes such a value. */
static struct json *family_inputs(struct sweep *s, const struct trigger *t)
{
    static const char *const k_numbers[] = {"phoneNumbers", "phoneNumber", "to", "number"};
    struct json *in = json_new(s->a, JSON_OBJECT);
    add_text(s, in, "apiKey", str_eq(t->kind, STR("apiKey")) ? t->value : STR("mockd-key"));
    if (str_eq(t->kind, STR("msisdn"))) {
        for (size_t i = 0; i < sizeof(k_numbers) / sizeof(k_numbers[0]); i++)
            add_text(s, in, k_numbers[i], t->value);
        json_add(in, STR("SMSList"), list_of_one(s, "phoneNumber", t->value));
        json_add(in, STR("SMSStatut_List"), list_of_one(s, "phoneNumber", t->value));
        json_add(in, STR("contact"),
                 json_clone(s->a, list_of_one(s, "phoneNumber", t->value)->first));
    }
    if (str_eq(t->kind, STR("email"))) {
        add_text(s, in, "email", t->value);
        json_add(in, STR("to"), list_of_one(s, "email", t->value));
    }
    return in;
}

static struct json *nexmo_inputs(struct sweep *s, const struct trigger *t)
{
    const bool current = str_starts(t->id, STR("nexmo.sms-current."));
    struct json *in = json_new(s->a, JSON_OBJECT);
    add_text(s, in, "api_key",
             str_eq(t->kind, STR("apiKey")) ? t->value
             : current                      ? STR("mkcurr01")
                                            : STR("mockd001"));
    add_text(s, in, "api_secret", STR("mockdSecret1"));
    add_text(s, in, "from", STR("Acme"));
    add_text(s, in, "text", STR("x"));
    add_text(s, in, "to", str_eq(t->kind, STR("msisdn")) ? t->value : STR("447700900500"));
    return in;
}

/* key=value pairs of the inputs that are plain text. */
static struct str query_of(struct sweep *s, const struct json *in)
{
    struct str query;
    struct buf b;
    buf_init(&b, BODY_MAX);
    for (const struct json *m = in->first; m; m = m->next) {
        if (m->kind != JSON_STRING)
            continue;
        buf_add(&b, b.n ? STR("&") : STR(""));
        http_percent_encode(&b, m->key);
        buf_add_char(&b, '=');
        http_percent_encode(&b, m->text);
    }
    query = arena_strdup(s->a, buf_view(&b));
    buf_release(&b);
    return query;
}

/* The path with its {apiKey} and other holes filled. */
static struct str filled(struct sweep *s, const struct trigger *t, struct str key)
{
    const size_t at = str_find(t->path, STR("/{"));
    if (at == t->path.n)
        return t->path;
    const bool two = str_find(str_from(t->path, at + 2), STR("/{")) < t->path.n - at - 2;
    return arena_printf(s->a, "%.*s/%.*s%s", (int)at, t->path.p, STR_ARG(key), two ? "/x" : "");
}

static struct http_answer ask(struct sweep *s, const struct trigger *t)
{
    struct http_answer answer = {0};
    struct str detail = {0};
    struct http_header forced = {STR("X-Mockd-Error"), t->id};
    const bool nexmo = str_eq(t->provider, STR("nexmo"));
    const struct json *in = nexmo ? nexmo_inputs(s, t) : family_inputs(s, t);
    const bool get = str_eq(t->method, STR("GET"));
    const struct str path = filled(s, t, in->first->text);
    const struct str query = get ? query_of(s, in) : STR("");
    struct http_request request = {
        .method = t->method,
        .url = arena_printf(s->a, "%.*s/%.*s%.*s%s%.*s", STR_ARG(s->url), STR_ARG(t->provider),
                            STR_ARG(path), get ? "?" : "", STR_ARG(query)),
        .headers = &forced,
        .nheaders = str_eq(t->kind, STR("header")) ? 1 : 0,
    };
    if (!get)
        request.body = nexmo ? query_of(s, in) : json_text(s->a, in, BODY_MAX);
    if (httpc_send(s->http, s->a, &request, &answer, &detail) != HTTPC_OK)
        printf("%.*s: %.*s\n", STR_ARG(t->id), STR_ARG(detail));
    return answer;
}

static void complain(struct sweep *s, const struct trigger *t, int status, struct str got)
{
    printf("%.*s by %.*s %.*s at %.*s %.*s: HTTP %d, X-Mockd-Error is \"%.*s\"\n", STR_ARG(t->id),
           STR_ARG(t->kind), STR_ARG(t->value), STR_ARG(t->method), STR_ARG(t->path), status,
           STR_ARG(got));
    s->wrong++;
}

static void try_one(struct sweep *s, const struct trigger *t)
{
    if (str_eq(t->kind, STR("account")) || steers(t))
        return;
    const struct http_answer answer = ask(s, t);
    const struct str got = http_header_value(s->a, &answer, STR("X-Mockd-Error"));
    if (listed(s->not_served, t->method, t->path) && answer.status == 404 &&
        str_ends(got, STR(".http.404"))) {
        s->absent++;
        return;
    }
    s->tried++;
    if (str_eq(got, t->id))
        s->good++;
    else
        complain(s, t, answer.status, got);
}

static void try_entry(struct sweep *s, const struct json *entry)
{
    for (const struct json *j = json_get(entry, STR("triggers"))->first; j; j = j->next) {
        struct str endpoint = json_get(j, STR("endpoint"))->text;
        struct trigger t = {
            .provider = json_get(entry, STR("provider"))->text,
            .id = json_get(entry, STR("id"))->text,
            .kind = json_get(j, STR("kind"))->text,
            .value = json_get(j, STR("value"))->text,
        };
        str_split(&endpoint, ' ', &t.method);
        t.path = endpoint;
        arena_reset(s->a);
        try_one(s, &t);
    }
}

static const struct json *parse(struct arena *a, struct str text, const char *what)
{
    struct json_error e;
    const struct json *j = json_parse(a, text, &e);
    if (!j)
        fprintf(stderr, "check_triggers: %s: %.*s\n", what, STR_ARG(e.message));
    return j;
}

static struct str read_file(struct arena *a, const char *path)
{
    char *p = arena_alloc(a, FILE_MAX_BYTES);
    FILE *f = fopen(path, "rb");
    const size_t n = f ? fread(p, 1, FILE_MAX_BYTES, f) : 0;
    if (f)
        fclose(f);
    return (struct str){p, n};
}

static const struct json *fetch_catalogue(struct arena *a, struct httpc *http, const char *url)
{
    struct http_answer answer;
    struct str detail;
    const struct http_request request = {.method = STR("GET"),
                                         .url = arena_printf(a, "%s/__admin/catalog", url)};
    if (httpc_send(http, a, &request, &answer, &detail) != HTTPC_OK)
        return NULL;
    return parse(a, answer.body, "/__admin/catalog");
}

int main(int argc, char **argv)
{
    struct arena keep;
    struct arena each;
    struct sweep s = {.a = &each};
    if (argc != 3) {
        fprintf(stderr, "usage: check_triggers URL NOT_SERVED.json\n");
        return 2;
    }
    arena_init(&keep);
    arena_init(&each);
    httpc_setup();
    s.http = httpc_open(&keep);
    s.url = str_from_cstr(argv[1]);
    const struct json *list = parse(&keep, read_file(&keep, argv[2]), argv[2]);
    const struct json *catalogue = fetch_catalogue(&keep, s.http, argv[1]);
    s.not_served = list ? json_get(list, STR("endpoints")) : NULL;
    const struct json *entries = catalogue ? json_get(catalogue, STR("entries")) : NULL;
    for (const struct json *e = entries && s.not_served ? entries->first : NULL; e; e = e->next)
        try_entry(&s, e);
    printf("%zu/%zu triggered; %zu at endpoints that are not served\n", s.good, s.tried, s.absent);
    httpc_close(s.http);
    arena_release(&each);
    arena_release(&keep);
    return s.wrong || s.tried == 0 ? 1 : 0;
}
