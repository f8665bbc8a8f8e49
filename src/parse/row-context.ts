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
