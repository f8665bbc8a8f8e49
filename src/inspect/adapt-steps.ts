import { isRecord } from './preset.ts';

/** Steps of a preset that look at columns by name. */
const READS_COLUMNS = new Set(['pick', 'join', 'template', 'if']);

export interface AdaptedSteps {
  steps: unknown[];
  /** Columns of the preset that the file has not, so that the steps cannot be taken over. */
  missing: string[];
}

/**
 * The steps of a preset for the columns of the file: dates are read in the formats that were found, and columns that
 * the steps name are replaced.
 * @param rename the file's column for one that the preset names, or undefined
 */
export function adaptSteps(
  steps: readonly unknown[],
  dateFormats: readonly string[],
  rename: (column: string) => string | undefined,
): AdaptedSteps {
  const missing: string[] = [];
  const renamed = (column: unknown): unknown => {
    if (Array.isArray(column)) return column.map(renamed);
    const found = rename(String(column));
    if (found === undefined) missing.push(String(column));
    return found ?? column;
  };
  const adapted = steps.map((step) => {
    if (!isRecord(step)) return step === 'date' && dateFormats.length > 0 ? readDates({}, dateFormats) : step;
    const [name = '', options] = Object.entries(step)[0] ?? [];
    if ((name === 'date' || name === 'age') && dateFormats.length > 0)
      return { [name]: { ...(isRecord(options) ? options : {}), from: oneOrAll(dateFormats) } };
    return READS_COLUMNS.has(name) ? { [name]: renameIn(options, renamed) } : step;
  });
  return { steps: adapted, missing };
}

function readDates(options: object, formats: readonly string[]): object {
  return { date: { ...options, from: oneOrAll(formats) } };
}

export function oneOrAll(formats: readonly string[]): string | readonly string[] {
  const [first] = formats;
  return formats.length === 1 && first !== undefined ? first : formats;
}

function renameIn(options: unknown, renamed: (column: unknown) => unknown): unknown {
  if (Array.isArray(options)) return options.map(renamed);
  if (typeof options === 'string')
    return options.replace(/\{([^{}]+)\}/g, (_, name: string) => `{${String(renamed(name.trim()))}}`);
  if (!isRecord(options)) return options;
  return {
    ...options,
    ...('columns' in options ? { columns: renamed(options.columns) } : {}),
    ...('column' in options ? { column: renamed(options.column) } : {}),
  };
}
