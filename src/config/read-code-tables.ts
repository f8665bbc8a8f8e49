import { dirname, resolve } from 'node:path';
import { AppError, asAppError, type Place } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import { type FieldSettings, isCodeFile } from '../mapping/fields/schema.ts';
import { clashingCode, lookupTableName } from '../mapping/match-codes.ts';
import { lookupsIn } from '../mapping/schema.ts';
import { readTable, type SmallTable } from '../parse/read-table.ts';
import type { Path } from './fit-schema.ts';
import { hintAmong } from './nearest-name.ts';
import { shownFrom, type YamlFile } from './read-yaml.ts';

type CodeTable = Map<string, string>;

/** Two columns of a CSV that a mapping names. */
interface WantedTable {
  /** Under which the table is kept: the target field of match codes, the `lookupTableName` of a lookup. */
  name: string;
  file: string;
  /** The columns, and the keys under which the mapping names them. */
  code: { key: string; column: string };
  value: { key: string; column: string };
  ignoreCase: boolean;
  /** Where file and columns stand in the mapping. */
  at: Path;
  mapping: YamlFile;
}

/**
 * What stands in CSV files beside the mapping: match codes by target field, lookups by their table's name. Each file is
 * read once.
 */
export async function readCodeTables(
  fields: Readonly<Record<string, FieldSettings>>,
  mapping: YamlFile,
): Promise<{ tables: Map<string, CodeTable>; mistakes: AppError[] }> {
  const tables = new Map<string, CodeTable>();
  const mistakes: AppError[] = [];
  const read = openTableReader();
  for (const wanted of [...codesIn(fields, mapping), ...lookupTablesIn(fields, mapping)]) {
    const reading = await readCodeTable(wanted, read);
    mistakes.push(...reading.mistakes);
    tables.set(wanted.name, reading.table);
  }
  return { tables, mistakes };
}

function codesIn(fields: Readonly<Record<string, FieldSettings>>, mapping: YamlFile): WantedTable[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.type !== 'match_codes' || !isCodeFile(field.codes)) return [];
    const { file, from, to } = field.codes;
    return {
      name,
      file,
      code: { key: 'from', column: from },
      value: { key: 'to', column: to },
      ignoreCase: field.ignore_case,
      at: ['fields', name, 'codes'],
      mapping,
    };
  });
}

function lookupTablesIn(fields: Readonly<Record<string, FieldSettings>>, mapping: YamlFile): WantedTable[] {
  return lookupsIn(fields).map(({ field, step, options }) => ({
    name: lookupTableName(options),
    file: options.file,
    code: { key: 'key', column: options.key },
    value: { key: 'value', column: options.value },
    ignoreCase: options.ignore_case,
    at: ['fields', field, 'apply', step, 'lookup'],
    mapping,
  }));
}

type TableReader = (path: string, shown: string) => Promise<SmallTable>;

function openTableReader(): TableReader {
  const known = new Map<string, Promise<SmallTable>>();
  return (path, shown) => {
    const reading = known.get(path) ?? readTable(path, { file: shown });
    known.set(path, reading);
    return reading;
  };
}

async function readCodeTable(
  wanted: WantedTable,
  read: TableReader,
): Promise<{ table: CodeTable; mistakes: AppError[] }> {
  const shown = shownFrom(wanted.mapping, wanted.file);
  try {
    const rows = await read(resolve(dirname(wanted.mapping.path), wanted.file), shown);
    const mistakes = missingColumns(rows, wanted, shown);
    return mistakes.length > 0 ? { table: new Map(), mistakes } : collect(rows, wanted, shown);
  } catch (thrown) {
    return { table: new Map(), mistakes: [explainTable(thrown, shown, placeOf(wanted, 'file'))] };
  }
}

/** What is wrong with a table is a mistake of the configuration, whatever the room of the drops would call it. */
function explainTable(thrown: unknown, shown: string, namedAt: Place): AppError {
  const { message, hint, place, cause } = asAppError(thrown);
  if (errnoOf(cause) === 'ENOENT')
    return new AppError('config_missing', `the file ${shown} is not there`, {
      place: namedAt,
      hint: 'Create it, or mend the path.',
    });
  return new AppError('config_invalid', message, { hint, place: place ?? namedAt, cause: thrown });
}

function missingColumns(table: SmallTable, wanted: WantedTable, shown: string): AppError[] {
  return [wanted.code, wanted.value]
    .filter(({ column }) => !table.columns.includes(column))
    .map(({ key, column }) => {
      const hint = hintAmong(column, table.columns);
      return new AppError('config_invalid', `${shown} has no column ${column}`, {
        place: placeOf(wanted, key),
        ...(hint === undefined ? {} : { hint }),
      });
    });
}

/** One code for two values would be decided by the order of lines, which nobody means. */
function collect(
  { rows }: SmallTable,
  wanted: WantedTable,
  shown: string,
): { table: CodeTable; mistakes: AppError[] } {
  const codes = rows.map((row): [string, string] => [
    row[wanted.code.column] ?? '',
    row[wanted.value.column] ?? '',
  ]);
  const clash = clashingCode(codes, wanted.ignoreCase);
  if (clash === undefined) return { table: new Map(codes), mistakes: [] };
  const sentence = `${shown} has the code ${JSON.stringify(clash)} twice, with different values`;
  const hint = 'Keep one of the two lines.';
  return {
    table: new Map(),
    mistakes: [new AppError('config_invalid', sentence, { place: placeOf(wanted, 'file'), hint })],
  };
}

function placeOf({ mapping, at }: WantedTable, key: string): Place {
  return mapping.placeOf([...at, key]);
}
