import type fs from 'node:fs';
import { dirname } from 'node:path';
import type { Dice } from '../year/dice.ts';

/** What the system was told and nobody asked it to keep: a power cut may take any of it. */
export interface Unsynced {
  /**
   * The name of a file that was not there before is lost as well, until its folder is synced: that the file is does not help.
   * @param keptBytes what of the file is safe: nothing of a new one; undefined where that stays as it was
   */
  written<Answer>(path: string, keptBytes: number | undefined, work: () => Answer): Answer;
  /** A file is safe with all that was written; a folder is safe with all its names. */
  synced(path: string): void;
  rename(from: string, to: string): void;
  remove(path: string, options?: fs.RmOptions): void;
  lose(dice: Dice): void;
  forget(): void;
}

interface NameChange {
  folder: string;
  undo(): void;
}

/** @param onUndone told of each file that has its old name again */
export function openUnsynced(real: typeof fs, onUndone: (from: string, to: string) => void): Unsynced {
  /** How much of each file is safe. */
  let kept = new Map<string, number>();
  let names: NameChange[] = [];

  function moved(from: string, to: string): void {
    for (const [path, bytes] of [...kept]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      kept.delete(path);
      kept.set(to + path.slice(from.length), bytes);
    }
  }

  return {
    written(path, keptBytes, work) {
      const before = real.statSync(path, { throwIfNoEntry: false });
      const answer = work();
      if (!kept.has(path) || keptBytes !== undefined) kept.set(path, keptBytes ?? before?.size ?? 0);
      if (!before) names.push({ folder: dirname(path), undo: () => real.rmSync(path, { force: true }) });
      return answer;
    },
    synced(path) {
      kept.delete(path);
      names = names.filter(({ folder }) => folder !== path);
    },
    rename(from, to) {
      const old = contentOf(real, to);
      real.renameSync(from, to);
      if (!real.statSync(to).isDirectory()) kept.delete(to);
      moved(from, to);
      const undo = () => {
        if (!real.existsSync(to) || !real.existsSync(dirname(from)) || real.existsSync(from)) return;
        onUndone(from, to);
        real.renameSync(to, from);
        moved(to, from);
        if (old) real.writeFileSync(to, old);
      };
      names.push({ folder: dirname(to), undo });
    },
    remove(path, options) {
      const facts = real.statSync(path, { throwIfNoEntry: false });
      const old = contentOf(real, path);
      real.rmSync(path, options);
      for (const one of [...kept.keys()]) if (one === path || one.startsWith(`${path}/`)) kept.delete(one);
      if (!facts || !old) return;
      const undo = () => {
        if (real.existsSync(path) || !real.existsSync(dirname(path))) return;
        real.writeFileSync(path, old, { mode: facts.mode });
        real.utimesSync(path, facts.atimeMs / 1000, facts.mtimeMs / 1000);
      };
      names.push({ folder: dirname(path), undo });
    },
    lose(dice) {
      // Names are kept in the order in which they changed; the ends of files in none.
      const lost = dice.below(names.length + 1);
      for (const { undo } of names.toReversed().slice(0, lost)) undo();
      for (const [path, safeBytes] of kept) {
        const facts = real.statSync(path, { throwIfNoEntry: false });
        if (!facts?.isFile() || facts.size <= safeBytes || dice.chance(0.3)) continue;
        real.truncateSync(path, safeBytes + dice.below(facts.size - safeBytes));
      }
    },
    forget() {
      kept = new Map();
      names = [];
    },
  };
}

function contentOf(real: typeof fs, path: string): Buffer | undefined {
  const facts = real.lstatSync(path, { throwIfNoEntry: false });
  return facts?.isFile() ? real.readFileSync(path) : undefined;
}
