#!/bin/sh
# The starter and the README's runner have to notice what is wrong. A shell script stands in for
# the server here: how it behaves is the name it is called by.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/runtime.sh"
need_runtime jq

folder=$(mktemp -d "${TMPDIR:-/tmp}/mockd-selftest.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >good <<'END'
#!/bin/sh
# Arguments: serve --port 0 --ready-file FILE
behaviour=$(basename "$0")
[ "$behaviour" != refuses ] || exit 2
[ "$behaviour" != reports ] ||
    echo "ERROR: AddressSanitizer" >"$(echo "$ASAN_OPTIONS" | sed 's/.*log_path=//').1"
status=0
[ "$behaviour" != ends_badly ] || status=1
trap 'exit $status' TERM
echo '{"pid":1,"url":"http://127.0.0.1:9","seed":1}' >"$5.new"
mv "$5.new" "$5"
[ "$behaviour" != dies ] || exit 0
while :; do sleep 0.05; done
END
chmod +x good
for behaviour in refuses reports ends_badly dies; do
    cp good "$behaviour"
done

wrong=0
# expect STATUS NAME COMMAND...
expect() {
    want=$1
    name=$2
    shift 2
    got=0
    "$@" >said 2>&1 || got=$?
    [ "$got" -eq "$want" ] || {
        wrong=$((wrong + 1))
        echo "$name: status $got, not $want"
        cat said
    }
}
# shows WANT STATUS: a README whose block prints {"a":1,"b":"x1"} and shows WANT.
shows() {
    printf '%s\n' '```sh' "echo '{\"a\":1,\"b\":\"x1\"}'" '```' '' '```json' "$1" '```' >shown.md
    expect "$2" "shows $1" sh "$here/readme.sh" "$folder/good" shown.md
}

start=$here/with_server.sh
expect 0 'all is well' sh "$start" "$folder/good" sh -c 'test "$MOCKD_URL" = http://127.0.0.1:9'
expect 3 'the client fails' sh "$start" "$folder/good" sh -c 'exit 3'
expect 1 'the server refuses to start' sh "$start" "$folder/refuses" true
expect 1 'a sanitizer reports' sh "$start" "$folder/reports" true
expect 1 'the server ends with 1' sh "$start" "$folder/ends_badly" true
expect 1 'the server dies before the end' sh "$start" "$folder/dies" sleep 0.2

shows '{"a":1,"b":"x1"}' 0
shows '{"a":"…","b":"x…"}' 0
shows '{"b":"x1","…":"…"}' 0
shows '{"b":"x1","a":1}' 1
shows '{"a":1}' 1
shows '{"a":2,"…":"…"}' 1
shows '{"a":1,"b":"y…"}' 1
printf '%s\n' '```sh' 'false' '```' >shown.md
expect 1 'a block fails' sh "$here/readme.sh" "$folder/good" shown.md
printf '%s\n' '```sh' 'echo one; echo two' '```' '```text' 'one' '…wo' '```' >shown.md
expect 0 'text with a gap' sh "$here/readme.sh" "$folder/good" shown.md
printf '%s\n' '```sh' 'echo one' '```' '```text' 'o[n]e' '```' >shown.md
expect 1 'text is no pattern' sh "$here/readme.sh" "$folder/good" shown.md
printf '%s\n' 'No block at all.' >shown.md
expect 1 'nothing to run' sh "$here/readme.sh" "$folder/good" shown.md

[ "$wrong" -eq 0 ] || exit 1
echo "sdk.selftest: all noticed"
