#!/bin/sh
# Calls that are unsafe, that read the machine's time or chance, or that bypass the arena.
# Exceptions stand in banned.allow, each with its reason.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)
. "$lint/files.sh"
cd "${1:-$lint/../..}"

unsafe='strcpy strcat strncpy strncat sprintf strtok atoi atol'
ambient='gmtime localtime rand time'
lenient='sqlite3_exec cJSON_Parse'
heap='malloc calloc realloc free'

files=$(c_files)
findings=$(printf '%s\n' "$files" | c_code | awk -v calls="$unsafe $ambient $lenient $heap" -v heap="$heap" \
    -v allow="$lint/banned.allow" '
function allowed(call, file,    i) {
    for (i = 1; i <= nallow; i++) {
        if (allow_call[i] != call && !(allow_call[i] == "heap" && call in is_heap))
            continue
        if (file == allow_path[i] || (allow_path[i] ~ /\/$/ && index(file, allow_path[i]) == 1))
            return 1
    }
    return 0
}
BEGIN {
    n = split(heap, list, " ")
    for (i = 1; i <= n; i++)
        is_heap[list[i]] = 1
    n = split(calls, list, " ")
    for (i = 1; i <= n; i++)
        banned[list[i]] = 1
    while ((getline line < allow) > 0) {
        if (line ~ /^#/ || split(line, word, " ") == 0)
            continue
        if (split(line, word, " ") < 3)
            print allow ": no reason given: " line
        nallow++
        allow_call[nallow] = word[1]
        allow_path[nallow] = word[2]
    }
}
{
    at = index($0, ":")
    file = substr($0, 1, at - 1)
    rest = substr($0, at + 1)
    at = index(rest, ":")
    number = substr(rest, 1, at - 1)
    rest = substr(rest, at + 1)
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
        before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
        call = substr(rest, RSTART, RLENGTH - 1)
        sub(/[ \t]+$/, "", call)
        rest = substr(rest, RSTART + RLENGTH)
        # A member of that name (ops->free) is not the C library.
        if (call in banned && before !~ /[.>]/ && !allowed(call, file))
            print file ":" number ": " call "() is banned here"
    }
}')
verdict banned "$findings"
