import { readFile, rm, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { errnoOf } from '../files/disk-error.ts';
import { writeWhole } from '../files/write-whole.ts';

/**
 * Whether the pages of a ledger have to be looked at before it is used: unless the file is the very one that this program
 * left, on a machine that has not been started anew since, and was looked at less than a week ago.
 */
export interface PageCheck {
  isDue: boolean;
  /** They were looked at, and are well. */
  passed(): void;
  /** A page was met that is not well: whoever opens the ledger next looks at all of them. */
  doubt(): void;
  /** The ledger is closed: what it looks like now is what the next one compares with. Never throws: it only saves time. */
  left(): Promise<void>;
}

/** The pages of a smaller one are looked at in a few milliseconds. */
const LEAST_BYTES = 32 << 20;
/** Nobody touches a page that has rotted on its disk. */
const MOST_DAYS = 7;
const DAY_MS = 86_400_000;
/** Some systems tell times of files in steps: what is written within the step in which a file was left would not show. */
const STEP_MS = 20;
/** Another one after each start of the machine: what a power cut took from a file need not show in its times. */
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** What was left, and when its pages were looked at. */
interface Left {
  looks: string;
  checkedMs: number;
}

export const ALWAYS_DUE: PageCheck = {
  isDue: true,
  passed: () => undefined,
  doubt: () => undefined,
  left: async () => undefined,
};

/** To be called before the ledger is opened. */
export async function openPageCheck(path: string, leastBytes = LEAST_BYTES): Promise<PageCheck> {
  const before = await readLeft(path);
  const isSame = before !== undefined && (await looksOf(path))?.text === before.looks;
  let checkedMs = isSame && isRecent(before.checkedMs) ? before.checkedMs : undefined;
  let isDoubted = false;
  return {
    isDue: checkedMs === undefined,
    passed() {
      checkedMs = Date.now();
    },
    doubt() {
      isDoubted = true;
    },
    async left() {
      if (isDoubted) return rm(markPath(path), { force: true }).catch(() => undefined);
      const after = await looksOf(path);
      if (!after || after.sizeBytes < leastBytes || checkedMs === undefined) return;
      const left: Left = { looks: after.text, checkedMs };
      if (left.looks === before?.looks && left.checkedMs === before.checkedMs) return;
      await setTimeout(Math.max(0, after.changedMs + STEP_MS - Date.now()));
      await writeWhole(markPath(path), JSON.stringify(left)).catch(() => undefined);
    },
  };
}

function isRecent(checkedMs: number): boolean {
  const age = Date.now() - checkedMs;
  return age >= 0 && age < MOST_DAYS * DAY_MS;
}

export function markPath(path: string): string {
  return `${path}-checked`;
}

async function readLeft(path: string): Promise<Left | undefined> {
  try {
    const left: Partial<Left> = JSON.parse(await readFile(markPath(path), 'utf8'));
    const { looks, checkedMs } = left;
    return looks !== undefined && checkedMs !== undefined ? { looks, checkedMs } : undefined;
  } catch {
    return undefined;
  }
}

interface Looks {
  text: string;
  sizeBytes: number;
  changedMs: number;
}

/** Undefined of a ledger that is not there, is open somewhere, was not closed, or of which that cannot be known. */
async function looksOf(path: string): Promise<Looks | undefined> {
  try {
    const facts = await stat(path, { bigint: true });
    const boot = await readFile(BOOT_ID, 'utf8');
    if ((await sizeOf(`${path}-wal`)) > 0) return undefined;
    const { dev, ino, size, mtimeNs, ctimeNs } = facts;
    const text = [dev, ino, size, mtimeNs, ctimeNs, boot.trim()].join(' ');
    return { text, sizeBytes: Number(size), changedMs: Number(facts.ctimeMs) };
  } catch {
    return undefined;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return 0;
    throw cause;
  }
}
