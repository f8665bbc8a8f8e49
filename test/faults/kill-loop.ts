/** A daemon that is killed again and again while drops come in and an importer takes what is delivered. */
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { startRosterferry } from '../cli/rosterferry.ts';
import { waitForLine } from '../cli/wait-for-line.ts';
import type { Dice } from '../year/dice.ts';

export interface KillLoop {
  project: Project;
  /** What was dropped, by its tag, with what has to come of it. */
  drops: ReadonlyMap<string, readonly string[]>;
  /** How often each content was seen whole under a final name. */
  seen: ReadonlyMap<string, number>;
  /** Files that were seen in part. */
  partial: readonly string[];
  /** From the start of a process to the moment when all that was interrupted was finished. */
  recoveriesMs: readonly number[];
  /** All that the processes said. */
  said: string;
}

const STUDENTS = 1500;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade';
const LIMITS = ['rejected', 'removed', 'created', 'updated', 'size_change'];
const BOUNDLESS = `{ min_rows: 0, school_gone: off, ${LIMITS.map((limit) => `max_${limit}: 100000`).join(', ')} }`;
const POLL_MS = 2;
const LONGEST_LIFE_MS = 1500;

/** @param kills so many times, each at a moment of its own */
export async function killAgainAndAgain(kills: number, dice: Dice): Promise<KillLoop> {
  const project = await makeProject({
    connection: CONNECTION.replace(/safeguards: .*/, `safeguards: ${BOUNDLESS}`).replace(
      'required: false, ',
      '',
    ),
  });
  const drops = new Map<string, readonly string[]>();
  const watch = watchDestination(project, drops);
  const recoveriesMs: number[] = [];
  let said = '';
  for (let kill = 0; kill < kills; kill += 1) {
    dropNext(project, drops);
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    if (dice.chance(0.3)) recoveriesMs.push(await untilStarted(child));
    await pause(dice.below(LONGEST_LIFE_MS));
    child.kill('SIGKILL');
    said += (await ended).stderr;
  }
  said += await untilAllIsDone(project, recoveriesMs);
  await watch.end();
  return { project, drops, seen: watch.seen, partial: watch.partial, recoveriesMs, said };
}

async function untilStarted(child: ChildProcess): Promise<number> {
  const begunMs = performance.now();
  await waitForLine(child, '"started"');
  return performance.now() - begunMs;
}

/** The last process is left alone, until there is nothing left to do. */
async function untilAllIsDone(project: Project, recoveriesMs: number[]): Promise<string> {
  const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
  recoveriesMs.push(await untilStarted(child));
  const isAtWork = () =>
    readdirSync(project.inbound).length > 0 ||
    readdirSync(join(project.folder, 'archive/.open')).length > 0 ||
    readdirSync(project.outbound).length > 0;
  for (let look = 0; look < 400 && isAtWork(); look += 1) await pause(50);
  child.kill('SIGTERM');
  return (await ended).stderr;
}

/** Whole at once, as a careful sender does; nothing where the last one was not taken yet. */
function dropNext(project: Project, drops: Map<string, readonly string[]>): void {
  if (readdirSync(project.inbound).length > 0) return;
  const tag = `Q${String(drops.size + 1).padStart(4, '0')}`;
  const ids = Array.from({ length: STUDENTS }, (_, at) => at + 1);
  const files = {
    'contacts.csv': `ID,Name\n${ids.map((id) => `${id},Mum${tag}\n`).join('')}`,
    'students.csv': `${HEADER}\n${ids.map((id) => `${id},Lee${tag},Ann,5/1/2015,F,A,10,5\n`).join('')}`,
  };
  drops.set(tag, [
    `student_id,last_name,first_name,birth_date,gender\r\n${ids.map((id) => `${id},Lee${tag},Ann,2015-05-01,Female\r\n`).join('')}`,
    `student_id,name\r\n${ids.map((id) => `${id},Mum${tag}\r\n`).join('')}`,
  ]);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(project.inbound, `${name}.part`), text);
    renameSync(join(project.inbound, `${name}.part`), join(project.inbound, name));
  }
}

/** Sees every file as soon as it has a final name, holds it against what it has to be, and takes it away. */
function watchDestination(project: Project, drops: ReadonlyMap<string, readonly string[]>) {
  const seen = new Map<string, number>();
  const partial: string[] = [];
  const look = () => {
    for (const name of readdirSync(project.outbound)) {
      if (name.startsWith('.')) continue;
      const path = join(project.folder, 'taken');
      renameSync(join(project.outbound, name), path);
      const text = readFileSync(path, 'utf8');
      const isWhole = [...drops.values()].some((outputs) => outputs.includes(text));
      if (isWhole) seen.set(text, (seen.get(text) ?? 0) + 1);
      else partial.push(`${name}: ${text.length} bytes`);
    }
  };
  const timer = setInterval(look, POLL_MS);
  return {
    seen,
    partial,
    async end() {
      await pause(10 * POLL_MS);
      clearInterval(timer);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
