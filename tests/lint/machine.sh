#!/bin/sh
# Nothing may depend on one machine: no home folders, no paths out of the repository, no package
# hosts. A bracket in each pattern keeps this file from finding itself.
set -eu
. "$(dirname "$0")/files.sh"
cd "${1:-$(dirname "$0")/../..}"

start='(^|[^A-Za-z0-9_.~-])'
homes="$start/([h]ome|[U]sers)/[A-Za-z]|$start/[r]oot/|$start/[w]ork/"
outside='\.\./[s]hared'
hosts='[r]egistry\.(npmjs|yarnpkg)\.|[p]roxy\.golang\.org|[s]um\.golang\.org|[p]ypi\.org'
hosts="$hosts|files\.[p]ythonhosted\.org|[r]epo1?\.maven\.|[d]eb\.debian\.org|archive\.[u]buntu\.com"
hosts="$hosts|[i]ndex\.crates\.io|[r]ubygems\.org|[j]frog\.io|/[a]rtifactory/|/[n]exus/repository"

files=$(project_files)
# shellcheck disable=SC2086 # one file name a word
findings=$(printf '%s\n' "$files" | xargs grep -nIE "$homes|$outside|$hosts" /dev/null || true)
verdict machine "$findings"
