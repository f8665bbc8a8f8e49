import { parse } from 'csv-parse/sync';

/** The cells of a CSV file of ours, by another reader than ours. */
export function parseTexts(text: string): string[][] {
  return parse(text, { bom: true });
}
