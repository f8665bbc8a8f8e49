import type { ColumnProfile } from './profile.ts';

/** The formats to read a column of dates with: M reads 3 and 03, so that a night with the other writing passes. */
export function readFormats({ date }: ColumnProfile): { formats: string[]; open: string[] } {
  const loosened = (formats: readonly string[]) => [...new Set(formats.map(loosen))];
  return {
    formats: loosened((date?.formats ?? []).map((one) => one.format)),
    open: loosened(date?.open ?? []),
  };
}

/** A year that stands first is always followed by two digits; digits without signs between have their places. */
function loosen(format: string): string {
  if (format.startsWith('yyyy') || /^[A-Za-z]+$/.test(format)) return format;
  return format.replace(/(?<!M)MM(?!M)/, 'M').replace(/(?<!d)dd(?!d)/, 'd');
}
