#!/bin/sh
# usage: node_packages.sh SOURCE FOLDER
# Installs into FOLDER what SOURCE/package-lock.json names, once; later runs need no network.
# Exit 77: no node or no npm here (with CI=true that is a failure).
set -eu
. "$(dirname "$0")/runtime.sh"
need_runtime node npm

mkdir -p "$2"
if cmp -s "$1/package-lock.json" "$2/installed.json"; then
    echo "already installed"
    exit 0
fi
rm -f "$2/installed.json"
cp "$1/package.json" "$1/package-lock.json" "$2/"
cd "$2"
npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error || {
    echo "npm could not install the packages; to go on without them: ctest -LE sdk" >&2
    exit 1
}
cp package-lock.json installed.json
