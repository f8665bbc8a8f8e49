/**
 * What has to be true after any fault, once it is mended and there is nothing left to do. In this order: each content arrived once;
 * no part of a file was seen under a final name; each drop has its run; the archive verifies; nothing temporary is left; nothing is
 * left open; no value of a student is in what was said; the books balance and the ledger is what the archive tells.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { rebuildLedger } from '../../src/ledger/rebuild-ledger.ts';
import type { Report } from '../../src/report/schema.ts';
import { listReports } from '../../src/run/list-reports.ts';
import { listSealedMemory } from '../../src/run/list-sealed-memory.ts';
import type { Project } from '../builders/project.ts';

export interface Seen {
  /** How often each text became whole under a final name. */
  whole: Map<string, number>;
  partial: string[];
  /** May be called twice. */
  end(): void;
}

const POLL_MS = 2;

/** Looks at folders all the time: what has a final name there has to be one of the expected texts, each time it is another one. */
export function watchFolder(folder: string | readonly string[], isExpected: (text: string) => boolean): Seen {
  const folders = [folder].flat();
  const whole = new Map<string, number>();
  const partial: string[] = [];
  let last = new Map<string, string>();
  const look = () => {
    const paths = folders.flatMap((each) =>
      readdirSync(each)
        .filter((name) => !name.startsWith('.'))
        .map((name) => join(each, name)),
    );
    const now = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
    for (const [name, text] of now) {
      if (last.get(name) === text) continue;
      if (isExpected(text)) whole.set(text, (whole.get(text) ?? 0) + 1);
      else partial.push(`${name}: ${text.length} bytes`);
    }
    last = now;
  };
  const timer = setInterval(look, POLL_MS);
  let isEnded = false;
  return {
    whole,
    partial,
    end() {
      if (isEnded) return;
      isEnded = true;
      clearInterval(timer);
      look();
    },
  };
}

export interface Faulted {
  project: Project;
  seen: Seen;
  /** What has to arrive, each once. */
  expected: readonly string[];
  /** The outcome of each drop of a connection, the last one first. */
  outcomes: readonly string[];
  /** `north`, where it is left out. */
  connections?: readonly string[];
  /** Where temporary names may lie. */
  folders: readonly string[];
  /** Open files of this process before the fault. */
  openBefore: number;
  /** Log lines and messages, and what of a student must not be in them. */
  said: string;
  canary: RegExp;
}

export async function expectAllIsWell(faulted: Faulted): Promise<void> {
  const { project, seen, expected, outcomes, folders, openBefore, said, canary } = faulted;
  const archive = join(project.folder, 'archive');
  seen.end();
  expect([...seen.whole.values()], 'each content once').to.deep.equal(expected.map(() => 1));
  expect([...seen.whole.keys()]).to.have.members([...expected]);
  expect(seen.partial, 'seen in part').to.deep.equal([]);
  const reports: Report[] = [];
  for (const connection of faulted.connections ?? ['north']) {
    const own = (await Array.fromAsync(listReports(archive, connection))).map(({ report }) => report);
    expect(
      own.map(({ run }) => run.outcome),
      connection,
    ).to.deep.equal(outcomes);
    reports.push(...own);
  }
  expect((await verifyPath(archive)).problems).to.deep.equal([]);
  for (const folder of [...folders, project.folder])
    expect(
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.(part|tmp)$|\.open\/./.test(name),
      ),
    ).to.deep.equal([]);
  expect(await fewestOpen(openBefore), 'open files').to.be.at.most(openBefore);
  expect(said).not.to.match(canary);
  expect(reports.every(({ balanced }) => balanced)).to.equal(true);
  await expectRebuilt(project);
}

/** What the ledger knows, a new one learns from the archive. */
export async function expectRebuilt(project: Project): Promise<void> {
  await project.withTools(async (_connection, tools) => {
    const path = join(project.folder, 'rebuilt.sqlite');
    await rebuildLedger({ type: 'sqlite', path }, listSealedMemory(tools.archivePath));
    await using rebuilt = await openLedger({ type: 'sqlite', path });
    const known = await Array.fromAsync((await tools.ledger()).dump());
    expect(await Array.fromAsync(rebuilt.dump())).to.deep.equal(known);
  });
}

/** Sockets of a line that was cut are closed soon, and not at once. */
async function fewestOpen(enough: number): Promise<number> {
  for (let look = 0; look < 100 && openFiles() > enough; look += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return openFiles();
}

/**
 * Of this process; the same number everywhere where the system does not tell. Node opens one that leads nowhere when it first has a pipe,
 * and keeps it.
 */
export function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').filter((file) => targetOf(file) !== '/dev/null').length;
  } catch {
    return 0;
  }
}

/** Blank where it is closed by now, as is the one by which the folder itself was read. */
function targetOf(file: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${file}`);
  } catch {
    return '';
  }
}
