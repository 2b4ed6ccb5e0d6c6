#include "mockd/base/utf8.h"
#include "mockd/providers/partner/partner.h"

enum { TAG_MAX = 20 };

struct str partner_tag(struct arena *a, struct str tag)
{
    uint32_t cp;
    int characters = 0;
    if (!tag.p)
        return tag;
    char *p = arena_alloc(a, tag.n + 1);
    size_t n = 0;
    while (characters < TAG_MAX) {
        const char *start = tag.p;
        if (!utf8_next(&tag, &cp))
            break;
        if (cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0)
            continue;
        memcpy(p + n, start, (size_t)(tag.p - start));
        n += (size_t)(tag.p - start);
        if (cp >= 'A' && cp <= 'Z')
            p[n - 1] = (char)(cp - 'A' + 'a');
        characters++;
    }
    return (struct str){p, n};
}
