/** The bare job with DuckDB, from its package for Node; `npm install` in the folder above. See README.md. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';

const { EXTRACT, LAST, CODES, OUTPUT, CHANGES } = process.env;
const database = await (await DuckDBInstance.create(':memory:')).connect();
const text = (path) => `'${path.replaceAll("'", "''")}'`;
const read = (path, more = '') =>
  `read_csv(${text(path)}, header = true, all_varchar = true, nullstr = '~none~'${more})`;
const code = (field, column) => `codes_${field}[${column}]`;
const day = (column) => `try_strptime(${column}, '%-m/%-d/%Y')::DATE`;
const digits = `right(regexp_replace("Home_Phone", '\\D', '', 'g'), 10)`;

const columns = await database.runAndReadAll(`SELECT * FROM ${read(LAST)} LIMIT 0`);
const header = columns.columnNames();
const codes = await database.runAndReadAll(`SELECT * FROM ${read(CODES)}`);
const fieldsOf = Map.groupBy(codes.getRowObjects(), ({ field }) => field);
for (const [field, rows] of fieldsOf) {
  const list = (name) => rows.map((row) => text(row[name])).join(', ');
  await database.run(
    `CREATE MACRO codes_${field}(k) AS element_at(map([${list('code')}], [${list('value')}]), k)[1]`,
  );
}
const of = (field, column) => code(field, column).replace(/\[(.*)\]$/, '($1)');
const fields = [
  `"Student_Number"`,
  `"State_StudentNumber"`,
  `trim("Last_Name")`,
  `trim("First_Name")`,
  `trim("Middle_Name")`,
  `strftime(born, '%Y-%m-%d')`,
  'gender_',
  'ethnicity_',
  `coalesce(${of('language', '"Home_Language"')}, "Home_Language")`,
  `trim("Street")`,
  `trim("City")`,
  `"State"`,
  `"Zip"`,
  `CASE WHEN length(${digits}) = 10 THEN '(' || substr(${digits}, 1, 3) || ') ' || substr(${digits}, 4, 3) || '-' || substr(${digits}, 7) ELSE '' END`,
  `lower(trim("Email"))`,
  `'2026'`,
  `strftime(entered, '%Y-%m-%d')`,
  `coalesce(strftime(${day('"ExitDate"')}, '%Y-%m-%d'), '')`,
  `"SchoolID"`,
  'grade',
  'status',
  `coalesce(${of('yes_no', '"LEP"')}, '')`,
  `coalesce(${of('yes_no', '"SpEd"')}, '')`,
  `coalesce(${of('lunch', '"Lunch_Status"')}, '')`,
];
const made = header.map((name, at) => `${fields[at]} AS "${name}"`).join(',\n  ');
// Rows with another number of fields are what the reader leaves out; one that has too many and ends in a blank, the ZIP tells.
await database.run(`CREATE TABLE made AS
  WITH sound AS (
    SELECT *, ${day('"DOB"')} AS born, ${day('"EntryDate"')} AS entered, ${of('gender', '"Gender"')} AS gender_,
      ${of('grade', '"Grade_Level"')} AS grade, ${of('status', '"Enroll_Status"')} AS status,
      ${of('ethnicity', '"Ethnicity"')} AS ethnicity_
    FROM ${read(EXTRACT, ", delim = ',', quote = '\"', escape = '\"', ignore_errors = true")}
    WHERE "Student_Number" <> '' AND "Last_Name" <> '' AND "SchoolID" <> ''
      AND regexp_full_match("Zip", '\\d{5}(-\\d{4})?')
  ), single AS (
    SELECT DISTINCT * FROM sound
    WHERE born IS NOT NULL AND entered IS NOT NULL AND gender_ IS NOT NULL AND grade IS NOT NULL AND status IS NOT NULL
      AND ethnicity_ IS NOT NULL
  )
  SELECT ${made} FROM single
  WHERE "Enroll_Status" = '0' OR (born > DATE '2004-09-01' AND born <= DATE '2021-09-01')
  QUALIFY count(*) OVER (PARTITION BY "Student_Number") = 1`);
const blankAsNull = header.map((name) => `nullif("${name}", '') AS "${name}"`).join(', ');
await database.run(`COPY (SELECT ${blankAsNull} FROM made) TO ${text(OUTPUT)} (HEADER, DELIMITER ',')`);
const changed = header.slice(1).map(
  (name) => `
  SELECT made."${header[0]}" AS student_id, '${name}' AS field, last."${name}" AS before, made."${name}" AS after
  FROM made JOIN last USING ("${header[0]}") WHERE made."${name}" <> last."${name}"`,
);
await database.run(`CREATE TABLE last AS SELECT * FROM ${read(LAST)}`);
await database.run(`COPY (${changed.join(' UNION ALL ')}) TO ${text(CHANGES)} (HEADER, DELIMITER ',')`);
for (const path of [EXTRACT, OUTPUT]) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  console.log(hash.digest('hex'));
}
