const NUL = '\0';
const BACKSLASH = '\\';
const QUOTES = '"\'';
/** No delimiter is longer, nor a line end behind a backslash. */
const LOOK_AHEAD = 4;

export interface EscapedDialect {
  delimiter: string;
  /** Undefined where no value is quoted. */
  quote: string | undefined;
  /** In characters. */
  longestRecord: number;
}

/** What is wrong with a record, in field `index` of it. */
export interface RecordFault {
  kind: 'quote_inside' | 'after_quote' | 'unclosed' | 'too_long';
  index: number;
  /** Whether the record goes over several lines. */
  spansLines: boolean;
}

export interface SplitHandlers {
  onRecord: (values: string[]) => void;
  /** Throws. */
  onFault: (fault: RecordFault) => never;
}

/**
 * Text with backslash escapes to records. Inside quotes a backslash stands before any character, outside before what
 * would have a meaning there: a delimiter, a quote, a line end, a backslash; elsewhere it is a character like others,
 * as in C:\dir and \N. csv-parse knows no escapes outside quotes.
 */
export function openEscapedSplit(dialect: EscapedDialect, { onRecord, onFault }: SplitHandlers) {
  const open: OpenRecord = { values: [], value: '', state: 'start' };
  let held = '';
  let length = 0;

  const fault = (kind: RecordFault['kind']) => {
    const spansLines = [...open.values, open.value].some((one) => /[\r\n]/.test(one));
    return onFault({ kind, index: open.values.length, spansLines });
  };

  function endRecord(): void {
    endField(open);
    const { values } = open;
    open.values = [];
    length = 0;
    onRecord(values);
  }

  function takeUntil(text: string, end: number): string {
    let at = 0;
    while (at < end) {
      const lineEnd = open.state === 'quoted' ? 0 : lineEndAt(text, at);
      if (lineEnd > 0) endRecord();
      const taken = lineEnd > 0 ? lineEnd : takeCharacters(open, { text, at, dialect, fault });
      at += taken;
      if (lineEnd === 0) length += taken;
      if (length > dialect.longestRecord) fault('too_long');
    }
    return text.slice(at);
  }

  return {
    write(text: string): void {
      const whole = held + text;
      held = takeUntil(whole, whole.length - LOOK_AHEAD);
    },
    end(): void {
      held = takeUntil(held, held.length);
      if (open.state === 'quoted') fault('unclosed');
      if (length > 0) endRecord();
    },
  };
}

interface OpenRecord {
  values: string[];
  value: string;
  /** Of the value: not begun, without quotes, within its quotes, behind them. */
  state: 'start' | 'bare' | 'quoted' | 'closed';
}

interface Place {
  text: string;
  at: number;
  dialect: EscapedDialect;
  fault: (kind: RecordFault['kind']) => never;
}

/** Takes what stands at this place of a record, which is no line end, and answers how many characters that is. */
function takeCharacters(open: OpenRecord, { text, at, dialect, fault }: Place): number {
  const { delimiter, quote } = dialect;
  const character = text.charAt(at);
  const isQuoted = open.state === 'quoted';
  if (isQuoted && character === quote) {
    open.state = 'closed';
    return 1;
  }
  if (!isQuoted) {
    if (text.startsWith(delimiter, at)) {
      endField(open);
      return delimiter.length;
    }
    // As csv-parse does: the row is refused for its NUL character, and not the file for its quote.
    if (open.state === 'closed' && character !== NUL) fault('after_quote');
    if (character === quote) {
      if (open.state === 'bare') fault('quote_inside');
      open.state = 'quoted';
      return 1;
    }
    open.state = 'bare';
  }
  const escaped = character === BACKSLASH ? escapedAt(text, at + 1, isQuoted ? undefined : delimiter) : 0;
  open.value += escaped === 0 ? character : text.slice(at + 1, at + 1 + escaped);
  return 1 + escaped;
}

function endField(open: OpenRecord): void {
  open.values.push(open.value);
  open.value = '';
  open.state = 'start';
}

/**
 * How long what is escaped here is; 0 where it is nothing that a backslash stands before.
 * @param delimiter undefined within quotes, where any character may be escaped
 */
function escapedAt(text: string, at: number, delimiter: string | undefined): number {
  const lineEnd = lineEndAt(text, at);
  if (lineEnd > 0) return lineEnd;
  if (at >= text.length) return 0;
  if (delimiter === undefined) return 1;
  if (text.startsWith(delimiter, at)) return delimiter.length;
  return (QUOTES + BACKSLASH).includes(text.charAt(at)) ? 1 : 0;
}

function lineEndAt(text: string, at: number): number {
  const character = text.charAt(at);
  if (character === '\n') return 1;
  if (character !== '\r') return 0;
  return text.charAt(at + 1) === '\n' ? 2 : 1;
}
