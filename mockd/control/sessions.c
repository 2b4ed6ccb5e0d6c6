#include "mockd/control/internal.h"

enum { ID_MAX = 64 };

void control_outside(struct rq *rq)
{
    session_unlock(rq->session);
}

void control_inside(struct rq *rq)
{
    session_lock(rq->session);
}

/* Goes on in the session "default", outside its lock: the one of the request may be the one that is
 * deleted, and two that are deleted from each other must not wait for each other. */
static void leave_session(struct rq *rq)
{
    control_outside(rq);
    session_release(rq->session);
    rq->session = sessions_acquire(rq->app->sessions, (struct str){0});
}

static struct str url_below(struct rq *rq, struct str base, struct str prefix)
{
    return base.p ? arena_printf(rq->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(prefix)) : base;
}

static void write_session(struct rq *rq, struct str id)
{
    const struct server *server = rq->app->server;
    const struct str prefix =
        str_eq(id, STR("default")) ? STR("") : arena_printf(rq->arena, "/s/%.*s", STR_ARG(id));
    out_object_begin(&rq->out, STR("session"));
    out_str(&rq->out, STR("id"), id);
    out_str(&rq->out, STR("url"), url_below(rq, server->url, prefix));
    out_str(&rq->out, STR("tls_url"), url_below(rq, server->tls_url, prefix));
    out_str(&rq->out, STR("prefix"), prefix);
    out_end(&rq->out);
}

struct ids {
    struct arena *a;
    struct str *v;
    size_t n, cap;
};

static void add_id(void *ctx, struct session *s)
{
    struct ids *all = ctx;
    all->v = arena_grow(all->a, all->v, all->n, &all->cap, sizeof(*all->v));
    all->v[all->n++] = arena_strdup(all->a, s->id);
}

static struct ids list_ids(struct rq *rq)
{
    struct ids all = {.a = rq->arena};
    control_outside(rq);
    sessions_each(rq->app->sessions, add_id, &all);
    control_inside(rq);
    return all;
}

enum err control_list_sessions(struct rq *rq)
{
    const struct ids all = list_ids(rq);
    out_object_begin(&rq->out, STR("answer"));
    out_array_begin(&rq->out, STR("sessions"));
    for (size_t i = 0; i < all.n; i++)
        write_session(rq, all.v[i]);
    out_end(&rq->out);
    control_meta(rq, (int64_t)all.n);
    out_end(&rq->out);
    return ERR_OK;
}

static enum err no_such_session(struct rq *rq, const struct ids *all)
{
    const struct str near = nearest_name(rq->path_arg[0], all->v, all->n);
    return control_problem(
        rq, 404,
        arena_printf(rq->arena, "There is no session \"%.*s\"%s%.*s%s", STR_ARG(rq->path_arg[0]),
                     near.n ? "; did you mean \"" : ".", STR_ARG(near), near.n ? "\"?" : ""));
}

enum err control_get_session(struct rq *rq)
{
    const struct ids all = list_ids(rq);
    for (size_t i = 0; i < all.n; i++) {
        if (str_eq(all.v[i], rq->path_arg[0])) {
            write_session(rq, all.v[i]);
            return ERR_OK;
        }
    }
    return no_such_session(rq, &all);
}

struct wanted {
    struct str id;
    bool port;
};

#define MEMBER(wire, member, ...)                                                                  \
    {                                                                                              \
        .name = STR_INIT(wire), .offset = offsetof(struct wanted, member), __VA_ARGS__             \
    }

static const struct field k_fields[] = {
    MEMBER("id", id, .kind = FIELD_TEXT),
    MEMBER("port", port, .kind = FIELD_BOOL),
};

/* What can stand in a path and a header as it is. */
static bool id_good(struct str id)
{
    bool good = id.n >= 1 && id.n <= ID_MAX;
    for (size_t i = 0; i < id.n && good; i++)
        good = (id.p[i] >= '0' && id.p[i] <= '9') ||
               ((id.p[i] | 0x20) >= 'a' && (id.p[i] | 0x20) <= 'z') ||
               (i > 0 && memchr("._-", id.p[i], 3));
    return good;
}

/* False: answered. */
static bool read_wanted(struct rq *rq, struct wanted *w)
{
    struct problem p;
    *w = (struct wanted){0};
    if (rq->in.root && !fields_read(rq->arena, k_fields, sizeof(k_fields) / sizeof(k_fields[0]),
                                    rq->in.root, NULL, w, &p)) {
        control_problem_at(rq, 400, &p);
        return false;
    }
    if (w->id.p && !id_good(w->id)) {
        p = (struct problem){STR("/id"), STR("must be 1 to 64 letters, digits, \".\", \"_\" or "
                                             "\"-\", and begin with a letter or digit")};
        control_problem_at(rq, 400, &p);
        return false;
    }
    if (w->port) {
        p = (struct problem){STR("/port"), STR("cannot be true: a session has no port of its own "
                                               "here; use the prefix or the header "
                                               "X-Mockd-Session")};
        control_problem_at(rq, 501, &p);
        return false;
    }
    return true;
}

enum err control_add_session(struct rq *rq)
{
    struct wanted w;
    struct session *made = NULL;
    struct str id = {0};
    if (!read_wanted(rq, &w))
        return ERR_OK;
    control_outside(rq);
    const enum err e = sessions_create(rq->app->sessions, w.id, &made);
    if (e == ERR_OK) {
        id = arena_strdup(rq->arena, made->id);
        session_release(made);
    }
    control_inside(rq);
    if (e == ERR_CONFLICT)
        return control_problem(
            rq, 409, arena_printf(rq->arena, "The session \"%.*s\" exists.", STR_ARG(w.id)));
    if (e == ERR_TOO_LARGE)
        return control_problem(rq, 409,
                               arena_printf(rq->arena,
                                            "There are %d sessions, and no more can be made: "
                                            "delete one first.",
                                            SESSIONS_MAX));
    if (e != ERR_OK)
        return e;
    rq->status = 201;
    rq_reply_header(rq, STR("Location"),
                    arena_printf(rq->arena, "/__admin/sessions/%.*s", STR_ARG(id)));
    write_session(rq, id);
    return ERR_OK;
}

enum err control_delete_session(struct rq *rq)
{
    leave_session(rq);
    const enum err e = sessions_delete(rq->app->sessions, rq->path_arg[0]);
    control_inside(rq);
    if (e == ERR_NOT_FOUND) {
        const struct ids all = list_ids(rq);
        return no_such_session(rq, &all);
    }
    if (e == ERR_CONFLICT)
        return control_problem(rq, 409,
                               STR("The session \"default\" is there from start to end; "
                                   "POST /__admin/reset empties it."));
    return e == ERR_OK ? control_deleted(rq, 1) : e;
}

enum err control_reset(struct rq *rq)
{
    const enum err e = session_reset(rq->app->sessions, rq->session);
    if (e != ERR_OK)
        return e;
    rq->now_ms = session_now_ms(rq->session);
    big_lock_changed(&rq->session->lock);
    out_object_begin(&rq->out, STR("answer"));
    out_str(&rq->out, STR("status"), STR("reset"));
    out_end(&rq->out);
    return ERR_OK;
}
