import { join } from 'node:path';
import { openInput } from '../../parse/open-input.ts';
import { readSchema } from '../../parse/schema.ts';
import { INELIGIBLE_REASONS } from '../../vocabulary/verdict.ts';

export type ReplayedVerdict = 'carried' | 'rejected' | 'duplicate' | 'ineligible' | 'held';

/** Rows that ended in one verdict then and in another one now. */
export interface VerdictDifference {
  was: ReplayedVerdict;
  /** Why it was not carried: a finding code or a reason; blank of one that was. */
  codeWas: string;
  now: ReplayedVerdict;
  codeNow: string;
  rows: number;
  /** The first rows. */
  examples: readonly VerdictExample[];
}

export interface VerdictExample {
  row: number;
  line: number;
  id: string;
}

interface Exception extends VerdictExample {
  verdict: ReplayedVerdict;
  code: string;
}

const EXAMPLES = 3;

/**
 * Holds exceptions.csv of two runs of the same drop against each other, row by row: both have the rows of a file in their
 * order, and a row that is in neither is carried by both.
 * @param file the name that it had in the drop
 * @returns the most rows first
 */
export async function compareVerdicts(
  thenFolder: string,
  nowFolder: string,
  file: string,
): Promise<VerdictDifference[]> {
  const found = new Map<string, VerdictDifference & { examples: VerdictExample[] }>();
  for await (const [old, fresh] of pairRows(
    readExceptions(thenFolder, file),
    readExceptions(nowFolder, file),
  )) {
    const [before, after] = [old ?? CARRIED, fresh ?? CARRIED];
    if (before.verdict === after.verdict && before.code === after.code) continue;
    const key = [before.verdict, before.code, after.verdict, after.code].join();
    const known = found.get(key) ?? {
      was: before.verdict,
      codeWas: before.code,
      now: after.verdict,
      codeNow: after.code,
      rows: 0,
      examples: [],
    };
    found.set(key, known);
    const { row, line, id } = old ?? after;
    if (known.rows++ < EXAMPLES) known.examples.push({ row, line, id });
  }
  return [...found.values()].toSorted((one, other) => other.rows - one.rows);
}

const CARRIED: Exception = { row: 0, line: 0, id: '', verdict: 'carried', code: '' };

type Pair = readonly [Exception | undefined, Exception | undefined];

async function* pairRows(
  then: AsyncIterator<Exception, undefined>,
  now: AsyncIterator<Exception, undefined>,
): AsyncGenerator<Pair> {
  let [old, fresh] = [(await then.next()).value, (await now.next()).value];
  while (old || fresh) {
    const order = (old?.row ?? Number.POSITIVE_INFINITY) - (fresh?.row ?? Number.POSITIVE_INFINITY);
    yield [order <= 0 ? old : undefined, order >= 0 ? fresh : undefined];
    if (order <= 0) old = (await then.next()).value;
    if (order >= 0) fresh = (await now.next()).value;
  }
}

/** The first line of each row of one file: its code is the one under which the books count the row. */
async function* readExceptions(folder: string, file: string): AsyncGenerator<Exception, undefined> {
  const name = 'exceptions.csv';
  const read = readSchema.parse({ encoding: 'utf-8', delimiter: ',' });
  const input = await openInput({ path: join(folder, name), file: name, read, wanted: [] });
  let last = 0;
  for await (const batch of input.batches()) {
    for (const { values } of batch) {
      const [of = '', row = '', line = '', id = '', , code = ''] = values;
      if (of !== file || Number(row) === last) continue;
      last = Number(row);
      yield { row: last, line: Number(line), id, verdict: verdictOf(code), code };
    }
  }
  return undefined;
}

const REASONS: ReadonlySet<string> = new Set(INELIGIBLE_REASONS);

function verdictOf(code: string): ReplayedVerdict {
  if (code === 'held' || code === 'duplicate') return code;
  return REASONS.has(code) ? 'ineligible' : 'rejected';
}
