/** Where things lie in the memory of a kernel: first all of it is told, then it is had, and never grows. */
export interface Regions {
  /** A region of so many bytes; answers where it begins. */
  take(bytes: number): number;
  /** All of them. Throws a RangeError where the machine does not give so much. */
  open(): KernelMemory;
}

export interface KernelMemory {
  memory: WebAssembly.Memory;
  bytes: Buffer;
  /** The same as numbers: the one at an offset is at a quarter of it here. */
  numbers: Int32Array;
}

/** Of a number in the memory. */
export const NUMBER_BYTES = 4;
const PAGE_BYTES = 1 << 16;
/** The kernel reads and writes in steps of 16 bytes, and so a little beyond what it is about. */
const SPARE_BYTES = 32;
const ALIGNMENT = 16;
/** No region begins at 0, which stands for nothing. */
const FIRST = 64;

export function openRegions(): Regions {
  let end = FIRST;
  return {
    take(bytes) {
      const start = end;
      end = Math.ceil((start + bytes + SPARE_BYTES) / ALIGNMENT) * ALIGNMENT;
      return start;
    },
    open() {
      const pages = Math.ceil(end / PAGE_BYTES);
      const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
      return { memory, bytes: Buffer.from(memory.buffer), numbers: new Int32Array(memory.buffer) };
    },
  };
}

/** Writes numbers one behind the other. */
export function putNumbers({ numbers }: KernelMemory, at: number, values: readonly number[]): void {
  numbers.set(values, at / NUMBER_BYTES);
}
