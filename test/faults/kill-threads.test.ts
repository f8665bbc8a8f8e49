/** Several connections with drops at once: the daemon is killed while one of them is carried in another thread. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import { lockDaemon } from '../../src/ledger/daemon-lock.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { startRosterferry } from '../cli/rosterferry.ts';
import { openDice } from '../year/dice.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';

const PRELOAD = new URL('./crash-at.ts', import.meta.url).href;
const CONNECTIONS = ['north', 'south', 'west'];
const OTHERS = CONNECTIONS.slice(1);
/** So many that no run is over before the next one has been taken. */
const STUDENTS = 2500;
const LONGEST_MS = 10_000;
const IS_NIGHT = process.env.NIGHTLY === '1';
const KILLS = Number(process.env.KILLS ?? (IS_NIGHT ? 50 : 0));
const LATEST_KILL_MS = 1500;
const SEED = Number(process.env.KILL_SEED ?? 20_261_123);
const CRASHES = ['after state drafted', 'after publish 1'];
const MORE_CRASHES = [
  'after state released',
  'after stage 1',
  'after state staged',
  'after state delivered',
  'before seal',
  'after seal',
  'after head',
  'after clear 1',
];
const CANARY = /Canary/;

const ids = Array.from({ length: STUDENTS }, (_, at) => at + 1);
const dropOf = (last: string) =>
  `ID,Last,First,DOB,Gender,Status,School,Grade\n${ids.map((id) => `${id},${last},Ann,5/1/2015,F,A,10,5\n`).join('')}`;
const outOf = (last: string) =>
  `student_id,last_name,first_name,birth_date,gender\r\n${ids.map((id) => `${id},${last},Ann,2015-05-01,Female\r\n`).join('')}`;

describe('kill -9 while a run is carried in another thread', () => {
  let project: Project;
  let seen: Seen;
  let openBefore: number;
  let said: string;
  const expected = CONNECTIONS.map((name) => outOf(`Canary${name}`));

  before(function () {
    // On one core everything is carried in the first thread.
    if (availableParallelism() < 2) this.skip();
  });

  beforeEach(async () => {
    said = '';
    project = await makeProject();
    const yaml = join(project.folder, 'rosterferry.yaml');
    const text = readFileSync(yaml, 'utf8');
    const north = text.slice(text.indexOf('  north:'));
    const others = OTHERS.map((name) => {
      for (const end of ['inbound', 'outbound'])
        mkdirSync(join(project.folder, name, end), { recursive: true });
      return north.replace('north:', `${name}:`).replace(/path: (inbound|outbound)/g, `path: ${name}/$1`);
    });
    writeFileSync(yaml, `${text}${others.join('')}`);
    openBefore = openFiles();
    seen = watchFolder(ends('outbound'), (each) => expected.includes(each));
    for (const name of CONNECTIONS)
      writeFileSync(join(endOf(name, 'inbound'), 'students.csv'), dropOf(`Canary${name}`));
  });
  afterEach(async () => {
    seen.end();
    await project.remove();
  });

  const endOf = (name: string, end: string) => join(project.folder, name === 'north' ? '' : name, end);
  const ends = (end: string) => CONNECTIONS.map((name) => endOf(name, end));

  async function startAndCrash(at: string): Promise<void> {
    const env = { CRASH_AT: at, CRASH_IN: 'thread', NODE_OPTIONS: `--import=${PRELOAD}` };
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder, env });
    const timer = setTimeout(() => child.kill('SIGTERM'), LONGEST_MS);
    said += (await ended).stderr;
    clearTimeout(timer);
    expect(child.signalCode, `no other thread came to: ${at}\n${said}`).to.equal('SIGKILL');
  }

  /** At once: nothing is waited for. */
  async function expectFree(): Promise<void> {
    const archive = join(project.folder, 'archive');
    for (const name of CONNECTIONS) lockConnection(archive, name).release();
    (await lockDaemon(archive, process.pid)).release();
  }

  const isAtWork = () =>
    ends('inbound').some((folder) => readdirSync(folder).length > 0) ||
    readdirSync(join(project.folder, 'archive/.open')).length > 0;

  async function untilDone(child: ChildProcess): Promise<void> {
    let heard = '';
    child.stderr?.on('data', (text: string) => {
      heard += text;
    });
    // Before it listens for signals, one ends it as it ends any program.
    const isOver = () => heard.includes('"msg":"started"') && !isAtWork();
    for (let look = 0; look < 400 && !isOver(); look += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
  }

  async function expectFinished(): Promise<void> {
    await expectFree();
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    await untilDone(child);
    const last = await ended;
    said += last.stderr;
    expect(last.exit, said).to.equal(0);
    await expectAllIsWell({
      ...{ project, seen, expected, openBefore, said },
      connections: CONNECTIONS,
      outcomes: ['delivered'],
      folders: [...ends('inbound'), ...ends('outbound')],
      canary: CANARY,
    });
  }

  for (const at of IS_NIGHT ? [...CRASHES, ...MORE_CRASHES] : CRASHES)
    it(`${at}: each drop is published once by the next start, and no lock is left`, async () => {
      await startAndCrash(at);
      await expectFinished();
    });

  const dice = openDice(SEED);
  for (let kill = 1; kill <= KILLS; kill += 1)
    it(`at a random moment, ${kill} (KILL_SEED=${SEED})`, async () => {
      const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
      await new Promise((resolve) => setTimeout(resolve, dice.below(LATEST_KILL_MS)));
      child.kill('SIGKILL');
      said += (await ended).stderr;
      await expectFinished();
    });
});
