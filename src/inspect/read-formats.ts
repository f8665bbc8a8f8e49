import type { ColumnProfile } from './profile.ts';

/** How a column of dates is to be read, and what is doubtful about that. */
export interface ReadFormats {
  /** Empty where nothing of the file tells. */
  formats: string[];
  doubts: string[];
}

/**
 * The formats to read a column of dates with: M reads 3 and 03, so that a night with the other writing passes. A blank
 * column is most likely written as the other dates of its file are.
 */
export function readFormats(column: ColumnProfile, all: readonly ColumnProfile[]): ReadFormats {
  const { date } = column;
  if (date) {
    const open = loosened(date.open);
    const doubts = open.length > 0 ? [`${open.join(' or ')}: the values do not tell which`] : [];
    return { formats: loosened(date.formats.map((one) => one.format)), doubts };
  }
  const likely = all.find((one) => one.date !== undefined && one.date.open.length === 0)?.date?.formats[0];
  if (column.type !== 'empty' || likely === undefined)
    return { formats: [], doubts: ['the format of the dates'] };
  const why = 'the column is blank; its format is taken from the other dates of the file';
  return { formats: loosened([likely.format]), doubts: [why] };
}

function loosened(formats: readonly string[]): string[] {
  return [...new Set(formats.map(loosen))];
}

/** A year that stands first is always followed by two digits; digits without signs between have their places. */
function loosen(format: string): string {
  if (format.startsWith('yyyy') || /^[A-Za-z]+$/.test(format)) return format;
  return format.replace(/(?<!M)MM(?!M)/, 'M').replace(/(?<!d)dd(?!d)/, 'd');
}
