import { FINGERPRINT_LENGTH } from '../bytewise/fingerprint.ts';
import { openKernel } from '../bytewise/open-kernel.ts';
import { type KernelMemory, NUMBER_BYTES, openRegions } from '../bytewise/regions.ts';
import { structureOf } from '../bytewise/structure-of.ts';
import { LONGEST_RECORD_BYTES } from './csv-options.ts';
import { SCAN_KERNEL } from './scan-kernel.ts';

/** So much of a file may be scanned at once, behind what was held of a record. */
export const PART_BYTES = 1 << 20;
const INPUT_BYTES = LONGEST_RECORD_BYTES + PART_BYTES;
export const MOST_RECORDS = 1 << 14;
export const FIELD_ENDS_BYTES = 1 << 22;

/** What the kernel is told, and tells: kernel/scan/plan.ts says what each number means. */
export const SCAN = structureOf(
  ...(['delimiter', 'quote', 'columns', 'longestRecord', 'at', 'end', 'isEnd', 'values', 'to'] as const),
  ...(['ends', 'fieldEnds', 'lines', 'prints', 'records', 'mostRecords', 'line', 'fields'] as const),
);
export type ScanNumber = (typeof SCAN.names)[number];

export interface ScanMemory extends Pick<KernelMemory, 'bytes' | 'numbers'> {
  at: Readonly<Record<'input' | 'values' | 'ends' | 'lines' | 'prints' | 'fieldEnds', number>>;
  tell(all: Readonly<Record<ScanNumber, number>>): void;
  get(name: ScanNumber): number;
  set(name: ScanNumber, value: number): void;
  run(): number;
}

let opened: ScanMemory | false | undefined;

/**
 * One a thread, which all files take turns in: none leaves anything in it while another has its turn. As large as it may ever need
 * to be, of which the system gives what is used.
 * @returns undefined where the machine does not give so much
 */
export function scanMemory(): ScanMemory | undefined {
  opened ??= openMemory() ?? false;
  return opened || undefined;
}

function openMemory(): ScanMemory | undefined {
  const { take, open } = openRegions();
  const scan = take(SCAN.sizeBytes);
  const at = {
    input: take(INPUT_BYTES),
    values: take(INPUT_BYTES),
    ends: take(MOST_RECORDS * NUMBER_BYTES),
    lines: take(MOST_RECORDS * NUMBER_BYTES),
    prints: take(MOST_RECORDS * FINGERPRINT_LENGTH),
    // A record may have as many values as it has bytes.
    fieldEnds: take(FIELD_ENDS_BYTES + INPUT_BYTES * NUMBER_BYTES),
  };
  try {
    const kernel = open();
    const { memory, bytes, numbers } = kernel;
    const run = openKernel(SCAN_KERNEL, memory);
    return {
      ...{ bytes, numbers, at, run: () => run(scan) },
      tell: (all) => SCAN.put(kernel, scan, all),
      get: (name) => numbers[SCAN.wordOf(name, scan)] ?? 0,
      set(name, value) {
        numbers[SCAN.wordOf(name, scan)] = value;
      },
    };
  } catch {
    return undefined;
  }
}
