#!/bin/sh
# The bare job with csvkit: SQL over the SQLite that it fills. See README.md.
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Rows with another number of fields go to a file of errors.
ln -s "$EXTRACT" "$work/drop.csv"
(cd "$work" && csvclean drop.csv > /dev/null && mv drop_out.csv extract.csv)
day() {
  d="substr('0' || substr($1, instr($1, '/') + 1, instr(substr($1, instr($1, '/') + 1), '/') - 1), -2)"
  made="(substr($1, -4) || '-' || substr('0' || substr($1, 1, instr($1, '/') - 1), -2) || '-' || $d)"
  echo "CASE WHEN $1 LIKE '%/%/____' AND date($made, '+0 days') = $made THEN $made END"
}
coded() { echo "(SELECT value FROM codes WHERE field = '$1' AND code = $2)"; }
digits="replace(replace(replace(replace(replace(Home_Phone, '(', ''), ')', ''), '-', ''), '.', ''), ' ', '')"
cp "$CODES" "$work/codes.csv"
cp "$LAST" "$work/last.csv"
cat > "$work/made.sql" <<SQL
WITH sound AS (
  SELECT DISTINCT *, $(day DOB) AS born, $(day EntryDate) AS entered, $(coded gender Gender) AS gender_,
    $(coded grade Grade_Level) AS grade_, $(coded status Enroll_Status) AS status_, $(coded ethnicity Ethnicity) AS ethnicity_
  FROM extract WHERE coalesce(Student_Number, '') <> '' AND coalesce(Last_Name, '') <> '' AND coalesce(SchoolID, '') <> ''
), whole AS (
  SELECT *, count(*) OVER (PARTITION BY Student_Number) AS times FROM sound
  WHERE born IS NOT NULL AND entered IS NOT NULL AND gender_ IS NOT NULL AND grade_ IS NOT NULL
    AND status_ IS NOT NULL AND ethnicity_ IS NOT NULL
)
SELECT Student_Number AS "students.student_district_id", State_StudentNumber AS "students.student_state_id",
  trim(Last_Name) AS "students.lname", trim(First_Name) AS "students.fname", trim(Middle_Name) AS "students.mname",
  born AS "students.DOB", gender_ AS "students.gender", ethnicity_ AS "students.ethnicity",
  coalesce($(coded language Home_Language), Home_Language) AS "students.home_language",
  trim(Street) AS "students.address", trim(City) AS "students.city", State AS "students.state", Zip AS "students.zip",
  CASE WHEN length($digits) >= 10 THEN '(' || substr($digits, -10, 3) || ') ' || substr($digits, -7, 3) || '-' || substr($digits, -4) END
    AS "students.phone",
  lower(trim(Email)) AS "students.email", '2026' AS "students.sis_school_year", entered AS "students_annual.sis_entrydate",
  $(day ExitDate) AS "students_annual.sis_exitdate", SchoolID AS "students_annual.school_code",
  grade_ AS "students_annual.grade", status_ AS "students_annual.status",
  $(coded yes_no LEP) AS "students_annual.english_learner", $(coded yes_no SpEd) AS "students_annual.special_education",
  $(coded lunch Lunch_Status) AS "students_annual.lunch_status"
FROM whole WHERE times = 1 AND (Enroll_Status = '0' OR (born > '2004-09-01' AND born <= '2021-09-01'))
SQL
cd "$work"
csvsql --no-inference --blanks --query made.sql extract.csv codes.csv > "$OUTPUT"
cp "$OUTPUT" made.csv
{
  join=''
  for name in $(head -n 1 made.csv | tr ',' ' ' | tr -d '\r'); do
    printf '%s' "$join"
    printf "SELECT made.\"students.student_district_id\" AS student_id, '%s' AS field, last.\"%s\" AS before, made.\"%s\" AS after " "$name" "$name" "$name"
    printf 'FROM made JOIN last USING ("students.student_district_id") '
    printf "WHERE coalesce(made.\"%s\", '') <> coalesce(last.\"%s\", '')\n" "$name" "$name"
    join='UNION ALL '
  done
} > changes.sql
csvsql --no-inference --blanks --query changes.sql made.csv last.csv > "$CHANGES"
sha256sum "$EXTRACT" "$OUTPUT" | cut -c 1-64
