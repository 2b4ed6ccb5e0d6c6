# For the scripts of this folder: source it with the program as $1. Each check runs the program and
# judges its exit code and what it printed; the first that differs ends the script.
set -eu
mockd=$1
scratch=$(mktemp -d)
server=
trap 'stop_server; rm -rf "$scratch"' EXIT
unset MOCKD_PORT MOCKD_CONFIG MOCKD_URL 2>/dev/null || true

# Ends the server that start_server started, by its id.
stop_server() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}

# start_server [OPTION...]: sets $url.
start_server() {
    rm -f "$scratch/ready.json"
    "$mockd" serve --port 0 --ready-file "$scratch/ready.json" "$@" >"$scratch/served" 2>&1 &
    server=$!
    tries=0
    until [ -f "$scratch/ready.json" ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 400 ] || ! kill -0 "$server" 2>/dev/null; then
            fail "the server did not get ready: $(cat "$scratch/served")"
        fi
        sleep 0.05
    done
    url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$scratch/ready.json")
}

fail() {
    printf 'FAILED: %s\n' "$1" >&2
    exit 1
}

# run ARGUMENT...: leaves $code, $out and $err.
run() {
    code=0
    asked="mockd $*"
    "$mockd" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
    out=$(cat "$scratch/out")
    err=$(cat "$scratch/err")
}

exits() {
    [ "$code" = "$1" ] || fail "$asked: exit code $code, not $1
stdout: $out
stderr: $err"
}

# Whole texts, but for the newline at their end.
says() {
    [ "$out" = "$1" ] || fail "$asked: printed
$out
and not
$1"
}

complains() {
    [ "$err" = "$1" ] || fail "$asked: complained
$err
and not
$1"
}

# A part of what was printed.
shows() {
    case $out in
    *"$1"*) ;;
    *) fail "$asked: nowhere printed: $1
$out" ;;
    esac
}

lines() {
    n=$(wc -l <"$scratch/out")
    [ "$n" -le "$1" ] || fail "$asked: printed $n lines, more than $1"
}

one_line_of_complaint() {
    [ "$(wc -l <"$scratch/err")" = 1 ] && [ -z "$out" ] || fail "$asked: not just one line:
$out
$err"
}
