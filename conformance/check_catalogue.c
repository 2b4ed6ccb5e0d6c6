/*
 * check_catalogue DOCUMENTED.json CATALOGUE.json: is the catalogue the documented one, in both
 * directions? DOCUMENTED is a list of codes as the providers print them, CATALOGUE what
 * `mockd catalog --format json` prints. Exit 0 when they agree, 1 on a difference, 2 when a file
 * cannot be used. It knows the server only by those bytes.
 */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "mockd/base/arena.h"
#include "mockd/base/buf.h"

enum { MAX_BYTES = 64 << 20 };
enum { EXIT_SAME, EXIT_DIFFERENT, EXIT_UNUSABLE };

struct comparison {
    const cJSON *documented; /* array */
    const cJSON *entries;    /* array */
    bool *met;               /* for each documented row */
    bool *used;              /* for each entry */
    int matches;
    int differences;
    int further; /* entries in sections that the documented list does not have */
};

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* Equal bytes and equal kind: 4 is not "4". Absent and null are the same nothing. */
static bool is_same(const cJSON *a, const cJSON *b)
{
    const bool no_a = !a || cJSON_IsNull(a);
    const bool no_b = !b || cJSON_IsNull(b);
    if (no_a || no_b)
        return no_a && no_b;
    if (cJSON_IsString(a) && cJSON_IsString(b))
        return str_eq(str_from_cstr(a->valuestring), str_from_cstr(b->valuestring));
    return cJSON_IsNumber(a) && cJSON_IsNumber(b) && a->valuedouble - b->valuedouble == 0.0;
}

static bool agree(const cJSON *a, const cJSON *b, const char *const *keys)
{
    for (; *keys; keys++)
        if (!is_same(member(a, *keys), member(b, *keys)))
            return false;
    return true;
}

static const char *const k_place[] = {"provider", "section", NULL};
static const char *const k_identity[] = {"provider", "section", "code", NULL};
static const char *const k_all[] = {"provider", "section", "code", "name", "message", NULL};

static void print_members(const char *sign, const cJSON *row)
{
    printf("  %s", sign);
    for (const char *const *key = k_all; *key; key++) {
        char *text = member(row, *key) ? cJSON_PrintUnformatted(member(row, *key)) : NULL;
        printf(" %s=%s", *key, text ? text : "null");
        cJSON_free(text);
    }
    putchar('\n');
}

/* Pairs each row with the first free entry that agrees with it in `keys`. */
static void pair(struct comparison *c, const char *const *keys)
{
    const cJSON *row;
    int r = 0;
    cJSON_ArrayForEach(row, c->documented)
    {
        const cJSON *entry;
        int e = 0;
        cJSON_ArrayForEach(entry, c->entries)
        {
            if (!c->met[r] && !c->used[e] && agree(row, entry, keys)) {
                c->met[r] = c->used[e] = true;
                if (agree(row, entry, k_all)) {
                    c->matches++;
                } else {
                    c->differences++;
                    puts("differs:");
                    print_members("documented", row);
                    print_members("catalogue ", entry);
                }
            }
            e++;
        }
        r++;
    }
}

static bool is_documented_section(const struct comparison *c, const cJSON *entry)
{
    const cJSON *row;
    cJSON_ArrayForEach(row, c->documented)
    {
        if (agree(row, entry, k_place))
            return true;
    }
    return false;
}

static void report_rest(struct comparison *c)
{
    const cJSON *v;
    int i = 0;
    cJSON_ArrayForEach(v, c->documented)
    {
        if (!c->met[i++]) {
            c->differences++;
            puts("missing from the catalogue:");
            print_members("documented", v);
        }
    }
    i = 0;
    cJSON_ArrayForEach(v, c->entries)
    {
        if (c->used[i++])
            continue;
        if (!is_documented_section(c, v)) {
            c->further++;
            continue;
        }
        c->differences++;
        puts("not documented:");
        print_members("catalogue ", v);
    }
}

/* The parsed file, the caller's to delete; NULL with a message. */
static cJSON *load(const char *path)
{
    struct buf text;
    char chunk[4096];
    size_t n;
    cJSON *root = NULL;
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "check_catalogue: cannot open %s\n", path);
        return NULL;
    }
    buf_init(&text, MAX_BYTES);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(&text, (struct str){chunk, n});
    buf_add_char(&text, '\0');
    if (!ferror(f) && !text.overflowed)
        root = cJSON_ParseWithOpts(text.p, NULL, true);
    if (!root)
        fprintf(stderr, "check_catalogue: %s is not JSON\n", path);
    fclose(f);
    buf_release(&text);
    return root;
}

static int compare(const cJSON *documented, const cJSON *catalogue)
{
    struct arena a;
    struct comparison c = {.documented = documented, .entries = member(catalogue, "entries")};
    const int total = cJSON_GetArraySize(documented);
    /* An empty list would agree with anything. */
    if (!cJSON_IsArray(documented) || total == 0 || !cJSON_IsArray(c.entries)) {
        fputs("check_catalogue: want a list of codes and {\"entries\": [...]}\n", stderr);
        return EXIT_UNUSABLE;
    }
    arena_init(&a);
    c.met = arena_array(&a, bool, (size_t)total);
    c.used = arena_array(&a, bool, (size_t)cJSON_GetArraySize(c.entries) + 1);
    /* Exact pairs first: a code may stand twice in a section. */
    pair(&c, k_all);
    pair(&c, k_identity);
    report_rest(&c);
    arena_release(&a);
    printf("%d/%d documented codes match", c.matches, total);
    printf("; %d further entries in sections of their own\n", c.further);
    return c.differences ? EXIT_DIFFERENT : EXIT_SAME;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: check_catalogue DOCUMENTED.json CATALOGUE.json\n", stderr);
        return EXIT_UNUSABLE;
    }
    cJSON *documented = load(argv[1]);
    cJSON *catalogue = documented ? load(argv[2]) : NULL;
    const int status = catalogue ? compare(documented, catalogue) : EXIT_UNUSABLE;
    cJSON_Delete(catalogue);
    cJSON_Delete(documented);
    return status;
}
