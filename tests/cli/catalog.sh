#!/bin/sh
# mockd catalog in its three formats.
. "$(dirname "$0")/lib.sh"

run catalog
exits 0
complains ''
shows 'smspartner.send.42'
shows 'nexmo.sms.29'
shows 'voicepartner.campaign.NOT_CREDIT'

run catalog --format json
exits 0
shows '{"entries":['
shows '"id":"smspartner.send.42"'
ids=$(grep -o '"id":"[^"]*"' "$scratch/out" | sort | uniq -d)
[ -z "$ids" ] || fail "ids stand twice: $ids"

run catalog --format=md --provider nexmo
exits 0
shows '| Code | Message |'
case $out in *smspartner*) fail 'another provider is in it' ;; esac

run catalog --provider nexmo --format json
exits 0
shows '"id":"nexmo.sms.2"'
case $out in *'"provider":"smspartner"'*) fail 'another provider is in it' ;; esac

run catalog --provider acme
exits 2
complains 'mockd: there is no provider "acme"; see mockd help catalog'
run catalog --format xml
exits 2
complains 'mockd: --format must be one of table, json, md, not "xml"'
