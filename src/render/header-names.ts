import type { WriteSettings } from './schema.ts';

/** The names of the first row, in the order of the fields; undefined where the file has no header. */
export function headerNames(
  { header }: Pick<WriteSettings, 'header'>,
  targets: readonly string[],
): string[] | undefined {
  if (header === false) return undefined;
  if (header === true) return [...targets];
  if (header === 'lower') return targets.map((name) => name.toLowerCase());
  if (header === 'upper') return targets.map((name) => name.toUpperCase());
  return targets.map((name) => header[name] ?? name);
}
