import type { SourceRow } from '../vocabulary/row.ts';
import type { Notice } from '../vocabulary/run.ts';
import type { ByteFacts } from './recognise-encoding.ts';
import type { ReadSettings } from './schema.ts';

/** What is known of a file before its rows are read. */
export interface RowContext {
  file: string;
  read: ReadSettings;
  delimiter: string;
  columns: readonly string[];
  bytes: ByteFacts;
  notices: Notice[];
}

/** Takes the bytes of a file, and hands each record to the numbering that it was opened with. */
export interface RecordReader {
  /** Throws what is wrong with the file at the record that it is in. */
  write(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
  /** Whether the last row, which has no line end, has less than a row should have. */
  isCut(last: SourceRow): boolean;
  close(): void;
}
