import { parseArgs } from 'node:util';
import { compareBesideTools } from './beside-tools.ts';
import { measureGrowth } from './growth.ts';
import { readOnly, readRounds, readRows } from './read-words.ts';
import { RIVALS } from './rivals.ts';

/** What `npm run bench` does with --rivals or --growth. */
export async function runOtherBench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rivals: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      rows: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
    },
  });
  const rows = readRows(values.rows);
  const rounds = readRounds(values.rounds);
  const names = RIVALS.map(({ name }) => name);
  if (values.rivals) await compareBesideTools({ rows, rounds, only: readOnly(values.only, names) });
  if (values.growth) await measureGrowth({ rounds, isLarge: values.large });
}
