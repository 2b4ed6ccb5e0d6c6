#include <stdarg.h>
#include <stdio.h>

#include "scenarios/runner/bytes.h"
#include "scenarios/runner/run.h"

enum { SHOWN_BYTES = 2048 };

bool run_problem(struct run *r, struct str text)
{
    buf_add(&r->problems, text);
    buf_add(&r->problems, STR("\n"));
    return false;
}

bool run_problemf(struct run *r, const char *fmt, ...)
{
    char text[2048];
    va_list ap;
    va_start(ap, fmt);
    const int n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    const size_t fits = n < 0 ? 0 : (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1;
    return run_problem(r, (struct str){text, fits});
}

static void add_indented(struct buf *out, struct str text, struct str indent)
{
    struct str line;
    while (str_split(&text, '\n', &line)) {
        if (line.n == 0 && !text.p)
            return;
        buf_add(out, indent);
        buf_add(out, line);
        buf_add(out, STR("\n"));
    }
}

static void add_shown(struct buf *out, struct str bytes, struct str indent)
{
    struct buf shown;
    buf_init(&shown, (size_t)SHOWN_BYTES * 8);
    bytes_show(&shown, bytes, SHOWN_BYTES);
    add_indented(out, buf_view(&shown), indent);
    buf_release(&shown);
}

void report_step(struct run *r, size_t number, const struct json *step, struct buf *out)
{
    const struct json *name = json_get(step, STR("name"));

    buf_addf(out, "  step %zu (", number);
    buf_add(out, r->where);
    buf_add(out, STR(")"));
    if (name) {
        buf_add(out, STR(" "));
        buf_add(out, name->text);
    }
    buf_add(out, STR("\n"));
    add_indented(out, buf_view(&r->problems), STR("    "));
    if (r->sent.p)
        add_shown(out, r->sent, STR("      > "));
    if (r->received.p)
        add_shown(out, r->received, STR("      < "));
}
