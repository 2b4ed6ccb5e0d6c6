#include <stdio.h>

#include "mockd/http/json.h"
#include "mockd/server/catalogues.h"
#include "mockd/server/commands.h"
#include "mockd/server/exit_code.h"

enum format { FORMAT_TABLE, FORMAT_JSON, FORMAT_MD };

struct catalog_options {
    const char *provider;
    int format;
};

static const char *const k_formats[] = {"table", "json", "md", NULL};

static const struct option k_rows[] = {
    {.name = "provider",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct catalog_options, provider),
     .placeholder = "NAME",
     .help = "smspartner, voicepartner, mailpartner or nexmo (all)"},
    {.name = "format",
     .kind = OPTION_WORD,
     .words = k_formats,
     .offset = offsetof(struct catalog_options, format),
     .placeholder = "FORMAT",
     .help = "table, json or md (table)"},
};

const struct option_table k_catalog_table = {
    .command = "catalog",
    .usage = "[--provider NAME] [--format table|json|md]",
    .summary = "Prints every code that the providers document, when it is answered and how to\n"
               "provoke it. A running server has the same at /__admin/catalog.",
    .rows = k_rows,
    .n = sizeof(k_rows) / sizeof(k_rows[0]),
    .target_size = sizeof(struct catalog_options),
};

static void print_json(const struct catalogue_entry *e, bool first)
{
    printf("%s%.*s", first ? "" : ",\n", STR_ARG(e->json));
}

static void print_table(const struct catalogue_entry *e, bool first)
{
    (void)first;
    printf("%-36.*s %3d  %.*s\n", STR_ARG(e->id), e->http_status, STR_ARG(e->en));
    printf("%-36s      %.*s [%.*s]\n", "", STR_ARG(e->why), STR_ARG(e->evidence));
}

/* Text inside a Markdown table cell. */
static void print_cell(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|' || s.p[i] == '<' || s.p[i] == '*' || s.p[i] == '_')
            putchar('\\');
        putchar(s.p[i] == '\n' ? ' ' : s.p[i]);
    }
}

/* The triggers of an entry as one line of code spans. */
static void print_triggers(const struct catalogue_entry *e)
{
    struct arena a;
    enum json_fault fault;
    size_t at;
    size_t n = 0;
    struct str last = {0};
    arena_init(&a);
    const struct cJSON *doc = json_parse(&a, e->json, &fault, &at);
    const struct cJSON *list = json_get(doc, STR("triggers"));
    for (const struct cJSON *t = json_first(list); t; t = json_next(t)) {
        const struct str value = json_text(json_get(t, STR("value")));
        if (str_eq(value, last))
            continue;
        last = value;
        printf("%s`%.*s`", n++ ? ", " : "", STR_ARG(value));
    }
    arena_release(&a);
}

static void print_md(const struct catalogue_entry *e, bool first)
{
    /* A new heading for each section; entries of one section stand together. */
    static struct str section;
    if (first || !str_eq(section, e->section)) {
        printf("\n## %.*s: %.*s\n\n", STR_ARG(e->provider), STR_ARG(e->section));
        printf("| Code | Message | HTTP | When | Evidence | Provoke it with |\n"
               "|---|---|---|---|---|---|\n");
        section = e->section;
    }
    printf("| ");
    if (e->code_text.n)
        print_cell(e->code_text);
    else
        printf("%d", e->code);
    printf(" | ");
    if (e->name.n) {
        print_cell(e->name);
        printf(": ");
    }
    print_cell(e->en);
    printf(" | %d | ", e->http_status);
    print_cell(e->why);
    printf(" | %.*s | ", STR_ARG(e->evidence));
    print_triggers(e);
    printf(" |\n");
}

int cmd_catalog(int argc, char **argv)
{
    static void (*const k_print[])(const struct catalogue_entry *, bool) = {
        [FORMAT_TABLE] = print_table, [FORMAT_JSON] = print_json, [FORMAT_MD] = print_md};
    struct catalog_options o = {0};
    struct complaint c;
    int status;
    bool first = true;
    if (!command_options(&k_catalog_table, &o, argc, argv, NULL, &status))
        return status;
    if (o.format == FORMAT_JSON)
        printf("{\"entries\":[\n");
    for (size_t i = 0; i < k_ncatalogues; i++) {
        for (size_t k = 0; k < k_catalogues[i]->n; k++) {
            const struct catalogue_entry *e = &k_catalogues[i]->entries[k];
            if (o.provider && !str_eq(e->provider, str_from_cstr(o.provider)))
                break;
            k_print[o.format](e, first);
            first = false;
        }
    }
    if (o.format == FORMAT_JSON)
        printf("\n]}\n");
    if (!first)
        return EXIT_CODE_OK;
    complain(&c, "there is no provider \"%s\"; see mockd help catalog", o.provider);
    return usage_error(&c);
}
