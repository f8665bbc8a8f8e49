/** Everything outside the corridor in one story: both ends, the clock, the people, and what goes wrong. */
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../src/time/clock.ts';
import type { Project } from '../builders/project.ts';
import type { Dice } from '../year/dice.ts';
import { type Consumer, type OutFolder, openConsumer } from './consumer.ts';
import type { Disk } from './disk.ts';
import type { SimDrop } from './drops.ts';
import { type Host, type Line, type LineFault, openHost } from './remote-host.ts';
import { type DropFolder, openSender, type Sender } from './sender.ts';
import type { Shape } from './shape.ts';

export interface World {
  clock: Clock;
  host: Host;
  line: Line;
  sender: Sender;
  consumer: Consumer;
  drops: SimDrop[];
  /** Nothing goes wrong any more, and nobody interferes. */
  calm(): void;
  jump(ms: number): void;
  /** What should never have happened. */
  wrongs(): string[];
}

const START_MS = Date.UTC(2026, 10, 30, 9, 30);

export interface WorldParts {
  shape: Shape;
  project: Project;
  disk: Disk;
  dice: Dice;
}

export function openWorld({ shape, project, disk, dice }: WorldParts): World {
  const time = { nowMs: START_MS, monotonicMs: 0 };
  let isCalm = false;
  const pass = (ms: number) => {
    time.nowMs += ms;
    time.monotonicMs += ms;
  };
  const host = openHost(shape, () => time.nowMs);
  const drops: SimDrop[] = [];
  const sender = openSender(shape, shape.source === 'local' ? localDrops(project) : remoteDrops(host), dice);
  const out = shape.destination === 'local' ? localOut(project) : remoteOut(host);
  const consumer = openConsumer(shape, out, drops);
  const wrongs: string[] = [];
  const expectSealed = (path: string, text: string) => {
    if (text === '' || !/^(students|contacts).*\.csv$/.test(basename(path))) return;
    if (!isSealed(project, text)) wrongs.push(`${path} was cleared before a run with it was sealed`);
  };
  disk.onRename = (from, to) => {
    if (dirname(to) === project.outbound) consumer.see(basename(to));
    if (dirname(from) === project.inbound) expectSealed(from, readFileSync(to, 'utf8'));
  };
  disk.onRemove = (path) => {
    if (dirname(path) === project.inbound && project.inbound !== path) {
      const names = readdirSync(project.inbound);
      if (names.includes(basename(path))) expectSealed(path, readFileSync(path, 'utf8'));
    }
  };
  disk.onUndone = (_from, to) => {
    if (dirname(to) === project.outbound) consumer.unsee(basename(to));
  };
  host.onChange = (path) => {
    if (dirname(path) === '/out') consumer.see(basename(path));
  };
  host.onRemove = (path, { bytes }) => {
    if (dirname(path) === '/in') expectSealed(path, bytes.toString());
  };
  const isTakenInBetween = shape.publish !== 'in_place' || shape.done !== undefined;
  const line: Line = {
    step: disk.step,
    meanwhile(call) {
      pass(20 + dice.below(200));
      if (isCalm) return;
      // Clearing looks and then removes, and the protocol has no lock: nobody can be kept from writing in between.
      if (!/^(remove|rename|stat|stat folder|mkdir) \/in/.test(call) && dice.chance(0.2)) sender.go();
      if (shape.takes === 'later' && isTakenInBetween && dice.chance(0.05)) consumer.take();
    },
    fault: (call) => (isCalm || !dice.chance(shape.faultRate) ? undefined : rollFault(call, dice)),
  };
  const clock: Clock = {
    now: () => time.nowMs,
    monotonicMs: () => time.monotonicMs,
    async sleep(ms) {
      disk.step('sleep', () => pass(ms + dice.below(50)));
      // Whoever sends does not rest as long as a drop has to.
      sender.go();
    },
  };
  return {
    clock,
    host,
    line,
    sender,
    consumer,
    drops,
    calm() {
      isCalm = true;
      while (sender.isBusy()) sender.go();
    },
    jump(ms) {
      time.nowMs += ms;
    },
    wrongs: () => [...wrongs, ...consumer.wrongs],
  };
}

function rollFault(call: string, dice: Dice): LineFault {
  if (call === 'connect') return 'unreachable';
  const refusable = /^(write|create|rename|list|open)/.test(call);
  return dice.pick([
    'cut before',
    'cut after',
    'cut after',
    refusable ? 'refused' : 'cut before',
    call.startsWith('write') ? 'full' : 'cut before',
  ] as const);
}

/** Whether a sealed run has these very bytes. */
function isSealed(project: Project, text: string): boolean {
  const archive = join(project.folder, 'archive/north');
  for (const path of readdirSync(archive, { recursive: true, encoding: 'utf8' })) {
    if (basename(dirname(path)) !== 'inbound') continue;
    if (readFileSync(join(archive, path), 'utf8') === text) return true;
  }
  return false;
}

function remoteDrops(host: Host): DropFolder {
  return {
    has: (name) => host.files.has(`/in/${name}`),
    put: (name, text) => host.put(`/in/${name}`, Buffer.from(text)),
    remove: (name) => void host.files.delete(`/in/${name}`),
  };
}

function remoteOut(host: Host): OutFolder {
  return {
    names: () =>
      [...host.files.keys()].filter((path) => dirname(path) === '/out').map((path) => basename(path)),
    read: (name) => host.files.get(`/out/${name}`)?.bytes.toString() ?? '',
    remove: (name) => void host.files.delete(`/out/${name}`),
  };
}

/** By the platform itself, as they were before the disk of the simulator took their place: this is somebody else's process. */
const platform = { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync };

/** Files of one second, or of a clock that is the machine's, would make a story another one each time. */
let localMs = START_MS;

function localDrops({ inbound }: Project): DropFolder {
  return {
    has: (name) => platform.readdirSync(inbound).includes(name),
    put(name, text) {
      localMs += 1000;
      platform.writeFileSync(join(inbound, name), text);
      platform.utimesSync(join(inbound, name), localMs / 1000, localMs / 1000);
    },
    remove: (name) => platform.rmSync(join(inbound, name), { force: true }),
  };
}

function localOut({ outbound }: Project): OutFolder {
  return {
    names: () => platform.readdirSync(outbound),
    read: (name) => platform.readFileSync(join(outbound, name), 'utf8'),
    remove: (name) => platform.rmSync(join(outbound, name), { force: true }),
  };
}
