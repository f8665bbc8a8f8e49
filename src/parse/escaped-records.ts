import { StringDecoder } from 'node:string_decoder';
import { explainFault, LONGEST_RECORD_BYTES } from './csv-options.ts';
import type { Numbering } from './number-rows.ts';
import type { RecordReader, RowContext } from './row-context.ts';
import type { ReadSettings } from './schema.ts';
import { openEscapedSplit } from './split-escaped.ts';

const NEW_LINES = /\r\n|\n|\r/g;

/** Records of values between delimiters, a backslash before what is not meant as one. */
export function openEscapedRecords(context: RowContext, numbering: Numbering): RecordReader {
  const { file, columns } = context;
  const decoder = new StringDecoder('utf8');
  const split = openEscapedSplit(escapedDialect(context.read, context.delimiter), {
    onRecord: (values) => numbering.take({ values, lines: linesOf(values) }),
    onFault(fault) {
      throw explainFault(fault, { file, startLine: numbering.nextLine(), columns });
    },
  });
  return {
    async write(chunk) {
      split.write(decoder.write(chunk));
    },
    async end() {
      split.write(decoder.end());
      split.end();
    },
    isCut: ({ values }) => values.length < columns.length,
    close: () => undefined,
  };
}

export function escapedDialect(read: ReadSettings, delimiter: string) {
  const quote = read.quote === 'none' ? undefined : read.quote;
  return { delimiter, quote, longestRecord: LONGEST_RECORD_BYTES };
}

export function linesOf(values: readonly string[]): number {
  return values.reduce((count, value) => count + (value.match(NEW_LINES)?.length ?? 0), 1);
}
