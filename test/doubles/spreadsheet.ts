/** What spreadsheets do to a CSV that is opened, changed and saved. */

import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';

export interface SavedAs {
  delimiter: string;
  lineEnd: string;
  encoding: 'utf-8' | 'windows-1252' | 'utf-16le';
  mark: boolean;
  /** Quotes around every value, or only where they are needed. */
  quotes: 'all' | 'needed';
}

/** As each program saves when nobody chooses anything; Excel's semicolon is that of a German or French machine. */
export const PROGRAMS: Readonly<Record<string, SavedAs>> = {
  'Excel, CSV UTF-8': { delimiter: ',', lineEnd: '\r\n', encoding: 'utf-8', mark: true, quotes: 'needed' },
  'Excel in Germany, CSV UTF-8': {
    delimiter: ';',
    lineEnd: '\r\n',
    encoding: 'utf-8',
    mark: true,
    quotes: 'needed',
  },
  'Excel, CSV': { delimiter: ',', lineEnd: '\r\n', encoding: 'windows-1252', mark: false, quotes: 'needed' },
  'Excel, Unicode text': {
    delimiter: '\t',
    lineEnd: '\r\n',
    encoding: 'utf-16le',
    mark: true,
    quotes: 'needed',
  },
  LibreOffice: { delimiter: ',', lineEnd: '\n', encoding: 'utf-8', mark: false, quotes: 'needed' },
  'LibreOffice, all text quoted': {
    delimiter: ';',
    lineEnd: '\n',
    encoding: 'utf-8',
    mark: false,
    quotes: 'all',
  },
  'Google Sheets': { delimiter: ',', lineEnd: '\r\n', encoding: 'utf-8', mark: false, quotes: 'needed' },
};

/** Opens the bytes as a table; `edit` is what the person does. */
export function openTable(bytes: Buffer): string[][] {
  return parse(bytes, { bom: true, relax_column_count: true, record_delimiter: ['\r\n', '\n'] });
}

export function saveTable(table: readonly (readonly string[])[], as: SavedAs): Buffer {
  const lines = table.map((row) => row.map((cell) => quoted(cell, as)).join(as.delimiter) + as.lineEnd);
  return iconv.encode(lines.join(''), as.encoding, { addBOM: as.mark });
}

function quoted(cell: string, { delimiter, quotes }: SavedAs): string {
  const isNeeded = cell.includes(delimiter) || /["\r\n]/.test(cell);
  return isNeeded || quotes === 'all' ? `"${cell.replaceAll('"', '""')}"` : cell;
}
