import { dirname, resolve } from 'node:path';
import { AppError, asAppError, type Place } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import { clashingCode } from '../mapping/match-codes.ts';
import { type CodeFile, type FieldSettings, isCodeFile } from '../mapping/schema.ts';
import { readTable, type SmallTable } from '../parse/read-table.ts';
import { hintAmong } from './nearest-name.ts';
import { shownFrom, type YamlFile } from './read-yaml.ts';

type CodeTable = Map<string, string>;

/** The match codes that stand in CSV files beside the mapping, by target field. */
export async function readCodeTables(
  fields: Readonly<Record<string, FieldSettings>>,
  mapping: YamlFile,
): Promise<{ tables: Map<string, CodeTable>; mistakes: AppError[] }> {
  const tables = new Map<string, CodeTable>();
  const mistakes: AppError[] = [];
  for (const [target, field] of Object.entries(fields)) {
    if (field.type !== 'match_codes' || !isCodeFile(field.codes)) continue;
    const reading = await readCodeTable({
      target,
      codes: field.codes,
      mapping,
      ignoreCase: field.ignore_case,
    });
    mistakes.push(...reading.mistakes);
    tables.set(target, reading.table);
  }
  return { tables, mistakes };
}

interface Wanted {
  target: string;
  codes: CodeFile;
  mapping: YamlFile;
  ignoreCase: boolean;
}

async function readCodeTable(wanted: Wanted): Promise<{ table: CodeTable; mistakes: AppError[] }> {
  const { codes, mapping } = wanted;
  const shown = shownFrom(mapping, codes.file);
  try {
    const rows = await readTable(resolve(dirname(mapping.path), codes.file), { file: shown });
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

function missingColumns(table: SmallTable, wanted: Wanted, shown: string): AppError[] {
  return (['from', 'to'] as const)
    .filter((key) => !table.columns.includes(wanted.codes[key]))
    .map((key) => {
      const hint = hintAmong(wanted.codes[key], table.columns);
      const sentence = `${shown} has no column ${wanted.codes[key]}`;
      return new AppError('config_invalid', sentence, {
        place: placeOf(wanted, key),
        ...(hint === undefined ? {} : { hint }),
      });
    });
}

/** One code for two values would be decided by the order of lines, which nobody means. */
function collect(
  { rows }: SmallTable,
  wanted: Wanted,
  shown: string,
): { table: CodeTable; mistakes: AppError[] } {
  const { from, to } = wanted.codes;
  const codes = rows.map((row): [string, string] => [row[from] ?? '', row[to] ?? '']);
  const clash = clashingCode(codes, wanted.ignoreCase);
  if (clash === undefined) return { table: new Map(codes), mistakes: [] };
  const sentence = `${shown} has the code ${JSON.stringify(clash)} twice, with different values`;
  const hint = 'Keep one of the two lines.';
  return {
    table: new Map(),
    mistakes: [new AppError('config_invalid', sentence, { place: placeOf(wanted, 'file'), hint })],
  };
}

function placeOf({ mapping, target }: Wanted, key: 'file' | 'from' | 'to'): Place {
  return mapping.placeOf(['fields', target, 'codes', key]);
}
