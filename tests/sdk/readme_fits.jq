# Whether a value is what the README shows of it. In what is shown, "…" stands for anything: inside
# a string for any text, as a whole value for any value, as the last item of an array for any
# further items, and as a key for any further members. Otherwise members come in the order shown.

def fits_text($want):
  ($want | split("…")) as $parts
  | if ($parts | length) == 1 then . == $want
    else type == "string" and startswith($parts[0]) and endswith($parts[-1])
    end;

def fits($want):
  . as $got
  | if $want == "…" then true
    elif ($want | type) == "string" then fits_text($want)
    elif type != ($want | type) then false
    elif type == "object" then
      ($want | keys_unsorted - ["…"]) as $keys
      | (if $want | has("…") then [keys_unsorted[] | select(. as $k | $keys | index([$k]))]
         else keys_unsorted end) == $keys
        and all($keys[]; . as $k | $got[$k] | fits($want[$k]))
    elif type == "array" then
      (if $want[-1] == "…" then $want[:-1] else $want end) as $items
      | (length == ($items | length) or ($want[-1] == "…" and length > ($items | length)))
        and all(range($items | length); . as $i | $got[$i] | fits($items[$i]))
    else . == $want
    end;
