#include "clients/lib/sys.h"
#include "scenarios/runner/bytes.h"
#include "scenarios/runner/run.h"

enum { DEADLINE_MS = 15000, STILL_OPEN_MS = 100, SHOWN_MAX = 4096 };

static int64_t deadline(void)
{
    return sys_now_ms() + DEADLINE_MS;
}

static bool connect_to_server(struct run *r, struct rawconn **out)
{
    uint64_t port = 0;
    struct str problem;
    const struct json *host = json_get(r->vars, STR("host"));
    const struct json *text = json_get(r->vars, STR("port"));
    if (!host || !text || !str_to_uint(text->text, UINT16_MAX, &port))
        return run_problem(r, STR("the variables host and port do not name a server"));
    if (rawconn_open(r->a, host->text, (uint16_t)port, deadline(), out, &problem))
        return run_problem(r, problem);
    return true;
}

/* A piece of "raw": text, {"hex"}, {"text","times"} or {"pause_ms"}. */
static bool send_piece(struct run *r, struct rawconn *c, const struct json *piece)
{
    int64_t n = 0;
    struct str bytes = piece->text;
    const struct json *hex = json_get(piece, STR("hex"));
    const struct json *text = json_get(piece, STR("text"));

    if (json_to_int(json_get(piece, STR("pause_ms")), &n)) {
        sys_pause_ms(n);
        return true;
    }
    if (hex)
        bytes_from_hex(&r->scratch, hex->text, &bytes);
    else if (text && json_to_int(json_get(piece, STR("times")), &n))
        bytes = bytes_repeat(&r->scratch, text->text, (size_t)n);
    if (!r->sent.p)
        r->sent = arena_strdup(&r->scratch,
                               (struct str){bytes.p, bytes.n < SHOWN_MAX ? bytes.n : SHOWN_MAX});
    return rawconn_send(c, bytes, deadline());
}

/*
 * Writes the step's bytes. A server that hangs up early is no failure by itself: what it answered
 * is judged.
 */
static void write_bytes(struct run *r, struct rawconn *c, const struct json *step)
{
    struct str bytes;
    const struct json *raw = json_get(step, STR("raw"));
    const struct json *hex = json_get(step, STR("raw_hex"));
    const struct json *half = json_get(step, STR("half_close"));
    bool ok = true;

    if (raw && raw->kind != JSON_ARRAY)
        ok = send_piece(r, c, raw);
    for (const struct json *p = raw && raw->kind == JSON_ARRAY ? raw->first : NULL; p && ok;
         p = p->next)
        ok = send_piece(r, c, p);
    if (hex && bytes_from_hex(&r->scratch, hex->text, &bytes)) {
        r->sent = bytes;
        ok = rawconn_send(c, bytes, deadline());
    }
    if (ok && half && half->yes)
        rawconn_half_close(c);
}

static bool asks_head(const struct run *r)
{
    return str_starts(r->sent, STR("HEAD "));
}

static struct str joined(struct run *r, struct str x, struct str y)
{
    struct buf b;
    buf_init(&b, x.n + y.n);
    buf_add(&b, x);
    buf_add(&b, y);
    const struct str out = arena_strdup(&r->scratch, buf_view(&b));
    buf_release(&b);
    return out;
}

/* When the wait for an answer, or for an end, is over. */
static int64_t read_deadline(const struct json *expect_raw, int64_t usual_ms)
{
    int64_t ms = usual_ms;
    json_to_int(json_get(expect_raw, STR("timeout_ms")), &ms);
    return sys_now_ms() + ms;
}

static enum httpc_failure failure_of(struct run *r, struct rawconn *c, enum rawconn_read read)
{
    struct str rest;
    if (read == RAWCONN_READ_TIMEOUT)
        return HTTPC_TIMEOUT;
    if (read == RAWCONN_READ_BAD)
        return HTTPC_MALFORMED;
    if (rawconn_read_to_end(c, &r->scratch, sys_now_ms(), &rest) == RAWCONN_RESET)
        return HTTPC_RESET;
    return rest.n ? HTTPC_TRUNCATED : HTTPC_EMPTY;
}

/* The last of `n` answers is in *o, or why one did not come; all bytes are in r->received. */
static void read_answers(struct run *r,
                         struct rawconn *c,
                         bool head,
                         int64_t n,
                         const struct json *raw,
                         struct outcome *o)
{
    struct str bytes;
    for (int64_t i = 1; i <= n; i++) {
        const enum rawconn_read read = rawconn_read_answer(
            c, &r->scratch, head, read_deadline(raw, DEADLINE_MS), &o->answer, &bytes);
        r->received = joined(r, r->received, bytes);
        if (read != RAWCONN_READ_ANSWER) {
            o->failure = failure_of(r, c, read);
            o->detail =
                arena_printf(&r->scratch, "answer %lld of %lld", (long long)i, (long long)n);
            return;
        }
    }
    o->failure = o->answer.cut ? HTTPC_TRUNCATED : HTTPC_OK;
    o->detail = STR("the connection ended inside the answer");
    o->answered = !o->answer.cut;
}

