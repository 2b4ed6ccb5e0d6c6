#!/bin/sh
# Speed, memory and start-up time of mockd, next to a civetweb that answers a constant. Both run
# on one core in turns, wrk on another, so that the ratio of one round is worth more than either
# figure. Started by ./dev bench, which builds what is measured.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build/release
rounds=5
seconds=5
connections=32
starts=20
million=no

usage() {
    cat <<'HELP'
usage: ./dev bench [options]

  --rounds N        yardstick and mockd in turns, so many times (default 5)
  --seconds N       length of each run (default 5)
  --connections N   keep-alive connections (default 32)
  --million         also measure the memory after a million requests
  --build DIR       where the programs are (default build/release)
HELP
}

die() {
    echo "bench: $*" >&2
    exit 1
}

while [ $# -gt 0 ]; do
    case $1 in
    --million) million=yes ;;
    --help) usage && exit 0 ;;
    --rounds | --seconds | --connections | --build)
        [ $# -gt 1 ] || die "$1 needs a value"
        case $1 in
        --rounds) rounds=$2 ;;
        --seconds) seconds=$2 ;;
        --connections) connections=$2 ;;
        --build) build=$2 ;;
        esac
        shift
        ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done

build=$(cd "$build" && pwd)
work=$(mktemp -d)
server=
stop_server() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        exec 3<&-
    fi
    server=
}
trap 'stop_server; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The first two cores this process may use: "0-3,8" is 0 and 1.
cores=$(awk '/^Cpus_allowed_list:/ {
    n = split($2, range, ",")
    for (i = 1; i <= n; i++) {
        if (split(range[i], end, "-") == 1)
            end[2] = end[1]
        for (c = end[1] + 0; c <= end[2] + 0 && found < 2; c++)
            printf "%s%d", found++ ? " " : "", c
    }
}' /proc/self/status)
server_core=${cores% *}
wrk_core=${cores#* }
[ "$server_core" != "$wrk_core" ] || die "two cores are needed, one for the server and one for wrk"

yardstick_command="$build/bench/bench_yardstick"
mockd_command="$build/mockd serve --port 0 --rate-limits off"
wrk_options="-t1 -c$connections -d${seconds}s --timeout 5s"

# start_server COMMAND...: pinned; waits for its ready line; leaves $server (pid) and $url.
start_server() {
    rm -f "$work/ready"
    mkfifo "$work/ready"
    taskset -c "$server_core" "$@" >"$work/ready" 2>"$work/stderr" 3<&- &
    server=$!
    exec 3<"$work/ready"
    if ! read -r line <&3; then
        cat "$work/stderr" >&2
        die "$1 did not start"
    fi
    url=$(printf '%s\n' "$line" | sed 's/.*\(http:[/0-9.:]*\).*/\1/')
}

# rss FIELD: of the running server, in KiB.
rss() {
    awk -v field="$1:" '$1 == field { print $2 }' "/proc/$server/status"
}

# send PROVIDER TAG [check]: one wrk run; its result line goes to $work/result.
send() {
    # shellcheck disable=SC2086 # a list of options
    taskset -c "$wrk_core" wrk $wrk_options -s "$here/send.lua" "$url" -- "$@" \
        >"$work/wrk" 2>&1 3<&- || die "wrk failed: $(cat "$work/wrk")"
    grep '^result ' "$work/wrk" >"$work/result" || die "wrk said nothing: $(cat "$work/wrk")"
}

# result NAME: from the last run.
result() {
    sed "s/.* $1=\([0-9]*\).*/\1/" "$work/result"
}

no_errors() {
    if [ "$(result bad_status)" != 0 ] || [ "$(result socket_errors)" != 0 ]; then
        die "$1: answers were lost or refused: $(cat "$work/result")"
    fi
}

key_of() {
    case $1 in
    nexmo) echo mockd001 ;;
    smspartner) echo mockd-key ;;
    esac
}

# fund PROVIDER: a balance that no run can use up.
fund() {
    curl -sSf -o /dev/null -X PATCH -H 'Content-Type: application/json' \
        -d '{"balance":"1000000000.000"}' "$url/__admin/accounts/$(key_of "$1")" ||
        die "cannot fund the account of $1"
}

balance() {
    curl -sSf "$url/__admin/accounts" |
        jq -er --arg key "$(key_of "$1")" \
            '[.accounts[] | select(.key == $key)][0].balance' || die "no balance of $1"
}

# Reads every answer of a short run: all accepted, no id twice.
check_answers() {
    send "$1" check check
    no_errors "$1"
    if [ "$(result answered)" = 0 ] ||
        [ "$(result accepted)" != "$(result answered)" ] ||
        [ "$(result distinct)" != "$(result answered)" ]; then
        die "$1: not all accepted and distinct: $(cat "$work/result") $(grep '^refused' "$work/wrk")"
    fi
    echo "$1: $(result answered) answers read, all accepted, all ids different"
}

body_of() {
    case $1 in
    nexmo) echo '{"api_key":"mockd001","api_secret":"mockdSecret1","from":"Acme",
        "to":"447700900000","text":"bench"}' ;;
    smspartner) echo '{"apiKey":"mockd-key","phoneNumbers":"+33639985555","sender":"Acme",
        "gamme":1,"message":"bench"}' ;;
    esac
}

