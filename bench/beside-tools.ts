/**
 * A second night by Rosterferry, the whole of it, beside the bare job by the tools that people would pick instead.
 * npm run bench -- --rivals [--rows 1000000] [--rounds 3] [--only polars,duckdb]
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUSINESS_DATE, openExtract } from './extract.ts';
import { type Ended, measureCommand, median, type Usage } from './measure-command.ts';
import { type Nights, openNights } from './nights.ts';
import { codesOf, RIVALS, type Rival, whyLacking } from './rivals.ts';

export interface BesideOptions {
  rows: readonly number[];
  rounds: number;
  /** Names of rivals. */
  only: readonly string[];
}

interface Contestant {
  name: string;
  rounds: number;
  measured: Usage[];
  /** Whether it wrote what Rosterferry delivers, and the same changes. */
  isSame: boolean;
}

const OURS = 'rosterferry, whole run';

/** All once, then all once more: whatever else the machine does meets each of them alike. */
export async function compareBesideTools({ rows, rounds, only }: BesideOptions): Promise<void> {
  for (const size of rows) {
    const extract = await openExtract(size);
    await using nights = await openNights(extract.path, extract.changed.path);
    console.log(
      `\n${extract.rows} rows, ${(extract.bytes / 1e6).toFixed(0)} MB, ${rounds} rounds, ${BUSINESS_DATE}`,
    );
    const chosen = RIVALS.filter(({ name }) => only.includes(name));
    printTable(await compare(nights, { rounds, rivals: present(chosen, extract.rows) }), extract.rows);
  }
}

function present(rivals: readonly Rival[], rows: number): Rival[] {
  const found: Rival[] = [];
  for (const rival of rivals) {
    const lacking = whyLacking(rival, rows);
    if (lacking === undefined) found.push(rival);
    else console.log(`left out: ${rival.name}, ${lacking}`);
  }
  return found;
}

async function compare(
  nights: Nights,
  { rounds, rivals }: { rounds: number; rivals: readonly Rival[] },
): Promise<Contestant[]> {
  const ours: Contestant = { name: OURS, rounds, measured: [], isSame: true };
  const others = rivals.map(
    (rival): Contestant => ({
      name: rival.name,
      rounds: rival.isSlow ? 1 : rounds,
      measured: [],
      isSame: true,
    }),
  );
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-rivals-'));
  try {
    const codes = join(folder, 'codes.csv');
    await writeFile(codes, codesOf(nights.mapping));
    for (let round = 1; round <= rounds; round++) {
      const night = await nights.next();
      note(ours, night, round);
      const expected = {
        output: await digestOf(night.output),
        changes: await digestOfChanges(night.changes),
      };
      for (const [at, rival] of rivals.entries()) {
        const contestant = others[at];
        if (!contestant || round > contestant.rounds) continue;
        const files = { OUTPUT: join(folder, 'output.csv'), CHANGES: join(folder, 'changes.csv') };
        const env = { EXTRACT: night.extract, LAST: night.last, CODES: codes, ...files };
        const ended = await measureCommand(rival.command, env);
        if (ended.exitCode !== 0) {
          console.log(`${rival.name} ended with ${ended.exitCode}\n${ended.stderr}`);
          contestant.isSame = false;
          continue;
        }
        note(contestant, ended, round);
        contestant.isSame &&=
          (await digestOf(files.OUTPUT)) === expected.output &&
          (await digestOf(files.CHANGES)) === expected.changes;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return [ours, ...others];
}

function note(contestant: Contestant, { seconds, cpuSeconds, peakMb }: Ended, round: number): void {
  contestant.measured.push({ seconds, cpuSeconds, peakMb });
  console.log(`round ${round}  ${contestant.name.padEnd(24)} ${seconds.toFixed(2)} s`);
}

/** The lines in any order, whatever ends them. */
async function digestOf(path: string): Promise<string> {
  const lines = (await readFile(path, 'latin1')).replaceAll('\r', '').trimEnd().split('\n').slice(1);
  return digestOfLines(lines);
}

/** Of changes.csv the values that differ, without the words that only Rosterferry has for them. */
async function digestOfChanges(path: string): Promise<string> {
  const lines = (await readFile(path, 'latin1')).replaceAll('\r', '').trimEnd().split('\n');
  const updates = lines.flatMap((line) => /^([^,]*),updated,(.*)$/.exec(line)?.slice(1).join(',') ?? []);
  return digestOfLines(updates);
}

function digestOfLines(lines: string[]): string {
  const hash = createHash('sha256');
  for (const line of lines.sort()) hash.update(line, 'latin1').update('\n');
  return `${lines.length} ${hash.digest('hex')}`;
}

function printTable(contestants: readonly Contestant[], rows: number): void {
  const of = ({ measured }: Contestant, name: keyof Usage) => median(measured.map((one) => one[name]));
  const [ours] = contestants;
  const base = ours ? of(ours, 'seconds') : Number.NaN;
  console.log(`\n| ${rows} rows | seconds | ratio | CPU s | peak MB | rounds | same outputs |`);
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const one of contestants.toSorted((a, b) => of(a, 'seconds') - of(b, 'seconds'))) {
    const [seconds, cpu, peak] = [of(one, 'seconds'), of(one, 'cpuSeconds'), of(one, 'peakMb')];
    const cells = [
      seconds.toFixed(2),
      (seconds / base).toFixed(2),
      cpu.toFixed(1),
      peak.toFixed(0),
      one.measured.length,
    ];
    console.log(`| ${[one.name, ...cells, one.isSame ? 'yes' : 'NO'].join(' | ')} |`);
  }
}
