import { CsvError, type Parser, parse } from 'csv-parse';
import { csvOptions, explainCsvError, explainFault, LONGEST_RECORD_BYTES } from './csv-options.ts';
import { linesOf } from './escaped-records.ts';
import type { Numbering } from './number-rows.ts';
import type { RecordReader, RowContext } from './row-context.ts';

/** Records of values between delimiters. */
export function openCsvRecords(context: RowContext, numbering: Numbering): RecordReader {
  let linesSeen = 0;
  let bytesOfRecord = 0;
  const parser = parse({
    ...csvOptions(context.read, context.delimiter),
    // Taking the record here instead of from the stream's end saves a queue and an event a row.
    on_record: (values: string[], info) => {
      // csv-parse counts a CRLF inside quotes as two lines, so where it saw more than one we count ourselves.
      numbering.take({ values, lines: info.lines - linesSeen === 1 ? 1 : linesOf(values) });
      linesSeen = info.lines;
      bytesOfRecord = 0;
      return null;
    },
  });
  let failure: unknown;
  parser.on('error', (error) => {
    failure = error;
  });
  const explained = async (work: Promise<void>) => {
    await work.catch((cause: unknown) => {
      const error = failure ?? cause;
      if (!(error instanceof CsvError)) throw error;
      const { file, columns } = context;
      throw explainCsvError(error, { file, startLine: numbering.nextLine(), columns }, linesSeen + 1);
    });
  };
  return {
    async write(chunk) {
      // The library holds the end of what it is given until it has more, and the chunk is gone by then.
      await explained(feed(parser, Buffer.from(chunk)));
      bytesOfRecord += chunk.length;
      // The library counts what stands between delimiters: a row of delimiters alone would fill the memory.
      if (bytesOfRecord - chunk.length <= 2 * LONGEST_RECORD_BYTES) return;
      const { file, columns } = context;
      const fault = { kind: 'too_long', index: columns.length, spansLines: false } as const;
      throw explainFault(fault, { file, startLine: numbering.nextLine(), columns });
    },
    end: () => explained(finish(parser)),
    isCut: ({ values }) => values.length < context.columns.length,
    close: () => {
      parser.destroy();
    },
  };
}

function feed(parser: Parser, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function finish(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject);
    parser.once('end', resolve);
    parser.resume();
    parser.end();
  });
}
