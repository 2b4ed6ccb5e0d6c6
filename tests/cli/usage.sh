#!/bin/sh
# mockd version, help and what is wrong with a command line as a whole.
. "$(dirname "$0")/lib.sh"

run version
exits 0
shows 'mockd '
lines 1
version=$out
run --version
exits 0
says "$version"
run version now
exits 2
one_line_of_complaint

run help
exits 0
shows 'usage: mockd [SUBCOMMAND] [options]'
lines 24
overview=$out
for way in --help -h; do
    run "$way"
    exits 0
    says "$overview"
done
for command in serve validate catalog env wait; do
    run help "$command"
    exits 0
    shows "usage: mockd $command"
    lines 48
    page=$out
    run "$command" --help
    exits 0
    says "$page"
done
run help brew
exits 2
complains 'mockd: unknown subcommand "brew", see mockd help'

run srve
exits 2
complains 'mockd: unknown subcommand "srve"; did you mean serve?'
run --prot 1
exits 2
complains 'mockd: unknown option --prot; did you mean --port?'
for command in wait env catalog; do
    run "$command" more
    exits 2
    complains "mockd: $command takes options only, not \"more\""
done
