#include "mockd/domain/money.h"
#include "mockd/providers/partner/ids.h"
#include "mockd/providers/partner/partner.h"
#include "mockd/providers/smspartner/endpoints.h"
#include "mockd/providers/smspartner/location.h"

/* What became of a rental, and its file. */
const struct param k_rental_params[RENTAL__COUNT] = {
    [RENTAL_TOKEN] = {.name = STR_INIT("token"),
                      .on_missing = &k_smspartner_errors[SMSPARTNER_LOCATION_31]},
};

/* The rental a request is about. */
struct work {
    struct rental rental;
    int64_t *sending; /* its row among the session's downloads; NULL: none */
};

static enum verdict check_rental(struct rq *rq)
{
    struct work *w = arena_new(rq->arena, struct work);
    const struct str token = rq_text(rq, RENTAL_TOKEN);
    int64_t id;
    rq->work = w;
    if (partner_id_parse(rq->session, PARTNER_ID_RENTAL, token, &id) &&
        store_rental_get(rq->session->store, rq->arena, id, &w->rental) == ERR_OK &&
        w->rental.account == rq->account->id)
        return PASS;
    rq_refuse_why(rq, &k_smspartner_errors[SMSPARTNER_LOCATION_32],
                  arena_printf(rq->arena, "This account has no rental \"%.*s\".", STR_ARG(token)));
    return STOP;
}

step_fn *const k_rental_checks[] = {check_rental, NULL};

/* ---- states ---------------------------------------------------------------------------- */

enum state { ASKED_FOR, BEING_MADE, READY, FAILED, DOWNLOADED };

/* From the request to being made, and from there to ready or failed, take equally long. */
static enum state state_of(const struct rental *r, int64_t now_ms)
{
    const int64_t being_made_ms = r->created_ms + (r->ready_ms - r->created_ms) / 2;
    if (r->downloaded)
        return DOWNLOADED;
    if (now_ms < being_made_ms)
        return ASKED_FOR;
    if (now_ms < r->ready_ms)
        return BEING_MADE;
    return r->fate == RENTAL_GOOD ? READY : FAILED;
}

static struct str state_text(enum state s)
{
    static const struct str k_texts[] = {
        [ASKED_FOR] = STR_INIT("The rental request has been made"),
        [BEING_MADE] = STR_INIT("File is being generated"),
        [READY] = STR_INIT("File is ready. You can download it."),
        [FAILED] = STR_INIT("The rental request failed"),
        [DOWNLOADED] = STR_INIT("File downloaded by user from api"),
    };
    return k_texts[s];
}

/* ---- status ---------------------------------------------------------------------------- */

static struct str sex_text(struct str letter)
{
    if (str_eq(letter, STR("h")))
        return STR("homme");
    return str_eq(letter, STR("f")) ? STR("femme") : STR("mixte");
}

static void write_given(struct rq *rq, const char *name, struct str text)
{
    if (text.p)
        out_str(&rq->out, str_from_cstr(name), text);
}

/* Lines of "CP 60200 20 266". */
static void write_volumes(struct rq *rq, struct str volumes)
{
    struct out *o = &rq->out;
    struct str line;
    out_array_begin(o, STR("details_localisation"));
    while (str_split(&volumes, '\n', &line) && line.n) {
        struct str type = {0};
        struct str name = {0};
        struct str wanted = {0};
        str_split(&line, ' ', &type);
        str_split(&line, ' ', &name);
        str_split(&line, ' ', &wanted);
        out_object_begin(o, STR("place"));
        out_str(o, STR("Type"), str_eq(type, STR("CP")) ? STR("cp") : STR("dep"));
        out_str(o, STR("Location"), name);
        out_str(o, STR("VolumeDesired"), wanted);
        out_str(o, STR("Volume"), line);
        out_end(o);
    }
    out_end(o);
}

