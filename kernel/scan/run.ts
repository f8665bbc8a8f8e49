/**
 * Records of values between delimiters, as csv-parse reads them: a quote opens at the begin of a value alone, is doubled within, and is
 * followed by a delimiter or an end; CRLF, LF and CR end a record. Sixteen bytes are looked at together, and copied as they are looked at.
 */
import { xxh64 } from '../shared/xxh64';
import { LF } from './bytes';
import { FOUND, FULL, IRREGULAR, NO_MORE, ODD, Scan, UNFINISHED } from './plan';
import { readRecord } from './record';

/** Scans on, record after record, until something stops it: see plan.ts. It stands at a record afterwards, or at the end. */
export function run(place: usize): i32 {
  const scan = changetype<Scan>(place);
  // What ends the input ends a record, so that nothing has to look for the end byte by byte.
  store<u8>(scan.end, LF);
  while (scan.at < scan.end) {
    if (scan.records === scan.mostRecords) return FULL;
    const at = scan.at;
    const to = scan.to;
    const line = scan.line;
    const record = (<usize>scan.records) << 2;
    const answer = readRecord(scan, scan.fieldEnds + record * <usize>scan.columns);
    const isTooLong = answer === FOUND && scan.at - at > scan.longestRecord;
    if (answer !== FOUND || isTooLong) {
      scan.at = at;
      scan.to = to;
      scan.line = line;
      return answer === UNFINISHED ? UNFINISHED : IRREGULAR;
    }
    store<u32>(scan.ends + record, <u32>(scan.to - scan.values));
    store<u32>(scan.lines + record, <u32>line);
    store<u64>(scan.prints + (record << 1), xxh64(to, scan.to - to));
    scan.line++;
    scan.records++;
    if (scan.fields !== scan.columns) return ODD;
  }
  return NO_MORE;
}
