import { FINGERPRINT_LENGTH } from '../bytewise/fingerprint.ts';
import { openKernel } from '../bytewise/open-kernel.ts';
import { type KernelMemory, openRegions } from '../bytewise/regions.ts';
import { LONGEST_RECORD_BYTES } from './csv-options.ts';
import { SCAN_KERNEL } from './scan-kernel.ts';

/** So much of a file may be scanned at once, behind what was held of a record. */
export const PART_BYTES = 1 << 20;
const INPUT_BYTES = LONGEST_RECORD_BYTES + PART_BYTES;
export const NUMBER_BYTES = 4;
export const MOST_RECORDS = 1 << 14;
export const FIELD_ENDS_BYTES = 1 << 22;

/** What the kernel is told, and tells, in 32 bits each: kernel/scan/plan.ts has the same list and says what each means. */
export const NUMBERS = [
  ...(['delimiter', 'quote', 'columns', 'longestRecord', 'at', 'end', 'isEnd', 'values', 'to'] as const),
  ...(['ends', 'fieldEnds', 'lines', 'prints', 'records', 'mostRecords', 'line', 'fields'] as const),
] as const;
export type ScanNumber = (typeof NUMBERS)[number];
const PLACES = Object.fromEntries(NUMBERS.map((name, at) => [name, at])) as Record<ScanNumber, number>;

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
  const scan = take(NUMBERS.length * NUMBER_BYTES);
  const at = {
    input: take(INPUT_BYTES),
    values: take(INPUT_BYTES),
    ends: take(MOST_RECORDS * NUMBER_BYTES),
    lines: take(MOST_RECORDS * NUMBER_BYTES),
    prints: take(MOST_RECORDS * FINGERPRINT_LENGTH),
    // A record may have as many values as it has bytes.
    fieldEnds: take(FIELD_ENDS_BYTES + INPUT_BYTES * NUMBER_BYTES),
  };
  const placeOf = (name: ScanNumber) => scan / NUMBER_BYTES + PLACES[name];
  try {
    const { memory, bytes, numbers } = open();
    const run = openKernel(SCAN_KERNEL, memory);
    return {
      ...{ bytes, numbers, at, run: () => run(scan) },
      tell(all) {
        for (const name of NUMBERS) numbers[placeOf(name)] = all[name];
      },
      get: (name) => numbers[placeOf(name)] ?? 0,
      set(name, value) {
        numbers[placeOf(name)] = value;
      },
    };
  } catch {
    return undefined;
  }
}
