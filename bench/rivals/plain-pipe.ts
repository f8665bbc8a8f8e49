/**
 * What a script of an afternoon would be: read, parse, write, nothing else. No rules, no mapping, no report, no archive.
 * node bench/rivals/plain-pipe.ts FROM TO
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

const [from = '', to = ''] = process.argv.slice(2);

await pipeline(
  createReadStream(from),
  // Rows of a wrong length are in every real extract; without this the pipe would stop at the first.
  parse({ relax_column_count: true }),
  stringify({ record_delimiter: 'windows' }),
  createWriteStream(to),
);
