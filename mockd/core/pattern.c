#include "mockd/core/pattern.h"

enum { PATTERN_MAX = 1024, GROUPS_MAX = 30, PARTS_MAX = 400, REPEAT_MAX = 255 };

/* Rewrites a pattern and counts what the C library would make of it. */
struct writer {
    struct str rest;
    char *to;
    size_t n;
    int depth;
    bool in_brackets, bracket_start;
    long parts[GROUPS_MAX + 1]; /* of the group at each depth so far */
    long last;                  /* of the latest atom */
    bool repeated;              /* ... which has its repeat already */
    const char *why;
};

static void put(struct writer *w, struct str s)
{
    memcpy(w->to + w->n, s.p, s.n);
    w->n += s.n;
}

static void atom(struct writer *w, long parts)
{
    w->last = parts;
    w->repeated = false;
    w->parts[w->depth] += parts;
}

/* What POSIX has for an escape of Java's; absent: the same. */
static struct str meaning(char c, bool in_brackets)
{
    static const struct {
        char c;
        struct str outside, inside;
    } k_escapes[] = {
        {'d', STR_INIT("[0-9]"), STR_INIT("0-9")},
        {'D', STR_INIT("[^0-9]"), STR_INIT("D")},
        {'w', STR_INIT("\\w"), STR_INIT("[:alnum:]_")},
        {'s', STR_INIT("\\s"), STR_INIT("[:space:]")},
        {'n', STR_INIT("\n"), STR_INIT("\n")},
        {'t', STR_INIT("\t"), STR_INIT("\t")},
        {'r', STR_INIT("\r"), STR_INIT("\r")},
        /* a backslash is itself in POSIX brackets */
        {']', STR_INIT("\\]"), STR_INIT("[.].]")},
        {'-', STR_INIT("-"), STR_INIT("[.-.]")},
        {'^', STR_INIT("\\^"), STR_INIT("[.^.]")},
    };
    for (size_t i = 0; i < sizeof(k_escapes) / sizeof(k_escapes[0]); i++) {
        if (k_escapes[i].c == c)
            return in_brackets ? k_escapes[i].inside : k_escapes[i].outside;
    }
    return (struct str){0};
}

static void take_escape(struct writer *w)
{
    const size_t n = w->rest.n > 1 ? 2 : 1;
    const char c = n > 1 ? w->rest.p[1] : '\0';
    const struct str means = meaning(c, w->in_brackets);
    if (c == '\0')
        w->why = "a backslash stands at the end";
    else if (c >= '1' && c <= '9')
        w->why = "back-references are not supported";
    else if (means.p)
        put(w, means);
    else
        put(w, str_from((struct str){w->rest.p, n}, w->in_brackets ? 1 : 0));
    if (!w->in_brackets)
        atom(w, 1);
    w->bracket_start = false;
    w->rest = str_from(w->rest, n);
}

/*
 * Repeats upon repeats take the C library time without bound. A '?' there is Java's way to say
 * "as little as possible", which makes no difference to whether the whole text fits.
 */
static bool repeats_a_repeat(struct writer *w)
{
    const bool again = w->repeated;
    w->repeated = true;
    if (again && w->rest.p[0] == '?')
        w->rest = str_from(w->rest, 1);
    else if (again)
        w->why = "a repeat follows a repeat";
    return again;
}

/* "{2,5}": how often at most; "{2,}" needs one part more than it says. */
static void take_count(struct writer *w)
{
    if (repeats_a_repeat(w))
        return;
    const size_t end = str_find_char(w->rest, '}');
    const struct str inside = {w->rest.p + 1, end - 1};
    const size_t comma = str_find_char(inside, ',');
    const struct str low = {inside.p, comma};
    const struct str high = str_from(inside, comma + 1);
    uint64_t n = 0;
    uint64_t most = 0;
    if (end == w->rest.n || !str_to_uint(low, REPEAT_MAX, &n) ||
        (high.n && !str_to_uint(high, REPEAT_MAX, &most))) {
        w->why = "a count in braces must look like {2}, {2,} or {2,5}, up to 255";
        return;
    }
    most = most > n ? most : n + (comma < inside.n ? 1 : 0);
    w->parts[w->depth] += w->last * ((long)most - 1);
    w->last *= (long)most;
    put(w, (struct str){w->rest.p, end + 1});
    w->rest = str_from(w->rest, end + 1);
}