/* The rest of the connection: bytes that nobody asked for, and how it ends. */
static bool read_end(
    struct run *r, struct rawconn *c, struct str wanted, int64_t answers, const struct json *raw)
{
    struct str bytes;
    const bool open = str_eq(wanted, STR("open"));
    const int64_t until = read_deadline(raw, open ? STILL_OPEN_MS : DEADLINE_MS);
    const enum rawconn_end end = rawconn_read_to_end(c, &r->scratch, until, &bytes);
    const struct str got = str_from_cstr(rawconn_end_name(end));

    r->received = joined(r, r->received, bytes);
    if (!str_eq(wanted, got))
        return run_problemf(r, "/end: expected %.*s, got %.*s", STR_ARG(wanted), STR_ARG(got));
    if (answers > 0 && bytes.n > 0)
        return run_problemf(r, "%zu bytes came after the last answer", bytes.n);
    return true;
}

/* Reads what the step expects and judges it. */
static bool judge(struct run *r, struct rawconn *c, bool head, const struct json *step)
{
    int64_t answers = 1;
    struct outcome o = {0};
    static const struct json k_nothing = {.kind = JSON_OBJECT};
    const struct json *expect = json_get(step, STR("expect"));
    const struct json *raw = json_get(step, STR("expect_raw"));
    const struct json *end = json_get(raw, STR("end"));

    json_to_int(json_get(raw, STR("answers")), &answers);
    r->received = STR("");
    read_answers(r, c, head, answers, raw, &o);
    if (answers > 0 && !expect_outcome(r, expect ? expect : &k_nothing, &o))
        return false;
    const struct str wanted_end = end ? end->text : answers == 0 ? STR("closed") : STR("");
    if (wanted_end.n && !read_end(r, c, wanted_end, answers, raw))
        return false;
    if (raw && !expect_bytes(r, raw, r->received))
        return false;
    return keep_values(r, json_get(step, STR("keep")), &o.answer);
}

static void forget_exchange(struct run *r)
{
    arena_reset(&r->scratch);
    r->sent = (struct str){0};
    r->received = (struct str){0};
}

bool play_raw(struct run *r, const struct json *step)
{
    struct rawconn *c = NULL;
    forget_exchange(r);
    if (!connect_to_server(r, &c))
        return false;
    write_bytes(r, c, step);
    const bool ok = judge(r, c, asks_head(r), step);
    rawconn_close(c, false);
    return ok;
}

static struct named_connection *find_connection(struct run *r, struct str name)
{
    struct named_connection *c = r->connections;
    while (c && !str_eq(c->name, name))
        c = c->next;
    if (!c)
        run_problemf(r, "there is no open connection \"%.*s\"", STR_ARG(name));
    return c;
}

bool play_open(struct run *r, const struct json *step)
{
    forget_exchange(r);
    struct named_connection *c = arena_new(r->a, struct named_connection);
    c->name = json_get(step, STR("open"))->text;
    if (!connect_to_server(r, &c->conn))
        return false;
    write_bytes(r, c->conn, step);
    c->head_asked = asks_head(r);
    c->next = r->connections; /* the newest of a name hides older ones */
    r->connections = c;
    return true;
}

bool play_write(struct run *r, const struct json *step)
{
    forget_exchange(r);
    struct named_connection *c = find_connection(r, json_get(step, STR("write"))->text);
    if (!c)
        return false;
    write_bytes(r, c->conn, step);
    c->head_asked = asks_head(r);
    return true;
}

bool play_read(struct run *r, const struct json *step)
{
    forget_exchange(r);
    struct named_connection *c = find_connection(r, json_get(step, STR("read"))->text);
    return c && judge(r, c->conn, c->head_asked, step);
}

bool play_close(struct run *r, const struct json *step)
{
    forget_exchange(r);
    const struct json *hard = json_get(step, STR("hard"));
    struct named_connection *c = find_connection(r, json_get(step, STR("close"))->text);
    if (!c)
        return false;
    rawconn_close(c->conn, hard && hard->yes);
    for (struct named_connection **at = &r->connections; *at; at = &(*at)->next) {
        if (*at == c) {
            *at = c->next;
            break;
        }
    }
    return true;
}
