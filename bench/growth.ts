/**
 * What a second night costs as rows grow, and as columns, quotes and changes grow.
 * npm run bench -- --growth [--large] [--rounds 3]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openExtract } from './extract.ts';
import { median, type Usage } from './measure-command.ts';
import { openNights } from './nights.ts';
import { type Variation, varyExtract } from './vary-extract.ts';

export interface GrowthOptions {
  rounds: number;
  /** Five million rows too, which take some 8 GB of disk. */
  isLarge: boolean;
}

const SIZES = [10_000, 100_000, 250_000, 1_000_000];
const LARGE = 5_000_000;
/** The size at which anything else is varied. */
const BASE = 250_000;
const EVERY_HUNDREDTH = 100;

interface Kind {
  title: string;
  /** The file of both nights. */
  written?: Variation;
  changedEvery: number;
}

const KINDS: readonly Kind[] = [
  { title: '24 columns, 3 % of the rows with quotes, 1 % changed', changedEvery: EVERY_HUNDREDTH },
  { title: '48 columns', written: { moreColumns: 24 }, changedEvery: EVERY_HUNDREDTH },
  { title: '96 columns', written: { moreColumns: 72 }, changedEvery: EVERY_HUNDREDTH },
  { title: 'a quarter of the rows in quotes', written: { quotedEvery: 4 }, changedEvery: EVERY_HUNDREDTH },
  { title: 'every row in quotes', written: { quotedEvery: 1 }, changedEvery: EVERY_HUNDREDTH },
  { title: 'nothing changed', changedEvery: 0 },
  { title: '10 % changed', changedEvery: 10 },
  { title: '33 % changed', changedEvery: 3 },
];

export async function measureGrowth({ rounds, isLarge }: GrowthOptions): Promise<void> {
  console.log(
    '\n| rows | MB | first night, s | second night, s | µs a row | peak MB, first | peak MB, second |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const size of isLarge ? [...SIZES, LARGE] : SIZES) await measureRows(size, rounds);
  console.log(`\n| ${BASE} students | second night, s | times the first line | peak MB |`);
  console.log('| --- | --- | --- | --- |');
  let base: number | undefined;
  for (const kind of KINDS) {
    const { seconds, peakMb } = await measureKind(kind, rounds);
    base ??= seconds;
    console.log(
      `| ${kind.title} | ${seconds.toFixed(2)} | ${(seconds / base).toFixed(2)} | ${peakMb.toFixed(0)} |`,
    );
  }
}

async function measureRows(size: number, rounds: number): Promise<void> {
  const extract = await openExtract(size);
  await using nights = await openNights(extract.path, extract.changed.path);
  const { first } = nights;
  const second = await medianOf(rounds, nights.next);
  const cells = [
    (extract.bytes / 1e6).toFixed(0),
    first.seconds.toFixed(2),
    second.seconds.toFixed(2),
    ((second.seconds / extract.rows) * 1e6).toFixed(1),
    first.peakMb.toFixed(0),
    second.peakMb.toFixed(0),
  ];
  console.log(`| ${[extract.rows, ...cells].join(' | ')} |`);
}

async function measureKind({ written = {}, changedEvery }: Kind, rounds: number): Promise<Usage> {
  const extract = await openExtract(BASE);
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-varied-'));
  try {
    const [before, after] = [join(folder, 'students.csv'), join(folder, 'changed.csv')];
    await varyExtract(extract.path, before, written);
    await varyExtract(extract.path, after, { ...written, changedEvery });
    await using nights = await openNights(before, after);
    return await medianOf(rounds, nights.next);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function medianOf(rounds: number, measure: () => Promise<Usage>): Promise<Usage> {
  const measured: Usage[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await measure());
  const of = (name: keyof Usage) => median(measured.map((one) => one[name]));
  return { seconds: of('seconds'), cpuSeconds: of('cpuSeconds'), peakMb: of('peakMb') };
}