/* The C library writes a+ as aa*. */
static void take_repeat(struct writer *w)
{
    if (repeats_a_repeat(w))
        return;
    const long more = w->rest.p[0] == '+' ? w->last + 1 : 1;
    w->parts[w->depth] += more;
    w->last += more;
    put(w, (struct str){w->rest.p, 1});
    w->rest = str_from(w->rest, 1);
}

static void take_group(struct writer *w)
{
    size_t n = 1;
    if (str_starts(w->rest, STR("(?:")))
        n = 3;
    else if (str_starts(w->rest, STR("(?")))
        w->why = "of Java's (?…) only (?:…) and a leading (?i) are supported";
    if (w->depth == GROUPS_MAX)
        w->why = "groups are nested more than 30 deep";
    else
        w->parts[++w->depth] = 0;
    w->repeated = false;
    put(w, STR("("));
    w->rest = str_from(w->rest, n);
}

static void end_group(struct writer *w)
{
    if (w->depth == 0) {
        w->why = "a parenthesis is closed that was not opened";
        return;
    }
    const long inside = w->parts[w->depth--];
    atom(w, inside + 1);
}

static void take_plain(struct writer *w)
{
    const char c = w->rest.p[0];
    if (w->in_brackets) {
        const bool negation = w->bracket_start && c == '^';
        w->in_brackets = c != ']' || w->bracket_start;
        w->bracket_start = negation;
    } else if (c == '[') {
        w->in_brackets = w->bracket_start = true;
        atom(w, 1);
    } else if (c == ')') {
        end_group(w);
    } else {
        atom(w, 1);
    }
    put(w, (struct str){w->rest.p, 1});
    w->rest = str_from(w->rest, 1);
}

static void rewrite(struct writer *w)
{
    while (w->rest.n && !w->why) {
        const char c = w->rest.p[0];
        if (c == '\0')
            w->why = "it has a NUL character";
        else if (c == '\\')
            take_escape(w);
        else if (c == '(' && !w->in_brackets)
            take_group(w);
        else if (c == '{' && !w->in_brackets)
            take_count(w);
        else if ((c == '+' || c == '*' || c == '?') && !w->in_brackets)
            take_repeat(w);
        else
            take_plain(w);
        if (w->parts[0] > PARTS_MAX || w->parts[w->depth] > PARTS_MAX)
            w->why = "it repeats too much: more than 400 parts when written out";
    }
}

static bool refuse(struct arena *a, const char *reason, struct str *why)
{
    *why = arena_printf(a, "is not a regular expression that mockd can use: %s", reason);
    return false;
}

bool pattern_compile(struct arena *a, struct str text, struct pattern *out, struct str *why)
{
    char reason[128];
    const bool nocase = str_starts(text, STR("(?i)"));
    if (text.n > PATTERN_MAX)
        return refuse(a, "it is longer than 1,024 bytes", why);
    struct writer *w = arena_new(a, struct writer);
    *w = (struct writer){.rest = nocase ? str_from(text, 4) : text};
    w->to = arena_alloc(a, text.n * 8 + 8); /* the longest rewriting is \w in brackets */
    put(w, STR("^("));
    rewrite(w);
    put(w, STR(")$"));
    if (!w->why && (w->depth || w->in_brackets))
        w->why = "a parenthesis or bracket is not closed";
    if (w->why)
        return refuse(a, w->why, why);
    const int rc = regcomp(&out->re, w->to, REG_EXTENDED | REG_NOSUB | (nocase ? REG_ICASE : 0));
    if (rc == 0)
        return true;
    regerror(rc, &out->re, reason, sizeof(reason));
    return refuse(a, reason, why);
}

bool pattern_fits(const struct pattern *p, struct arena *scratch, struct str whole)
{
    regmatch_t range = {.rm_so = 0, .rm_eo = (regoff_t)whole.n};
    return whole.p && regexec(&p->re, arena_cstr(scratch, whole), 1, &range, REG_STARTEND) == 0;
}

void pattern_release(struct pattern *p)
{
    for (; p; p = p->next)
        regfree(&p->re);
}
