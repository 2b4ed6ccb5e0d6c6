#!/bin/sh
# usage: readme.sh MOCKD README
# Runs every ```sh block of README, each against a new server that stands in for the one at
# http://127.0.0.1:8080. A block must exit 0, and print what the ```json, ```xml or ```text block
# after it (under the same heading) shows; there "…" stands for anything, see readme_fits.jq.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/runtime.sh"
need_runtime curl jq

mockd=$1
readme=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/mockd-readme.XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

# N.sh is the Nth block, N.line its line, N.json (or .xml, .text) what it has to print.
awk -v folder="$folder" '
/^#/ && !open { expecting = 0 }
/^```/ && open { open = 0; close(out); next }
/^```/ {
    open = 1
    kind = substr($0, 4)
    out = "/dev/null"
    if (kind == "sh") {
        out = folder "/" ++n ".sh"
        printf "%s\n", FNR >(folder "/" n ".line")
        close(folder "/" n ".line")
        expecting = 1
    } else if (expecting && (kind == "json" || kind == "xml" || kind == "text")) {
        out = folder "/" n "." kind
        expecting = 0
    }
    next
}
open { print >out }' "$readme"

# The README names one address; the server has another.
play='
sed "s|127\.0\.0\.1:8080|${MOCKD_URL#http://}|g" "$1" >block.sh
sh -eu block.sh >out
sed "s|${MOCKD_URL#http://}|127.0.0.1:8080|g" out'

# glob FILE: its text as a shell pattern.
glob() {
    sed 's/[][*?\\]/\\&/g; s/…/*/g' "$1"
}

# fits N: what block N printed is what the README shows.
fits() {
    if [ -e "$1.json" ]; then
        jq -en --slurpfile got "$1.out" --slurpfile want "$1.json" -L "$here" \
            'include "readme_fits"; $got | fits($want)' >/dev/null
        return
    fi
    for shown in "$1.text" "$1.xml"; do
        [ -e "$shown" ] || continue
        got=$(tr -d '\r' <"$1.out")
        want=$(glob "$shown")
        # shellcheck disable=SC2254 # it is a pattern
        case $got in
        $want) ;;
        *) return 1 ;;
        esac
    done
}

cd "$folder"
n=0
failed=0
while [ -e "$((n + 1)).sh" ]; do
    n=$((n + 1))
    why=
    if ! sh "$here/with_server.sh" "$mockd" sh -euc "$play" block "$folder/$n.sh" \
        >"$n.out" 2>"$n.err"; then
        why="does not run"
    elif ! fits "$n"; then
        why="prints something else"
    fi
    [ -n "$why" ] || continue
    failed=$((failed + 1))
    echo "$readme:$(cat "$n.line"): the block $why:"
    cat "$n.sh"
    echo "--- it printed:"
    cat "$n.out" "$n.err"
    echo "---"
done
echo "readme: $n blocks run, $failed failed"
[ "$n" -gt 0 ] && [ "$failed" -eq 0 ]
