#!/bin/sh
# Each lint passes a clean tree and fails on each violation it is there for: a lint that cannot
# fail would look exactly like one that has nothing to say.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$lint/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tree=$scratch/tree
# Files and not variables: most checks run in the subshell of a pipe.
checked=$scratch/checked
failed=$scratch/failed
: >"$checked"
: >"$failed"

# plant PATH: writes stdin to that file of the tree.
plant() {
    mkdir -p "$(dirname "$tree/$1")"
    cat >"$tree/$1"
}

# A tree with everything that only looks like a violation.
clean_tree() {
    rm -rf "$tree"
    mkdir -p "$tree"
    cp "$root/.clang-format" "$tree/"
    plant mockd/core/rq.c <<'C'
#include "mockd/core/rq.h"

#include <time.h>

#include "mockd/base/str.h"
#include "mockd/store/store.h"
#include "nexmo_errors.h"

/* malloc( in a comment,
   and free( on its second line */
static const char *const k_text = "strcpy(\" // atoi(";

struct rq *rq_of(struct ops *o, char c)
{
    if (c == '"')
        o->free(o); // time(
    strftime(o->p, o->n, "/*", o->tm);
    cJSON_ParseWithOpts(k_text, NULL, true);
    return o->runtime(c == '\'' ? '"' : c);
}
C
    plant mockd/base/arena.c <<'C'
void *arena_alloc(size_t n)
{
    return malloc(n);
}
C
    echo '#include "mockd/core/rq.h"' | plant mockd/providers/nexmo/sms.c
    echo '#include "mockd/providers/nexmo/sms.h"' | plant mockd/providers/providers.c
    echo '#include <civetweb.h>' | plant mockd/server/listener.c
    echo '#include <cjson/cJSON.h>' | plant clients/lib/jsonmatch.c
    echo '#include <civetweb.h>' | plant tests/bench/constant.c
    echo 'Use https://example.com/home/page and ../lib/shared from a homework/root/ folder.' |
        plant README.md
}

# run LINT: its output in $said, its status in $status.
run() {
    status=0
    said=$(sh "$lint/$1.sh" "$tree" 2>&1) || status=$?
    echo "$1" >>"$checked"
}

# report WHAT: shows what the lint said to it.
report() {
    printf 'FAILED: %s (status %s)\n%s\n' "$1" "$status" "$said"
    echo "$1" >>"$failed"
}

# catches LINT PATH NEEDLE: planted at PATH, stdin makes the lint fail with NEEDLE in its words.
catches() {
    clean_tree
    plant "$2"
    run "$1"
    case $status:$said in
    1:*"$2"*"$3"*) ;;
    *) report "$1 must catch $3 in $2" ;;
    esac
}

for name in includes banned sizes machine; do
    clean_tree
    run "$name"
    [ "$status" = 0 ] || report "$name must pass a clean tree"
    rm -rf "$tree"
    mkdir -p "$tree"
    echo nothing | plant README.md
    run "$name"
    [ "$status" != 0 ] || [ "$name" = machine ] || report "$name must not pass a tree without code"
done

# path, header with its brackets
while read -r path header; do
    [ -n "$path" ] || continue
    echo "#include $header" | catches includes "$path" "$(echo "$header" | tr -d '<>"')"
done <<'ROWS'
mockd/base/x.c              "mockd/http/out.h"
mockd/http/x.c              "mockd/store/store.h"
mockd/domain/x.c            "mockd/http/out.h"
mockd/store/x.h             "mockd/core/rq.h"
mockd/core/x.c              "mockd/providers/providers.h"
mockd/core/x.c              <mockd/control/control.h>
mockd/providers/nexmo/x.c   "mockd/providers/smspartner/sms.h"
mockd/control/x.c           "mockd/providers/nexmo/nexmo.h"
mockd/webhook/x.c           "mockd/server/listener.h"
mockd/edge/x.c              "mockd/core/rq.h"
mockd/tools/x.c             "mockd/core/rq.h"
mockd/unheard_of/x.c        "mockd/base/str.h"
scenarios/runner/x.c        "mockd/http/out.h"
conformance/harness/x.c     "mockd/core/catalogue.h"
clients/lib/x.c             "mockd/http/decode.h"
clients/reference/x.c       "mockd/http/decode.h"
mockd/core/x.c              "../base/str.h"
mockd/core/x.c              "rq.c"
mockd/server/other.c        <civetweb.h>
mockd/store/x.c             <cjson/cJSON.h>
mockd/server/x.c            <openssl/ssl.h>
mockd/domain/x.c            <openssl/evp.h>
mockd/core/x.c              <curl/curl.h>
mockd/core/x.c              <sqlite3.h>
ROWS

for call in strcpy strcat strncpy strncat sprintf strtok atoi atol gmtime localtime rand time \
    sqlite3_exec cJSON_Parse malloc free calloc realloc; do
    echo "int x = f(\"\\\"\") + $call (y);" | catches banned mockd/core/x.c "$call()"
done
echo 'void *p = malloc(1);' | catches banned mockd/core/arena.c 'malloc()'
echo 'void f(char *p) { strcpy(p, p); }' | catches banned tests/unit/x.c 'strcpy()'

# lines N TEXT
lines() {
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) print text }'
}

{ echo 'int f(void)'; echo '{'; lines 59 '    g();'; echo '}'; } |
    catches sizes mockd/core/x.c 'f() has 61 lines'
lines 501 'int x;' | catches sizes mockd/core/long.h '501 lines'
clean_tree
{ echo 'int f(void)'; echo '{'; lines 58 '    g();'; echo '}'; lines 439 'int x;'; } |
    plant mockd/core/x.c
run sizes
[ "$status" = 0 ] || report 'sizes must pass a function of 60 lines in a file of 500'

# Put together from pieces, so that this file itself stays clean.
for piece in /ho%me/someone/x /Us%ers/someone/x /ro%ot/x /wo%rk/x ../sha%red/x \
    https://regis%try.npmjs.org/x https://pro%xy.golang.org https://py%pi.org/simple \
    https://files.py%thonhosted.org/x https://re%po1.maven.org/x http://de%b.debian.org; do
    whole=$(echo "$piece" | tr -d %)
    echo "see $whole" | catches machine docs/x.md "$whole"
done

run format
if [ "$status" = 77 ]; then
    echo "$said"
else
    clean_tree
    rm "$tree/mockd/core/rq.c"
    run format
    [ "$status" = 0 ] || report 'format must pass a clean tree'
    printf 'int  f(void) { return 1; }\n' | catches format mockd/core/x.c clang-format
fi

[ ! -s "$failed" ] || exit 1
echo "lint.selftest: $(wc -l <"$checked") checks, every lint can fail"
