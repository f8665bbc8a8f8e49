/**
 * What people feel beside a night of a million rows: answers of the command line, the start of a service of a thousand
 * connections, a night of one district, and many districts at once on one core and on two.
 * node bench/service.ts [--only answers,start,night,fleet] [--rounds 5]
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { builtProgram } from './built-program.ts';
import { openExtract } from './extract.ts';
import { dropStudents, writeFleet } from './fleet.ts';
import { measureCommand, median } from './measure-command.ts';
import { readOnly, readRounds } from './read-words.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});
const rounds = readRounds(values.rounds);
const PARTS = new Map([
  ['answers', answers],
  ['start', start],
  ['night', night],
  ['fleet', fleet],
]);
const chosen = readOnly(values.only, [...PARTS.keys()]);
const folder = await mkdtemp(join(tmpdir(), 'rosterferry-service-'));
try {
  for (const name of chosen) await PARTS.get(name)?.();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** From the start of the process to its end. */
async function answers(): Promise<void> {
  const project = join(folder, 'answers');
  const at = ['--config', join(project, 'rosterferry.yaml')];
  const run = (...args: string[]) => measureCommand([process.execPath, builtProgram(), ...args]);
  await run('init', project);
  await run(...at, 'run', 'demo');
  const { runs }: { runs: { id: string }[] } = JSON.parse((await run(...at, '--json', 'runs')).stdout);
  const asked = [['--version'], ['--help'], ['check'], ['status'], ['runs'], ['show', runs[0]?.id ?? '']];
  for (const words of asked) {
    const seconds: number[] = [];
    for (let round = 0; round < rounds * 3; round++) seconds.push((await run(...at, ...words)).seconds);
    console.log(`${words[0]?.padEnd(10)} ${Math.round(median(seconds) * 1000)} ms`);
  }
}

async function start(): Promise<void> {
  const project = join(folder, 'start');
  const { config } = await writeFleet(project, 1000);
  for (const title of ['mappings that are alike', 'mappings that all differ']) {
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await using service = await openService(config);
      seconds.push(service.startedAfter);
    }
    console.log(`start, 1,000 connections, ${title}: ${median(seconds).toFixed(2)} s`);
    await tellApart(project, 1000);
  }
}

/** Files of which no two are the same, as if each district had its own. */
async function tellApart(project: string, count: number): Promise<void> {
  for (let at = 1; at <= count; at++)
    for (const file of ['students', 'contacts']) {
      const path = join(project, `mappings/district-${String(at).padStart(4, '0')}/${file}.yaml`);
      await writeFile(path, `${await readFile(path, 'utf8')}# ${at}\n`);
    }
}

/** From the moment at which the drop is there to the line that says it is delivered: noticing, the run, the seal. */
async function night(): Promise<void> {
  const project = join(folder, 'night');
  const fleet = await writeFleet(project, 1);
  const extract = await openExtract(5000);
  const inbound = join(project, 'inbound/district-0001');
  await using service = await openService(fleet.config);
  const seconds: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    await cp(round % 2 === 0 ? extract.path : extract.changed.path, join(project, 'coming.csv'));
    const begun = performance.now();
    await rename(join(project, 'coming.csv'), join(inbound, 'students.csv'));
    await service.delivered(1);
    if (round > 0) seconds.push((performance.now() - begun) / 1000);
  }
  console.log(`a night of 5,000 students: ${median(seconds).toFixed(2)} s`);
}

async function fleet(): Promise<void> {
  const extract = await openExtract(20_000);
  const took: Record<'0' | '0,1', number[]> = { '0': [], '0,1': [] };
  for (let round = 0; round < rounds; round++)
    for (const cores of ['0', '0,1'] as const) {
      const project = join(folder, `fleet-${round}-${cores}`);
      const made = await writeFleet(project, 50);
      await dropStudents(project, made, extract.path);
      took[cores].push(await carryFleet(made.config, cores));
      await rm(project, { recursive: true });
    }
  const [one, two] = [median(took['0']), median(took['0,1'])];
  console.log(
    `two cores are ${(one / two).toFixed(2)} times as fast as one (${one.toFixed(2)} s, ${two.toFixed(2)} s)`,
  );
}

/** Seconds from the start of the process until all fifty are delivered. */
async function carryFleet(config: string, cores: string): Promise<number> {
  const begun = performance.now();
  const sinceBegun = () => (performance.now() - begun) / 1000;
  await using service = await openService(config, cores);
  await service.delivered(1);
  const first = sinceBegun().toFixed(2);
  await service.delivered(49);
  const seconds = sinceBegun();
  const facts = `${seconds.toFixed(2)} s, the first after ${first} s, peak ${await service.peakMb()} MB`;
  console.log(`50 districts of 20,000 students, cores ${cores}: ${facts}`);
  return seconds;
}

interface Service extends AsyncDisposable {
  /** Seconds from the start of the process. */
  startedAfter: number;
  /** When so many runs more were delivered. */
  delivered(runs: number): Promise<void>;
  peakMb(): Promise<number>;
}

/** @param cores by number, where the machine can keep a process to some; all of them otherwise */
async function openService(config: string, cores?: string): Promise<Service> {
  const canPin = cores !== undefined && spawnSync('taskset', ['--version']).status === 0;
  const words = [
    ...(canPin ? ['taskset', '-c', cores] : []),
    process.execPath,
    builtProgram(),
    '--config',
    config,
    'start',
  ];
  const begun = performance.now();
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  async function until(event: string): Promise<void> {
    for (let line = await lines.next(); !line.done; line = await lines.next())
      if (line.value.includes(`"msg":"${event}"`)) return;
    throw new Error(`The service ended before it said ${event}`);
  }
  await until('started');
  return {
    startedAfter: (performance.now() - begun) / 1000,
    async delivered(runs) {
      for (let at = 0; at < runs; at++) await until('run delivered');
    },
    async peakMb() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    [Symbol.asyncDispose]: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve()).kill('SIGTERM');
  child.stderr?.resume();
  await promise;
}
