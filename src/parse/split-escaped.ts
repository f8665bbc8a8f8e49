const NUL = 0x00;
const CR = 0x0d;
const LF = 0x0a;
const BACKSLASH = '\\';
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

export type SplitHandlers = {
  onRecord: (values: string[]) => void;
  /** Throws. */
  onFault: (fault: RecordFault) => never;
};

/**
 * Text with backslash escapes to records. Inside quotes a backslash stands before any character, outside before what
 * would have a meaning there: a delimiter, a quote, a line end, a backslash; elsewhere it is a character like others,
 * as in C:\dir and \N. csv-parse knows no escapes outside quotes.
 */
export function openEscapedSplit(dialect: EscapedDialect, { onRecord, onFault }: SplitHandlers) {
  const { delimiter, quote, longestRecord } = dialect;
  let values: string[] = [];
  let value = '';
  let state: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
  let held = '';
  let length = 0;
  let isOpen = false;

  function fault(kind: RecordFault['kind']): never {
    const spansLines = [...values, value].some((one) => /[\r\n]/.test(one));
    return onFault({ kind, index: values.length, spansLines });
  }

  function endField(): void {
    values.push(value);
    value = '';
    state = 'start';
  }

  function endRecord(): void {
    endField();
    const record = values;
    values = [];
    length = 0;
    isOpen = false;
    onRecord(record);
  }

  /** Takes what stands at this place, and answers how many characters that is. */
  function step(text: string, at: number): number {
    const code = text.charCodeAt(at);
    const character = text.charAt(at);
    if (state === 'quoted') return stepQuoted(text, at, character);
    if (text.startsWith(delimiter, at)) {
      endField();
      return delimiter.length;
    }
    if (code === CR || code === LF) {
      endRecord();
      return lineEndAt(text, at);
    }
    // As csv-parse does: the row is refused for its NUL character, and not the file for its quote.
    if (state === 'closed' && code !== NUL) return fault('after_quote');
    if (character === quote) {
      if (state === 'bare') return fault('quote_inside');
      state = 'quoted';
      return 1;
    }
    state = 'bare';
    const escaped = character === BACKSLASH ? escapedAt(text, at + 1) : 0;
    value += escaped === 0 ? character : text.slice(at + 1, at + 1 + escaped);
    return 1 + escaped;
  }

  function stepQuoted(text: string, at: number, character: string): number {
    if (character === quote) {
      state = 'closed';
      return 1;
    }
    const escaped =
      character === BACKSLASH ? Math.max(lineEndAt(text, at + 1), at + 1 < text.length ? 1 : 0) : 0;
    value += escaped === 0 ? character : text.slice(at + 1, at + 1 + escaped);
    return 1 + escaped;
  }

  /** How long what is escaped here is; 0 where it is nothing that a backslash stands before. */
  function escapedAt(text: string, at: number): number {
    const lineEnd = lineEndAt(text, at);
    if (lineEnd > 0) return lineEnd;
    if (text.startsWith(delimiter, at)) return delimiter.length;
    return at < text.length && '\\"\''.includes(text.charAt(at)) ? 1 : 0;
  }

  function takeUntil(text: string, end: number): string {
    let at = 0;
    while (at < end) {
      isOpen = true;
      const taken = step(text, at);
      at += taken;
      length = isOpen ? length + taken : 0;
      if (length > longestRecord) fault('too_long');
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
      if (state === 'quoted') fault('unclosed');
      if (isOpen) endRecord();
    },
  };
}

function lineEndAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === LF) return 1;
  if (code !== CR) return 0;
  return text.charCodeAt(at + 1) === LF ? 2 : 1;
}
