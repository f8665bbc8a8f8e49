/** One record. */
import { belowLowest, CR, LF, SEPARATOR, stopsAt, withoutLowest } from './bytes';
import { FOUND, IRREGULAR, Scan, STEP, UNFINISHED } from './plan';
import { readQuoted } from './quoted';

const NUMBER_BYTES: usize = 4;

/**
 * Reads the record at which the scan stands, and stands behind it afterwards. Where it answers anything but FOUND, where the scan
 * stands means nothing.
 * @param fieldEnds where the table begins that is told where each value ends
 */
export function readRecord(scan: Scan, fieldEnds: usize): i32 {
  const delimiter = <u8>scan.delimiter;
  const quote = scan.quote;
  const delimiters = i8x16.splat(delimiter);
  // Where there is no quote, a line end for one more time.
  const stop = quote < 0 ? LF : <u8>quote;
  const values = scan.values;
  let at = scan.at;
  let to = scan.to;
  let next = fieldEnds;
  let isBegin = true;
  for (;;) {
    if (isBegin && <i32>load<u8>(at) === quote) {
      scan.at = at;
      scan.to = to;
      const answer = readQuoted(scan);
      if (answer !== FOUND) return answer;
      at = scan.at;
      to = scan.to;
      if (load<u8>(at) !== delimiter) break;
      store<u32>(next, <u32>(to - values));
      next += NUMBER_BYTES;
      store<u8>(to, SEPARATOR);
      at++;
      to++;
      continue;
    }
    isBegin = false;
    const block = v128.load(at);
    const parts = i8x16.eq(block, delimiters);
    const stops = stopsAt(at, stop);
    // What is copied beyond a stop is written over.
    v128.store(to, v128.bitselect(i8x16.splat(SEPARATOR), block, parts));
    for (let bits = i8x16.bitmask(parts) & belowLowest(stops); bits !== 0; bits = withoutLowest(bits)) {
      store<u32>(next, <u32>(to - values) + ctz(bits));
      next += NUMBER_BYTES;
    }
    if (stops === 0) {
      at += STEP;
      to += STEP;
      continue;
    }
    at += <usize>ctz(stops);
    to += <usize>ctz(stops);
    if (<i32>load<u8>(at) !== quote) break;
    if (load<u8>(at - 1) !== delimiter) return IRREGULAR;
    isBegin = true;
  }
  const byte = load<u8>(at);
  if (byte !== LF && byte !== CR) return IRREGULAR;
  store<u32>(next, <u32>(to - values));
  scan.to = to;
  scan.fields = <i32>((next - fieldEnds) / NUMBER_BYTES) + 1;
  return endRecord(scan, at);
}

/** At a line end, which is none of the input where the input ends before it. */
function endRecord(scan: Scan, at: usize): i32 {
  const isReturn = load<u8>(at) === CR;
  const behind = at + 1;
  // A CR at the end of the input may be the first half of a CRLF.
  if (!scan.isEnd && (at >= scan.end || (isReturn && behind >= scan.end))) return UNFINISHED;
  const isDouble = isReturn && behind < scan.end && load<u8>(behind) === LF;
  scan.at = at >= scan.end ? scan.end : isDouble ? behind + 1 : behind;
  return FOUND;
}
