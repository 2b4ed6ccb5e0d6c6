#include "mockd/core/catalogue.h"

#include <stdio.h>

const struct catalogue_entry *catalogue_find(const struct catalogue *c, struct str id)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->entries[i].id, id))
            return &c->entries[i];
    return NULL;
}

static bool has_code(const struct catalogue_entry *e, struct str code)
{
    if (e->code_text.p)
        return str_eq(e->code_text, code);
    char digits[12];
    const int n = snprintf(digits, sizeof digits, "%d", e->code);
    return str_eq((struct str){digits, (size_t)n}, code);
}

const struct catalogue_entry *catalogue_code(const struct catalogue *c,
                                             struct str group,
                                             struct str code)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->entries[i].group, group) && has_code(&c->entries[i], code))
            return &c->entries[i];
    return NULL;
}
