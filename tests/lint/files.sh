# Sourced by the lints. Functions read the tree in the current folder.

# Every file of the project, one a line: what git would keep or, without git, what is not built.
project_files() {
    {
        if [ -e .git ] && git ls-files >/dev/null 2>&1; then
            git ls-files --cached --others --exclude-standard
        else
            find . \( -name .git -o -name node_modules -o -name __pycache__ -o -path ./build \) \
                -prune -o -type f -print | sed 's|^\./||'
        fi
    } | while IFS= read -r file; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
}

# The C sources. A tree without any is an error: a lint that looks at nothing would always pass.
c_files() {
    project_files | grep '\.[ch]$' || {
        echo "no C file in $(pwd)" >&2
        return 1
    }
}

# FILE:LINE:code of the files named on stdin, with comments, strings and characters blanked.
c_code() {
    xargs awk '
    FNR == 1 { in_comment = 0 }
    {
        rest = $0
        code = ""
        while (rest != "") {
            if (in_comment) {
                at = index(rest, "*/")
                if (!at)
                    break
                in_comment = 0
                rest = substr(rest, at + 2)
            } else if (!match(rest, /["\047]|\/\*|\/\//)) {
                code = code rest
                break
            } else {
                mark = substr(rest, RSTART, RLENGTH)
                code = code substr(rest, 1, RSTART - 1) " "
                rest = substr(rest, RSTART + RLENGTH)
                if (mark == "//")
                    break
                if (mark == "/*")
                    in_comment = 1
                else if (match(rest, mark == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^\047\\\\]|\\\\.)*\047"))
                    rest = substr(rest, RLENGTH + 1)
            }
        }
        print FILENAME ":" FNR ":" code
    }'
}

# verdict LINT FINDINGS: prints what was found and ends the lint.
verdict() {
    if [ -n "$2" ]; then
        printf '%s\n' "$2"
        echo "lint.$1: failed"
        exit 1
    fi
    echo "lint.$1: clean"
    exit 0
}
