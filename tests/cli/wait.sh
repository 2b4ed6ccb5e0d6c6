#!/bin/sh
# mockd wait: 0 once a server is ready, 1 when none is.
. "$(dirname "$0")/lib.sh"

start_server
run wait --url "$url"
exits 0
says ''
complains ''
run wait --url "$url/" --timeout 1
exits 0
stop_server

run wait --url "$url" --timeout 0
exits 1
complains "mockd: nothing is ready at $url/readyz after 0 s"
run wait --timeout soon
exits 2
complains 'mockd: --timeout must be a whole number from 0 to 86400, not "soon"'
