#!/bin/sh
# usage: node.sh MOCKD SOURCE FOLDER
# Runs SOURCE/test.js with the packages in FOLDER against a server of its own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/runtime.sh"
need_runtime node

NODE_PATH=$3/node_modules
export NODE_PATH
exec sh "$here/with_server.sh" "$1" node --test "$2/test.js"
