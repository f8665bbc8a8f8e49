import { parseArgs } from 'node:util';
import { compareBesideTools } from './beside-tools.ts';
import { measureGrowth } from './growth.ts';

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
  const rows = values.rows.split(',').map(Number);
  const rounds = Number(values.rounds);
  if (![...rows, rounds].every((one) => Number.isInteger(one) && one > 0))
    throw new Error('--rows and --rounds are whole numbers; --rows may list several: 250000,1000000');
  if (values.rivals) await compareBesideTools({ rows, rounds, only: values.only?.split(',') });
  if (values.growth) await measureGrowth({ rounds, isLarge: values.large });
}
