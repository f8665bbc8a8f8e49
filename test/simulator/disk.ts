/**
 * The disk of the simulator: the real one, answered at once and in order, on which the power goes at a counted step.
 * What was not synced by then may be lost: the ends of files, and the last changes of names.
 */
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Dice } from '../year/dice.ts';
import { openFilesOf } from './disk-handles.ts';
import { promisesOf } from './disk-promises.ts';
import { reuseBlocks } from './reuse-blocks.ts';
import { openUnsynced, type Unsynced } from './unsynced.ts';

/** Where a process ends. Everything that it still tries afterwards fails as well, and changes nothing. */
export interface CrashPlan {
  /** Counted from 1: changes on the disk, at either end and in the ledger. */
  step: number;
  /** Counts only what changes names, or anything that is not on the disk: there is less of it, and more depends on it. */
  amongFew?: boolean;
  when: 'before' | 'after';
  /** kill: what the system was told stays. power: what was not synced may be lost. */
  how: 'kill' | 'power';
}

export class ProcessEnded extends Error {
  override name = 'ProcessEnded';
}

export interface Disk {
  /** From now on steps are counted, and the plan is carried out. */
  start(plan: CrashPlan | undefined, dice: Dice): void;
  /**
   * The process has ended, by the plan or by itself; answers whether it was by the plan, and how many steps it made.
   * @param losesPower the power goes now, whatever was planned
   */
  stop(losesPower?: boolean): { crashed: boolean; steps: number };
  /** One change anywhere else, which the plan may end before or after. */
  step<Answer>(name: string, work: () => Answer): Answer;
  /** Names of the last steps, for whoever has to understand a seed. */
  trace(): readonly string[];
  /** Told of each file that got another name. */
  onRename: (from: string, to: string) => void;
  onRemove: (path: string) => void;
  /** Told before a power cut gives a file back the name that it had. */
  onUndone: (from: string, to: string) => void;
  uninstall(): void;
}

/** Steps of which a run has many. */
const MANY = /^(open|write|sync|mkdir) /;

/** Replaces the functions of the platform for this thread, until it is uninstalled. */
export function installDisk(): Disk {
  const real = { ...fs };
  const realPromises = { ...fsp };
  const unsynced = openUnsynced(real, (from, to) => disk.onUndone(from, to));
  const blocks = reuseBlocks();
  const state = { isAtWork: false, isDead: false, isWithin: false, steps: 0, fewSteps: 0 };
  let plan: CrashPlan | undefined;
  let chance: Dice | undefined;
  let trace: string[] = [];

  /** The platform calls itself by the names that are replaced: what it does within a step is no step. */
  function within<Answer>(work: () => Answer): Answer {
    const { isWithin } = state;
    state.isWithin = true;
    try {
      return work();
    } finally {
      state.isWithin = isWithin;
    }
  }

  function step<Answer>(name: string, work: () => Answer): Answer {
    if (!state.isAtWork || state.isWithin) return within(work);
    if (state.isDead) throw new ProcessEnded(name);
    state.steps += 1;
    if (!MANY.test(name)) state.fewSteps += 1;
    trace.push(`${state.steps} ${name}`);
    const isPlanned = plan?.amongFew
      ? !MANY.test(name) && plan.step === state.fewSteps
      : plan?.step === state.steps;
    if (!plan || !isPlanned) return within(work);
    state.isDead = true;
    if (plan.when === 'after') within(work);
    throw new ProcessEnded(`${plan.when} ${name}`);
  }

  const disk: Disk = {
    step,
    onRename: () => undefined,
    onRemove: () => undefined,
    onUndone: () => undefined,
    trace: () => trace,
    start(next, dice) {
      Object.assign(state, { isAtWork: true, isDead: false, steps: 0, fewSteps: 0 });
      plan = next;
      chance = dice;
      trace = [];
      blocks.takeBack();
      unsynced.forget();
    },
    stop(losesPower = false) {
      const { isDead, steps } = state;
      Object.assign(state, { isAtWork: false, isDead: false });
      const dice = chance;
      if ((losesPower || (isDead && plan?.how === 'power')) && dice) within(() => unsynced.lose(dice));
      unsynced.forget();
      return { crashed: isDead, steps };
    },
    uninstall() {
      blocks.end();
      for (const name of Object.keys(changes)) Reflect.set(fs, name, Reflect.get(real, name));
      for (const name of Object.keys(promises)) Reflect.set(fsp, name, Reflect.get(realPromises, name));
      syncBuiltinESMExports();
    },
  };
  const replaced = Object.entries(changesOf(disk, real, unsynced)).map(([name, change]) => [
    name,
    (...args: unknown[]): unknown =>
      Reflect.apply(state.isWithin ? Reflect.get(real, name) : change, fs, args),
  ]);
  const changes = { ...Object.fromEntries(replaced), ...laterCalls(real) };
  const promises = promisesOf();
  Object.assign(fs, changes);
  Object.assign(fsp, promises);
  syncBuiltinESMExports();
  return disk;
}

