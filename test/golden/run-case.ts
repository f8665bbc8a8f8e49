import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/report/schema.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { NOW_MS, type Project, projectIn } from '../builders/project.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What one night of a case left behind. */
export interface Night {
  report: Report;
  /** The run's folder: sealed, or open where it is held. */
  folder: string;
  /** What a night is compared by: path below `expected` to bytes. */
  files: ReadonlyMap<string, Buffer>;
}

/**
 * Carries the nights of a case in a copy of its folder: `inbound` is dropped and run on 2026-11-22, `inbound-2` where there is
 * one (else nothing new) on the day after, and so on, one night for each folder `expected`, `expected-2` ...
 */
export async function runCase(
  caseFolder: string,
  work: (night: Night, expected: string, project: Project) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-golden-'));
  try {
    await cp(caseFolder, folder, {
      recursive: true,
      filter: (path) => !/\/(expected|inbound)(-\d)?$/.test(path),
    });
    const project = projectIn(folder);
    for (const made of [project.inbound, project.outbound]) await mkdir(made);
    for (let night = 1; night === 1 || (await isThere(join(caseFolder, expectedOf(night)))); night++) {
      await rm(project.outbound, { recursive: true });
      await mkdir(project.outbound);
      await drop(join(caseFolder, night === 1 ? 'inbound' : `inbound-${night}`), project);
      const { report, folder: run } = await project.carry({}, standingStill(night));
      const files = await filesOf(project, run);
      await work({ report, folder: run, files }, join(caseFolder, expectedOf(night)), project);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function expectedOf(night: number): string {
  return night === 1 ? 'expected' : `expected-${night}`;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function drop(from: string, project: Project): Promise<void> {
  if (await isThere(from)) await cp(from, project.inbound, { recursive: true });
}

/** The same second all night, and a name of the run that follows from the night. */
function standingStill(night: number): Partial<RunTools> {
  return {
    clock: {
      now: () => NOW_MS + (night - 1) * DAY_MS,
      monotonicMs: () => performance.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))),
    },
    newSuffix: () => String(night).padStart(6, '0'),
  };
}

async function filesOf(project: Project, run: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of await project.names(project.outbound))
    files.set(`outbound/${name}`, await readFile(join(project.outbound, name)));
  const kept = await readdir(run);
  for (const name of ['exceptions.csv', 'changes.csv', 'report.json'])
    if (kept.includes(name)) files.set(name, await readFile(join(run, name)));
  return files;
}

/** What a case expects: path below its folder to bytes. */
export async function readExpected(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const read = paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const);
  return new Map((await Promise.all(read)).toSorted(([a], [b]) => a.localeCompare(b)));
}

export async function writeExpected(folder: string, files: Night['files']): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'outbound'), { recursive: true });
  for (const [path, bytes] of files) await writeFile(join(folder, path), bytes);
}
