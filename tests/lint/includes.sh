#!/bin/sh
# Who may include whom: layers point one way, and each outside library has its own few doors.
set -eu
. "$(dirname "$0")/files.sh"
cd "${1:-$(dirname "$0")/../..}"

# folder, then what it may include besides itself. "x/*": each folder in x is a world of its own.
# Folders below tests may look into everything and have no row.
export LAYERS='
mockd/base
mockd/http         mockd/base
mockd/domain       mockd/base
mockd/store        mockd/base
mockd/core         mockd/base mockd/http mockd/domain mockd/store
mockd/providers    mockd/base mockd/http mockd/domain mockd/store mockd/core
mockd/providers/*  mockd/base mockd/http mockd/domain mockd/store mockd/core
mockd/providers/smspartner mockd/providers/partner mockd/base mockd/http mockd/domain mockd/store mockd/core
mockd/providers/voicepartner mockd/providers/partner mockd/base mockd/http mockd/domain mockd/store mockd/core
mockd/providers/mailpartner mockd/providers/partner mockd/base mockd/http mockd/domain mockd/store mockd/core
mockd/control      mockd/base mockd/http mockd/domain mockd/store mockd/core
mockd/webhook      mockd/base mockd/http mockd/domain mockd/store mockd/core
mockd/edge         mockd/base
mockd/server       mockd scenarios conformance clients/lib
mockd/tools        mockd/base mockd/http
scenarios          mockd/base clients/lib
conformance        mockd/base clients/lib
clients/lib        mockd/base
clients/*          mockd/base clients/lib
'
# The harness parses with its own cJSON: sharing the decoder with the server it judges would let
# one bug sit on both sides and agree with itself.
export LIBRARIES='
civetweb.h  mockd/server/listener.c
cjson/      mockd/http mockd/tools clients/lib scenarios conformance
openssl/    mockd/domain/signature.c mockd/edge
curl/       mockd/server mockd/webhook clients/lib
sqlite3.h   mockd/store
'

files=$(c_files)
findings=$(printf '%s\n' "$files" | xargs awk '
function below(path, folder) { return path == folder || index(path, folder "/") == 1 }
function parent(path) { return sub(/\/[^\/]*$/, "", path) ? path : "" }
function among(path, folders,    list, n, i) {
    n = split(folders, list, " ")
    for (i = 1; i <= n; i++)
        if (below(path, list[i]))
            return 1
    return 0
}
function complain(why) { print FILENAME ":" FNR ": \"" header "\": " why }
function beside(    path, line, found) {
    path = parent(FILENAME) "/" header
    found = (getline line < path) >= 0
    close(path)
    return found
}
function check_layer(    own) {
    for (own = parent(FILENAME); own != ""; own = parent(own)) {
        row = own in may ? own : parent(own) "/*"
        if (row in may)
            break
    }
    if (own == "")
        complain("the folder of this file has no row in tests/lint/includes.sh")
    else if (!below(header, own) && !among(header, may[row]))
        complain("not allowed in " own)
}
BEGIN {
    n = split(ENVIRON["LAYERS"], rows, "\n")
    for (i = 1; i <= n; i++)
        if (split(rows[i], word, " ")) {
            may[word[1]] = rows[i]
            sub(/^[^ ]+/, "", may[word[1]])
        }
    nlibraries = split(ENVIRON["LIBRARIES"], library, "\n")
}
/^[ \t]*#[ \t]*include/ {
    if (!match($0, /["<][^">]*[">]/))
        next
    header = substr($0, RSTART + 1, RLENGTH - 2)
    quoted = substr($0, RSTART, 1) == "\""
    ours = header ~ /^(mockd|scenarios|conformance|clients|tests)\//
    if (quoted && (header ~ /(^|\/)\.\.?\// || (!ours && beside())))
        complain("write it from the root of the repository")
    if (below(FILENAME, "tests"))
        next
    if (ours)
        check_layer()
    for (i = 1; i <= nlibraries; i++)
        if (split(library[i], word, " ") && index(header, word[1]) == 1) {
            doors = library[i]
            sub(/^[^ ]+/, "", doors)
            if (!among(FILENAME, doors))
                complain("only in" doors)
        }
}')
verdict includes "$findings"
