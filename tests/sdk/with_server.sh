#!/bin/sh
# usage: with_server.sh MOCKD COMMAND [ARGUMENT...]
# Runs COMMAND while a server of its own is up: any free port, a temporary folder as working
# directory, MOCKD_URL and PATH set. Fails when COMMAND fails, when the server does not end with 0
# on TERM, or when a sanitizer had something to say.
set -eu

mockd=$1
shift
folder=$(mktemp -d "${TMPDIR:-/tmp}/mockd-sdk.XXXXXX")
server=

end() {
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM

fail() {
    echo "with_server: $*" >&2
    sed 's/^/server: /' "$folder/server.err" "$folder"/sanitizer.* >&2 2>/dev/null || true
    exit 1
}

# True within 20 s, or never.
within_reason() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 400 ] || return 1
        sleep 0.05
    done
}

ready_or_gone() {
    [ -e "$folder/ready.json" ] || gone
}

gone() {
    ! kill -0 "$server" 2>/dev/null
}

mkdir "$folder/work"
# Options of whoever runs the tests are not the server's.
for name in $(env | sed -n 's/^\(MOCKD_[A-Z_]*\)=.*/\1/p'); do
    unset "$name"
done
ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}log_path=$folder/sanitizer" \
    UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}print_stacktrace=1:log_path=$folder/sanitizer" \
    TSAN_OPTIONS="${TSAN_OPTIONS:+$TSAN_OPTIONS:}log_path=$folder/sanitizer" \
    "$mockd" serve --port 0 --ready-file "$folder/ready.json" \
    >"$folder/server.out" 2>"$folder/server.err" &
server=$!
within_reason ready_or_gone || fail "the server is not ready"
[ -e "$folder/ready.json" ] || fail "the server did not start"

MOCKD_URL=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$folder/ready.json")
PATH=$(dirname "$mockd"):$PATH
export MOCKD_URL PATH
status=0
(cd "$folder/work" && "$@") || status=$?

kill -TERM "$server" 2>/dev/null || fail "the server was gone before the end"
within_reason gone || fail "the server does not end"
ended=0
wait "$server" || ended=$?
server=
[ "$ended" -eq 0 ] || fail "the server ended with $ended"
for report in "$folder"/sanitizer.*; do
    [ ! -e "$report" ] || fail "a sanitizer reported:"
done
exit "$status"
