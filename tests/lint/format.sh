#!/bin/sh
# Every C source is as clang-format leaves it. Versions differ in what they leave: only 14 counts.
set -eu
. "$(dirname "$0")/files.sh"
cd "${1:-$(dirname "$0")/../..}"

version=14
for formatter in "clang-format-$version" clang-format ''; do
    if command -v "$formatter" >/dev/null 2>&1 &&
        "$formatter" --version | grep -q "version $version\."; then
        break
    fi
done
if [ -z "$formatter" ]; then
    echo "lint.format: skipped, there is no clang-format $version"
    exit 77
fi
files=$(c_files)
if ! findings=$(printf '%s\n' "$files" | xargs "$formatter" --dry-run -Werror 2>&1); then
    verdict format "${findings:-clang-format failed}"
fi
verdict format ''
