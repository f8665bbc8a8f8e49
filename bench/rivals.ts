import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A program that does the bare job; `rivals/bare-job/README.md` says what that is. */
export interface Rival {
  name: string;
  command: readonly string[];
  /** Ends with 0 where the machine has what the program needs. */
  needs: readonly string[];
  /** How to get it. */
  from: string;
  /** Measured in the first round alone. */
  isSlow?: boolean;
  /** With more rows it would take many minutes, or more memory than there is. */
  mostRows?: number;
}

const FOLDER = join(import.meta.dirname, 'rivals/bare-job');
const script = (name: string) => join(FOLDER, name);
const python = process.env.PYTHON ?? 'python3';

export const RIVALS: readonly Rival[] = [
  {
    name: 'polars',
    command: [python, script('with_polars.py')],
    needs: [python, '-c', 'import polars'],
    from: 'pip install polars',
  },
  {
    name: 'duckdb',
    command: [process.execPath, script('with-duckdb.mjs')],
    needs: ['test', '-d', join(FOLDER, '../node_modules/@duckdb/node-api')],
    from: 'npm install in bench/rivals',
  },
  {
    name: 'mawk',
    command: ['sh', script('with_mawk.sh')],
    needs: ['mawk', 'BEGIN {}'],
    from: 'apt-get install mawk',
    isSlow: true,
  },
  {
    name: 'python csv',
    command: [python, script('with_csv.py')],
    needs: [python, '-c', 'import hashlib; hashlib.file_digest'],
    from: 'Python 3.11',
    isSlow: true,
  },
  {
    name: 'pandas',
    command: [python, script('with_pandas.py')],
    needs: [python, '-c', 'import pandas'],
    from: 'pip install pandas',
    isSlow: true,
  },
  {
    name: 'miller',
    command: ['sh', script('with_miller.sh')],
    needs: ['mlr', '--version'],
    from: 'apt-get install miller',
    isSlow: true,
    mostRows: 300_000,
  },
  {
    name: 'csvkit',
    command: ['sh', script('with_csvkit.sh')],
    needs: ['csvsql', '--version'],
    from: 'apt-get install csvkit',
    isSlow: true,
    mostRows: 110_000,
  },
];

/** Why it cannot take part; undefined where it can. */
export function whyLacking({ needs, from, mostRows }: Rival, rows: number): string | undefined {
  const [program = '', ...args] = needs;
  if (spawnSync(program, args, { stdio: 'ignore' }).status !== 0)
    return `which this machine has not: ${from}`;
  return mostRows !== undefined && rows > mostRows ? `which is measured up to ${mostRows} rows` : undefined;
}

/** The fields whose codes the rivals are given, under the names that they know them by. */
const CODED: Readonly<Record<string, string>> = {
  gender: 'students.gender',
  ethnicity: 'students.ethnicity',
  language: 'students.home_language',
  grade: 'students_annual.grade',
  status: 'students_annual.status',
  yes_no: 'students_annual.special_education',
  lunch: 'students_annual.lunch_status',
};

/** The codes of the mapping as CSV: field,code,value. */
export function codesOf(mapping: string): string {
  const { fields }: { fields: Record<string, { codes?: Record<string, string> }> } = parse(mapping);
  const lines = Object.entries(CODED).flatMap(([name, field]) =>
    Object.entries(fields[field]?.codes ?? {}).map(([code, value]) => `${name},${code},${value}`),
  );
  return `field,code,value\n${lines.join('\n')}\n`;
}
