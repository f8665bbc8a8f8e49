import { CsvError, parse } from 'csv-parse/sync';
import { csvOptions, explainCsvError, explainFault } from './csv-options.ts';
import { escapedDialect } from './escaped-records.ts';
import type { ReadSettings } from './schema.ts';
import { openEscapedSplit } from './split-escaped.ts';

export interface TextContext {
  /** The name that errors use. */
  file: string;
  read: ReadSettings;
  delimiter: string;
}

/**
 * The first records of a text that is at hand as a whole, such as the head of a file; those in which nothing stands
 * are passed over. Throws what is wrong with a record up to there.
 */
export function parseText(text: Buffer, context: TextContext, most: number): string[][] {
  const { file, read, delimiter } = context;
  const place = { file, startLine: read.skip_lines + 1, columns: [] };
  if (read.escape === 'backslash') return parseEscaped(text.toString(), context, most);
  try {
    const options = { ...csvOptions(read, delimiter), skip_records_with_empty_values: true };
    return parse(text, { ...options, to: most });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw explainCsvError(cause, place);
  }
}

function parseEscaped(text: string, { file, read, delimiter }: TextContext, most: number): string[][] {
  const records: string[][] = [];
  const split = openEscapedSplit(escapedDialect(read, delimiter), {
    onRecord(values) {
      if (values.some((value) => value.trim() !== '')) records.push(values);
    },
    onFault(fault) {
      throw explainFault(fault, { file, startLine: read.skip_lines + 1, columns: [] });
    },
  });
  try {
    split.write(text);
    split.end();
  } catch (error) {
    if (records.length < most) throw error;
  }
  return records.slice(0, most);
}

/** The fields of one line; none where it cannot be read so. */
export function firstFields(line: string, dialect: Omit<TextContext, 'file'>): string[] {
  try {
    return parseText(Buffer.from(line), { file: '', ...dialect }, 1)[0] ?? [];
  } catch {
    // No row could be read from it either; the real error comes from the real reading.
    return [];
  }
}
