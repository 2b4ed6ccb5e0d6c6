#!/bin/sh
# mockd serve: what it prints, its files, a taken port, signals, databases of others.
. "$(dirname "$0")/lib.sh"

start_server --seed 42 --pid-file "$scratch/pid"
[ "$(cat "$scratch/served")" = "$("$mockd" version) ready on $url (seed 42, in memory)" ] ||
    fail "the first line is: $(cat "$scratch/served")"
[ "$(cat "$scratch/pid")" = "$server" ] || fail 'the pid file has another id'

# A taken port: one line, exit code 3, nothing of the first server is touched.
run serve --port "${url##*:}" --pid-file "$scratch/pid" --ready-file "$scratch/other"
exits 3
complains "mockd: cannot listen on port ${url##*:} of 127.0.0.1: it is in use"
one_line_of_complaint
[ ! -e "$scratch/other" ] || fail 'a ready file without a server'
[ "$(cat "$scratch/pid")" = "$server" ] || fail 'the pid file of another server was touched'
run wait --url "$url" --timeout 5
exits 0

# The ready file of an earlier run would tell its reader too early.
touch "$scratch/stale"
run serve --port "${url##*:}" --ready-file "$scratch/stale"
exits 3
[ ! -e "$scratch/stale" ] || fail 'the ready file of an earlier run is still there'

for signal in TERM INT; do
    [ -n "$server" ] || start_server --pid-file "$scratch/pid"
    kill -s "$signal" "$server"
    ended=0
    wait "$server" || ended=$?
    [ "$ended" = 0 ] || fail "SIG$signal ended it with $ended"
    server=
    [ ! -e "$scratch/pid" ] || fail 'the pid file is still there'
done

# A JSON line for programs.
start_server --log-format json
case $(cat "$scratch/served") in
'{"event":"ready",'*'"url":"'"$url"'"'*'}') ;;
*) fail "the first line is: $(cat "$scratch/served")" ;;
esac
stop_server

# Unmatched requests end a strict server with 1.
if command -v curl >/dev/null 2>&1; then
    start_server --strict
    curl -s "$url/nowhere" >/dev/null
    kill "$server"
    ended=0
    wait "$server" || ended=$?
    server=
    [ "$ended" = 1 ] || fail "--strict ended with $ended"
fi

# Files that are not ours: refused, byte for byte the same afterwards.
echo 'Some notes that somebody would be sad to lose, longer than a header of sixteen bytes.' >"$scratch/notes"
if command -v sqlite3 >/dev/null 2>&1; then
    sqlite3 "$scratch/app.db" 'CREATE TABLE account(a); INSERT INTO account VALUES (1); PRAGMA user_version=1;'
fi
for file in notes app.db; do
    [ -e "$scratch/$file" ] || continue
    cp "$scratch/$file" "$scratch/before"
    run serve --port 0 --db "$scratch/$file"
    exits 2
    complains "mockd: --db $scratch/$file: not a database of this version of mockd"
    cmp "$scratch/$file" "$scratch/before" || fail "$file was changed"
    [ ! -e "$scratch/$file-wal" ] || fail "$file got a log"
done
