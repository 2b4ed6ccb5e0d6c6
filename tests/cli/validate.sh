#!/bin/sh
# mockd validate: FILE: ok, or FILE:LINE: POINTER: sentence and exit code 2; all files are looked at.
. "$(dirname "$0")/lib.sh"
cd "$scratch"

cat >good.json <<'JSON'
// a comment
{
  "options": {"port": 0, "bind": ["nexmo=0"]}, /* another */
  "settings": {"lang": "fr"},
  "accounts": [{"provider": "smspartner", "key": "mine"}]
}
JSON
cat >bad.json <<'JSON'
{
  // the line number counts this one
  "settings": {
    "lang": "de"
  }
}
JSON
echo '{"accounts": [' >cut.json
printf '{\n"accounts": [\n{"provider": "nexmo", "key": "k", "secret": "s", "balanse": "1"}]}' >name.json
: >empty.json
printf '{"options": {"port": "\377"}}' >bytes.json

run validate good.json
exits 0
says 'good.json: ok'
complains ''

run validate bad.json
exits 2
says ''
complains 'bad.json:4: /settings/lang: must be one of "en", "fr", not "de"'

run validate bad.json good.json cut.json
exits 2
says 'good.json: ok'
complains 'bad.json:4: /settings/lang: must be one of "en", "fr", not "de"
cut.json:2:1: not well-formed JSON'

run validate name.json
exits 2
complains 'name.json:3: /accounts/0/balanse: is not a known member; did you mean "balance"?'

run validate empty.json
exits 2
complains 'empty.json:1:1: not well-formed JSON'

run validate bytes.json
exits 2
one_line_of_complaint

run validate none.json
exits 2
complains 'none.json: cannot be opened'

run validate .
exits 2
complains '.: cannot be read'

run validate
exits 2
complains 'mockd: validate needs at least one file'

run validate --strictly good.json
exits 2
complains 'mockd: unknown option --strictly'

run validate -- good.json
exits 0
