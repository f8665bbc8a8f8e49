const NEW_LINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTES = [0x22, 0x27];
/** A line that is longer is no line of a footer, and is refused as a row soon enough. */
const LONGEST_LINE_BYTES = 1 << 20;

type Keep = (bytes: Buffer) => void;

/** Hands so many last lines to `keep` and everything above them on; lines that are blank do not count. */
export async function* withoutLastLines(
  chunks: AsyncIterable<Buffer>,
  lines: number,
  keep: Keep,
): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const cut = startOfLast(lines, chunk);
    if (cut > 0) {
      if (held.length > 0) yield held;
      yield chunk.subarray(0, cut);
      held = Buffer.from(chunk.subarray(cut));
      continue;
    }
    const whole = Buffer.concat([held, chunk]);
    const from = whole.length > (lines + 1) * LONGEST_LINE_BYTES ? whole.length : startOfLast(lines, whole);
    if (from > 0) yield whole.subarray(0, from);
    held = whole.subarray(from);
  }
  keep(held);
}

/** Where the last so many lines begin that are not blank; 0 where that is not seen. */
function startOfLast(lines: number, bytes: Buffer): number {
  let seen = 0;
  let isBlank = true;
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at] ?? 0;
    if (isLineEnd(byte)) {
      if (!isBlank && ++seen === lines) return at + 1;
      isBlank = true;
    } else if (byte > SPACE) isBlank = false;
  }
  return 0;
}

/** Hands on what is above the first line that begins with the mark, and the rest to `keep`. */
export async function* upToMark(
  chunks: AsyncIterable<Buffer>,
  mark: string,
  keep: Keep,
): AsyncGenerator<Buffer> {
  const wanted = Buffer.from(mark);
  let held = Buffer.alloc(0);
  let isFound = false;
  for await (const chunk of chunks) {
    if (isFound) {
      keep(chunk);
      continue;
    }
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const at = lineThatBegins(bytes, wanted);
    isFound = at >= 0;
    const cut = isFound ? at : startOfUnfinished(bytes);
    if (cut > 0) yield bytes.subarray(0, cut);
    if (isFound) keep(bytes.subarray(at));
    held = Buffer.from(bytes.subarray(cut));
  }
  if (!isFound && held.length > 0) yield held;
}

/** `bytes` begins with a line. Spaces and a quote may stand before the mark. */
function lineThatBegins(bytes: Buffer, mark: Buffer): number {
  for (let found = bytes.indexOf(mark); found >= 0; found = bytes.indexOf(mark, found + 1)) {
    let start = found;
    while (start > 0 && isPadding(bytes[start - 1] ?? 0)) start--;
    if (start === 0 || isLineEnd(bytes[start - 1] ?? 0)) return start;
  }
  return -1;
}

function startOfUnfinished(bytes: Buffer): number {
  const start = Math.max(bytes.lastIndexOf(NEW_LINE), bytes.lastIndexOf(RETURN)) + 1;
  return bytes.length - start > LONGEST_LINE_BYTES ? bytes.length : start;
}

function isLineEnd(byte: number): boolean {
  return byte === NEW_LINE || byte === RETURN;
}

function isPadding(byte: number): boolean {
  return byte === SPACE || QUOTES.includes(byte);
}
