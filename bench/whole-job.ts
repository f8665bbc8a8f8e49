/**
 * The whole job, on a first and on a second night, beside a plain csv-parse and csv-stringify pipe, on the same file,
 * side by side in one run.
 * npm run bench -- [--rows 300000[,1000000]] [--rounds 3] [--only pipe|job]
 * npm run bench -- --rivals does beside-tools.ts, npm run bench -- --growth does growth.ts.
 */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Extract, openExtract } from './extract.ts';
import { type Measured, measure } from './measure.ts';
import { readOnly, readRounds, readRows } from './read-words.ts';
import { runWholeJob } from './rivals/whole-job.ts';

const PIPE = join(import.meta.dirname, 'rivals/plain-pipe.ts');

type Rival = 'pipe' | 'job' | 'second';
/** What is started together, and the rows that come of it. */
const CONTESTS: Readonly<Record<'pipe' | 'job', (extract: Extract) => Promise<[Rival, Measured][]>>> = {
  pipe: async (extract) => [['pipe', await runPipe(extract)]],
  async job(extract) {
    const { first, second } = await runWholeJob(extract);
    return [
      ['job', first],
      ['second', second],
    ];
  },
};
type Contest = keyof typeof CONTESTS;

interface Row extends Pick<Measured, 'seconds' | 'cpuSeconds' | 'peakMb'> {
  rival: Rival;
  rows: number;
}

if (process.argv.includes('--rivals') || process.argv.includes('--growth')) {
  const { runOtherBench } = await import('./other-bench.ts');
  await runOtherBench();
  process.exit();
}
const { rows, rounds, contests } = readOptions();
const rivals: Rival[] = contests.flatMap((name): Rival[] => (name === 'job' ? ['job', 'second'] : [name]));
const medians: Row[] = [];
for (const size of rows) medians.push(...(await compare(size)));
printRatios(medians);
if (rows.length > 1) printGrowth(medians);

function readOptions(): { rows: number[]; rounds: number; contests: Contest[] } {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: process.env.ROWS ?? '300000' },
      rounds: { type: 'string', default: process.env.ROUNDS ?? '3' },
      only: { type: 'string' },
    },
  });
  return {
    rows: readRows(values.rows),
    rounds: readRounds(values.rounds),
    contests: readOnly(values.only, ['pipe', 'job']),
  };
}

/** All rivals once, then all once more: whatever else the machine does meets each of them alike. */
async function compare(size: number): Promise<Row[]> {
  const extract = await openExtract(size);
  console.log(`\n${extract.rows} rows, ${(extract.bytes / 1e6).toFixed(0)} MB, ${rounds} rounds`);
  const measured: Row[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const contest of contests) {
      for (const [rival, one] of await CONTESTS[contest](extract)) {
        const row = { ...one, rival, rows: extract.rows };
        measured.push(row);
        console.log(describe(`round ${round}  ${rival}`, row));
      }
    }
  }
  return rivals.map((rival) => {
    const own = measured.filter((row) => row.rival === rival);
    const middle = { rival, rows: extract.rows, ...medianOf(own) };
    console.log(describe(`median   ${rival}`, middle));
    return middle;
  });
}

async function runPipe(extract: Extract): Promise<Measured> {
  const to = join(tmpdir(), `rosterferry-plain-pipe-${process.pid}.csv`);
  try {
    const measured = await measure([PIPE, extract.path, to]);
    if (measured.exitCode !== 0)
      throw new Error(`The plain pipe ended with ${measured.exitCode}\n${measured.stderr}`);
    return measured;
  } finally {
    await rm(to, { force: true });
  }
}

function medianOf(own: readonly Row[]): Pick<Row, 'seconds' | 'cpuSeconds' | 'peakMb'> {
  const middle = (name: 'seconds' | 'cpuSeconds' | 'peakMb') =>
    own.map((row) => row[name]).sort((left, right) => left - right)[Math.floor((own.length - 1) / 2)] ?? 0;
  return { seconds: middle('seconds'), cpuSeconds: middle('cpuSeconds'), peakMb: middle('peakMb') };
}

function describe(what: string, { rows: count, seconds, cpuSeconds, peakMb }: Row): string {
  const speed = Math.round(count / seconds);
  return [
    what.padEnd(16),
    `${seconds.toFixed(2)} s`.padStart(10),
    `${cpuSeconds.toFixed(2)} CPU s`.padStart(13),
    `${speed} rows/s`.padStart(16),
    `peak ${Math.round(peakMb)} MB`.padStart(14),
  ].join('');
}

function printRatios(all: readonly Row[]): void {
  console.log('');
  const secondsOf = (rival: Rival, count: number) =>
    all.find((row) => row.rival === rival && row.rows === count)?.seconds;
  for (const count of new Set(all.map((row) => row.rows))) {
    const [pipe, job, second] = [
      secondsOf('pipe', count),
      secondsOf('job', count),
      secondsOf('second', count),
    ];
    if (pipe && job)
      console.log(
        `${count} rows: the whole job takes ${(job / pipe).toFixed(2)} times the plain pipe (limit 2)`,
      );
    if (job && second)
      console.log(
        `${count} rows: a second night takes ${(second / job).toFixed(2)} times the first (limit 1.3)`,
      );
  }
}

function printGrowth(all: readonly Row[]): void {
  for (const rival of rivals) {
    const peaks = all.filter((row) => row.rival === rival);
    console.log(
      `peak of ${rival}: ${peaks.map((row) => `${Math.round(row.peakMb)} MB at ${row.rows}`).join(', ')}`,
    );
  }
}
