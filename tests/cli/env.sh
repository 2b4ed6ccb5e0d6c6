#!/bin/sh
# mockd env: text to paste, with the URL in it.
. "$(dirname "$0")/lib.sh"

for client in curl node-vonage node-vonage2 php-vonage java-vonage go-vonage dotnet-vonage \
    go-smspartner; do
    run env --client "$client" --url http://mock.test:8099/
    exits 0
    complains ''
    shows 8099
    case $out in *@URL@* | *@HOST@* | *@PORT@* | *8099//*) fail "$asked: a mark is left: $out" ;; esac
done
run env --client curl
exits 0
shows http://127.0.0.1:8080/
MOCKD_URL=http://elsewhere:1 run env --client curl
shows http://elsewhere:1/

run env --client crul
exits 2
complains 'mockd: there is no client "crul"; did you mean curl?'
run env
exits 2
one_line_of_complaint
run env --client curl --url elsewhere
exits 2
complains 'mockd: --url must look like http://127.0.0.1:8080, not "elsewhere"'

# What curl's lines say works as pasted.
if command -v curl >/dev/null 2>&1; then
    start_server
    run env --client curl --url "$url"
    sh "$scratch/out" >"$scratch/answers" 2>/dev/null
    grep -q '"success":true' "$scratch/answers" || fail "$(cat "$scratch/answers")"
    grep -q '"status":"0"' "$scratch/answers" || fail "$(cat "$scratch/answers")"
fi
