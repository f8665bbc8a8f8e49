/** A value in quotes. */
import { CR, stopsAt, withoutLowest } from './bytes';
import { FOUND, IRREGULAR, Scan, STEP, UNFINISHED } from './plan';

/**
 * From an opening quote, at which the scan stands, to behind the closing one: copies what is between, of two quotes one, and counts lines.
 * @returns FOUND, UNFINISHED or IRREGULAR
 */
export function readQuoted(scan: Scan): i32 {
  const quote = <u8>scan.quote;
  const end = scan.end;
  let at = scan.at + 1;
  let to = scan.to;
  let answer = 0;
  while (answer === 0) {
    let bits = stopsAt(at, quote);
    v128.store(to, v128.load(at));
    while (bits !== 0 && isLineEnd(at + <usize>ctz(bits), scan)) bits = withoutLowest(bits);
    if (bits === 0) {
      at += STEP;
      to += STEP;
      continue;
    }
    const place = at + <usize>ctz(bits);
    const behind = place + 1;
    to += place - at;
    at = behind;
    if (place >= end) answer = scan.isEnd ? IRREGULAR : UNFINISHED;
    else if (behind >= end && !scan.isEnd) answer = UNFINISHED;
    else if (load<u8>(behind) !== quote) answer = FOUND;
    else {
      // Of two quotes the first is kept.
      at++;
      to++;
    }
  }
  scan.at = at;
  scan.to = to;
  return answer;
}

/** Whether a stop is a line end within the input, which is counted then. */
function isLineEnd(place: usize, scan: Scan): bool {
  const byte = load<u8>(place);
  if (<i32>byte === scan.quote || place >= scan.end) return false;
  if (byte === CR || load<u8>(place - 1) !== CR) scan.line++;
  return true;
}