static void write_location(struct rq *rq, const struct rental *r)
{
    struct out *o = &rq->out;
    uint64_t category;
    out_object_begin(o, STR("location"));
    out_str(o, STR("sexe"), sex_text(r->sex));
    out_int(o, STR("minAge"), r->min_age);
    out_int(o, STR("maxAge"), r->max_age);
    write_given(rq, "department", r->department);
    write_given(rq, "zipcode", r->zipcode);
    write_given(rq, "interest", r->interest);
    write_given(rq, "subInterest", r->sub_interest);
    if (str_to_uint(r->category, INT32_MAX, &category))
        out_int(o, STR("category"), (int64_t)category);
    write_volumes(rq, r->volumes);
    out_object_begin(o, STR("cost"));
    out_int(o, STR("quantity"), r->quantity);
    out_str(o, STR("total"), money_text(rq->arena, r->cost_e8, 3));
    out_str(o, STR("cost_unity"), money_text(rq->arena, PRICE_CONTACT_E8, 3));
    out_end(o);
    out_end(o);
}

enum err smspartner_rental_status(struct rq *rq)
{
    struct out *o = &rq->out;
    const struct work *w = rq->work;
    const enum state state = state_of(&w->rental, rq->now_ms);
    const bool file = state == READY || state == DOWNLOADED;
    partner_begin(rq);
    out_bool(o, STR("success"), true);
    out_str(o, STR("token"), rq_text(rq, RENTAL_TOKEN));
    out_str(o, STR("status"), state_text(state));
    write_location(rq, &w->rental);
    out_object_begin(o, STR("file"));
    out_str(o, STR("phoneNumbers"), arena_int(rq->arena, file ? w->rental.quantity : 0));
    out_end(o);
    partner_end(rq);
    return ERR_OK;
}

/* ---- download ---------------------------------------------------------------------------- */

/* The row of this rental among those being sent; NULL when it is not. */
static int64_t *row_of(struct session *s, int64_t rental)
{
    for (size_t i = 0; i < DOWNLOADS_MAX; i++) {
        if (s->downloads[i] == rental)
            return &s->downloads[i];
    }
    return NULL;
}

static const struct catalogue_entry *refusal(struct rq *rq, const struct rental *r)
{
    switch (state_of(r, rq->now_ms)) {
    case FAILED:
        return &k_smspartner_errors[SMSPARTNER_LOCATION_36];
    case ASKED_FOR:
    case BEING_MADE:
        return &k_smspartner_errors[SMSPARTNER_LOCATION_33];
    case DOWNLOADED:
        return &k_smspartner_errors[row_of(rq->session, r->id) ? SMSPARTNER_LOCATION_35
                                                               : SMSPARTNER_LOCATION_34];
    case READY:
        break;
    }
    return NULL;
}

static enum verdict check_file(struct rq *rq)
{
    const struct work *w = rq->work;
    const struct catalogue_entry *e = refusal(rq, &w->rental);
    return e ? rq_stop(rq, e) : PASS;
}

step_fn *const k_download_checks[] = {check_rental, check_file, NULL};

/* Numbers that begin with 0700 are nobody's: the range is for machines, whose numbers are longer.
 */
static void write_numbers(struct rq *rq, const struct rental *r)
{
    enum { RANGE = 1000000 };
    const uint64_t start = session_mix(rq->session, UINT64_C(0x66696C65) ^ (uint64_t)r->id << 32);
    for (int64_t i = 0; i < r->quantity; i++)
        buf_addf(rq->reply, "+33700%06d\n", (int)((start + (uint64_t)i) % RANGE));
}

enum err smspartner_rental_download(struct rq *rq)
{
    struct work *w = rq->work;
    const struct str token = rq_text(rq, RENTAL_TOKEN);
    if (rq->method != METHOD_HEAD) {
        const enum err e = store_rental_downloaded(rq->session->store, w->rental.id);
        if (e != ERR_OK)
            return e;
        w->sending = row_of(rq->session, 0);
        if (w->sending)
            *w->sending = w->rental.id;
    }
    rq->content_type = STR("text/csv");
    rq_reply_header(rq, STR("Content-Disposition"),
                    arena_printf(rq->arena, "attachment; filename=\"%.*s.csv\"", STR_ARG(token)));
    write_numbers(rq, &w->rental);
    return ERR_OK;
}

void smspartner_rental_sent(struct rq *rq)
{
    const struct work *w = rq->work;
    if (!rq->endpoint || rq->endpoint->handle != smspartner_rental_download || !w || !w->sending)
        return;
    session_lock(rq->session);
    *w->sending = 0;
    session_unlock(rq->session);
}
