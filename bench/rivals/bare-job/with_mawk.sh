#!/bin/sh
# The bare job with mawk. See README.md.
set -e
export LC_ALL=C
mawk -v out="$OUTPUT" -v chg="$CHANGES" -v q='"' '
# Splits the record that began with this line into fields[1..n]; reads on while a quote is open. Answers n.
function split_record(line,   n, at, part, more) {
  sub(/\r$/, "", line)
  if (index(line, q) == 0) return split(line, fields, ",")
  n = 0
  while (1) {
    if (substr(line, 1, 1) == q) {
      line = substr(line, 2); part = ""
      while (1) {
        at = index(line, q)
        if (at == 0) {
          if ((getline more < source) <= 0) break
          sub(/\r$/, "", more); line = line "\n" more; continue
        }
        part = part substr(line, 1, at - 1); line = substr(line, at + 1)
        if (substr(line, 1, 1) != q) break
        part = part q; line = substr(line, 2)
      }
      fields[++n] = part
      if (line == "") return n
      line = substr(line, 2)
    } else {
      at = index(line, ",")
      if (at == 0) { fields[++n] = line; return n }
      fields[++n] = substr(line, 1, at - 1); line = substr(line, at + 1)
    }
  }
  return n
}
function quoted(text) { if (text ~ /[",\r\n]/) { gsub(/"/, "\"\"", text); return q text q } return text }
function trimmed(text) { sub(/^ +/, "", text); sub(/ +$/, "", text); return text }
function day(text,   p, n, m, d, y) {
  if (text in days) return days[text]
  n = split(text, p, "/"); m = p[1] + 0; d = p[2] + 0; y = p[3]
  if (n != 3 || text !~ /^[0-9][0-9]?\/[0-9][0-9]?\/[0-9][0-9][0-9][0-9]$/) return days[text] = ""
  n = m == 2 ? (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 29 : 28) : (m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31)
  return days[text] = m < 1 || m > 12 || d < 1 || d > n ? "" : sprintf("%s-%02d-%02d", y, m, d)
}
function phone(text) {
  gsub(/[^0-9]/, "", text); text = substr(text, length(text) - 9)
  return length(text) == 10 ? "(" substr(text, 1, 3) ") " substr(text, 4, 3) "-" substr(text, 7) : ""
}
function code(field, key, otherwise) { return ((field SUBSEP key) in codes) ? codes[field, key] : otherwise }
function known(field, key) { return ((field SUBSEP key) in codes) }
BEGIN {
  source = ENVIRON["CODES"]
  while ((getline line < source) > 0) { split_record(line); codes[fields[1], fields[2]] = fields[3] }
  source = ENVIRON["LAST"]; getline header < source; sub(/\r$/, "", header); width = split(header, names, ",")
  while ((getline line < source) > 0) { sub(/\r$/, "", line); last[substr(line, 1, index(line, ",") - 1)] = line }
  source = ENVIRON["EXTRACT"]; getline line < source
  while ((getline line < source) > 0) {
    if (split_record(line) != 24 || fields[1] == "" || fields[3] == "" || fields[9] == "") continue
    if (!known("status", fields[10]) || !known("gender", fields[7])) continue
    if (!known("grade", fields[8]) || !known("ethnicity", fields[13])) continue
    born = day(fields[6]); entered = day(fields[11])
    if (born == "" || entered == "") continue
    id = fields[1]
    if (id in rows) { if (rows[id] != line) doubled[id] = 1; continue }
    rows[id] = line; order[++count] = id
    if (fields[10] != "0" && !(born > "2004-09-01" && born <= "2021-09-01")) continue
    made[id] = quoted(id) "," quoted(fields[2]) "," quoted(trimmed(fields[3])) "," quoted(trimmed(fields[4])) "," \
      quoted(trimmed(fields[5])) "," born "," codes["gender", fields[7]] "," codes["ethnicity", fields[13]] "," \
      quoted(code("language", fields[14], fields[14])) "," quoted(trimmed(fields[18])) "," quoted(trimmed(fields[19])) "," \
      quoted(fields[20]) "," quoted(fields[21]) "," phone(fields[22]) "," quoted(tolower(trimmed(fields[23]))) ",2026," \
      entered "," day(fields[12]) "," quoted(fields[9]) "," codes["grade", fields[8]] "," codes["status", fields[10]] "," \
      code("yes_no", fields[15], "") "," code("yes_no", fields[16], "") "," code("lunch", fields[17], "")
  }
  printf "%s\r\n", header > out
  print "student_id,field,before,after" > chg
  for (i = 1; i <= count; i++) {
    id = order[i]
    if (id in doubled || !(id in made)) continue
    printf "%s\r\n", made[id] > out
    if (!(id in last) || last[id] == made[id]) continue
    split_record(last[id]); for (k = 1; k <= width; k++) before[k] = fields[k]
    split_record(made[id])
    for (k = 1; k <= width; k++)
      if (before[k] != fields[k]) print quoted(id) "," names[k] "," quoted(before[k]) "," quoted(fields[k]) > chg
  }
}'
sha256sum "$EXTRACT" "$OUTPUT" | cut -c 1-64