/** The changes that the corridor makes by calls that answer at once. */
function changesOf(disk: Disk, real: typeof fs, unsynced: Unsynced) {
  const { step } = disk;
  const files = openFilesOf(real, unsynced);
  return {
    openSync: (path: string, flags: string | number, mode?: number) =>
      flags === 'r' || typeof flags === 'number'
        ? files.open(path, flags, mode)
        : step(`open ${path}`, () => files.open(path, flags, mode)),
    closeSync: files.close,
    writeSync: (file: number, bytes: Buffer, at: number, length: number, position: number | null) =>
      step(`write ${files.pathOf(file)}`, () => files.write(file, bytes.subarray(at, at + length), position)),
    fsyncSync: (file: number) => step(`sync ${files.pathOf(file)}`, () => files.sync(file)),
    renameSync: (from: string, to: string) =>
      step(`rename ${from} ${to}`, () => {
        unsynced.rename(from, to);
        if (real.statSync(to).isFile()) disk.onRename(from, to);
      }),
    rmSync: (path: string, options?: fs.RmOptions) =>
      step(`rm ${path}`, () => {
        disk.onRemove(path);
        unsynced.remove(path, options);
      }),
    unlinkSync: (path: string) =>
      step(`unlink ${path}`, () => {
        disk.onRemove(path);
        unsynced.remove(path);
      }),
    mkdirSync: (path: string, options?: fs.MakeDirectoryOptions) =>
      step(`mkdir ${path}`, () => real.mkdirSync(path, options)),
    truncateSync: (path: string, length?: number) =>
      step(`truncate ${path}`, () => real.truncateSync(path, length)),
    ftruncateSync: (file: number, length?: number) =>
      step(`truncate ${files.pathOf(file)}`, () => real.ftruncateSync(file, length)),
    copyFileSync: (from: string, to: string, mode?: number) =>
      step(`copy ${to}`, () => unsynced.written(to, 0, () => real.copyFileSync(from, to, mode))),
    writeFileSync: (path: string, data: string | Buffer, options?: fs.WriteFileOptions) =>
      step(`write ${path}`, () => unsynced.written(path, 0, () => real.writeFileSync(path, data, options))),
    appendFileSync: (path: string, data: string | Buffer, options?: fs.WriteFileOptions) =>
      step(`append ${path}`, () => {
        unsynced.written(path, undefined, () => real.appendFileSync(path, data, options));
        if (typeof options === 'object' && options?.flush) unsynced.synced(path);
      }),
  };
}

/** Streams are read, and files that grow are synced, by calls that answer later: at the next turn, so that all stays in order. */
function laterCalls(real: typeof fs) {
  const later =
    (work: (...args: never[]) => unknown) =>
    (...args: unknown[]) => {
      const done = args.pop();
      if (typeof done !== 'function') throw new TypeError('no callback');
      try {
        const answer = Reflect.apply(work, undefined, args);
        process.nextTick(done, null, answer, args[1]);
      } catch (fault) {
        process.nextTick(done, fault);
      }
    };
  return {
    ...{ open: later(real.openSync), read: later(real.readSync), close: later(real.closeSync) },
    // A step like any other one.
    fsync: later((file: number) => fs.fsyncSync(file)),
  };
}
