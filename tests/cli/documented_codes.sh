#!/bin/sh
# documented_codes.sh MOCKD CHECK_CATALOGUE DOCUMENTED: what the program prints as its catalogue is
# what the providers document, no code more and none less.
. "$(dirname "$0")/lib.sh"
check=$2
documented=$3
run catalog --format json
exits 0
"$check" "$documented" "$scratch/out"