# price PROVIDER: what one message costs, by what one more answer says.
price() {
    case $1 in
    nexmo) path=/nexmo/sms/json ;;
    smspartner) path=/smspartner/v1/send ;;
    esac
    curl -sSf -H 'Content-Type: application/json' -d "$(body_of "$1")" "$url$path" |
        jq -er '.messages[0]["message-price"] // .cost' || die "no price in the answer of $1"
}

# The run was charged for what wrk counted; those under way at the end may come on top.
check_charged() {
    awk -v before="$2" -v after="$(balance "$1")" -v price="$3" -v sent="$(result requests)" \
        -v open="$connections" 'BEGIN {
            charged = price > 0 ? (before - after) / price : -1
            exit !(charged > sent - 0.5 && charged < sent + open + 0.5)
        }' || die "$1: $(result requests) requests, but the balance went from $2 to $(balance "$1")"
}

# keep ROUND WHAT RATIO RSS_IDLE RSS_AFTER: a row of figures, to the screen and for the medians.
keep() {
    row="$1 $2 $(result rps) $3 $(result p50_us) $(result p99_us) $4 $5"
    echo "$row" >>"$work/rows"
    echo "$row" | awk '{
        printf "round %d %-22s %7d r/s  ratio %.3f  p50 %6.3f ms  p99 %7.3f ms  RSS %5.1f -> %5.1f MiB\n",
            $1, $2, $3, $4, $5 / 1e3, $6 / 1e3, $7 / 1024, $8 / 1024
    }'
}

# round NUMBER PROVIDER: the yardstick, then mockd, with the same requests.
round() {
    # shellcheck disable=SC2086 # commands are lists of words
    start_server $yardstick_command
    idle=$(rss VmRSS)
    send "$2" "r$1"
    no_errors "the yardstick"
    yardstick=$(result rps)
    keep "$1" "yardstick/$2" 1 "$idle" "$(rss VmRSS)"
    stop_server

    # shellcheck disable=SC2086
    start_server $mockd_command
    idle=$(rss VmRSS)
    fund "$2"
    cost=$(price "$2")
    before=$(balance "$2")
    send "$2" "r$1"
    no_errors "$2"
    check_charged "$2" "$before" "$cost"
    ratio=$(awk -v a="$(result rps)" -v b="$yardstick" 'BEGIN { printf "%.4f", a / b }')
    keep "$1" "mockd/$2" "$ratio" "$idle" "$(rss VmRSS)"
    stop_server
}

# median WHAT COLUMN
median() {
    awk -v what="$1" -v column="$2" '$2 == what { print $column }' "$work/rows" | sort -n |
        awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

after_million() {
    # shellcheck disable=SC2086
    start_server $mockd_command
    fund nexmo
    total=0
    turn=0
    while [ "$total" -lt 1000000 ]; do
        turn=$((turn + 1))
        send nexmo "m$turn"
        no_errors nexmo
        total=$((total + $(result requests)))
    done
    million_row=$(rss VmRSS)
    echo "after $total requests: VmRSS $million_row KiB, at most $(rss VmHWM) KiB"
    stop_server
}

table_rows() {
    for what in yardstick/nexmo mockd/nexmo yardstick/smspartner mockd/smspartner; do
        for column in 3 4 5 6 7 8; do
            median "$what" "$column"
        done | awk -v what="$what" '{ v[NR] = $1 } END {
            printf "| %s | %d | %.2f | %.2f | %.2f | %.1f | %.1f |\n",
                what, v[1], v[2], v[3] / 1e3, v[4] / 1e3, v[5] / 1024, v[6] / 1024
        }'
    done
}

print_table() {
    cat <<TABLE

Medians of $rounds rounds of $seconds s, $connections keep-alive connections, server on core $server_core, wrk on core $wrk_core.

| run | requests/s | ratio to yardstick | p50 ms | p99 ms | RSS idle MiB | RSS after MiB |
|---|---|---|---|---|---|---|
$(table_rows)
| goal for mockd | | >= 0.50 | | <= 3 | <= 32 | |

| | median | least | most | goal |
|---|---|---|---|---|
| start to first answer, ms ($starts starts) | $(echo "$first" | sed 's/[a-z_]*=//g; s/ / | /g') | <= 15 |
TABLE
    if [ "$million" = yes ]; then
        awk -v kib="$million_row" \
            'BEGIN { printf "| RSS after a million requests, MiB | %.1f | | | <= 64 |\n", kib / 1024 }'
    fi
    cat <<COMMANDS

Commands:
- yardstick: taskset -c $server_core bench_yardstick
- mockd: taskset -c $server_core mockd serve --port 0 --rate-limits off
- load: taskset -c $wrk_core wrk $wrk_options -s tests/bench/send.lua URL -- nexmo|smspartner TAG
- memory: VmRSS in /proc/PID/status, once ready and after the run
- start: bench_first_answer $starts mockd serve --port 0
COMMANDS
}

[ -x "$build/mockd" ] || die "no $build/mockd: run ./dev build"
# shellcheck disable=SC2086
start_server $mockd_command
for provider in nexmo smspartner; do
    fund "$provider"
    check_answers "$provider"
done
stop_server

for number in $(seq "$rounds"); do
    for provider in nexmo smspartner; do
        round "$number" "$provider"
    done
done
first=$("$build/bench/bench_first_answer" "$starts" "$build/mockd" serve --port 0) ||
    die "no first answer"
[ "$million" = no ] || after_million
print_table
