#!/bin/sh
# No function over 60 lines, no file over 500. In clang-formatted code only a function has its
# braces alone in the first column. Exceptions stand in sizes.allow, each with its reason.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)
. "$lint/files.sh"
cd "${1:-$lint/../..}"

files=$(c_files)
findings=$(printf '%s\n' "$files" | xargs awk -v max_function=60 -v max_file=500 -v allow="$lint/sizes.allow" '
function name_of(head) {
    sub(/\(.*/, "", head)
    sub(/.*[ *]/, "", head)
    return head
}
function end_of_file() {
    if (file != "" && lines > max_file && !((file, "file") in allowed))
        print file ": " lines " lines, over " max_file
}
BEGIN {
    while ((getline line < allow) > 0) {
        if (line ~ /^#/ || split(line, word, " ") == 0)
            continue
        if (split(line, word, " ") < 3)
            print allow ": no reason given: " line
        allowed[word[1], word[2]] = 1
    }
}
FNR == 1 {
    end_of_file()
    file = FILENAME
    opened = 0
}
{ lines = FNR }
/^[A-Za-z_].*\(/ { head = $0 }
/^\{$/ {
    opened = FNR
    name = name_of(head)
}
/^\}$/ && opened {
    size = FNR - opened + 1
    if (size > max_function && !((file, name) in allowed))
        print file ":" opened ": " name "() has " size " lines, over " max_function
    opened = 0
}
END { end_of_file() }')
verdict sizes "$findings"
