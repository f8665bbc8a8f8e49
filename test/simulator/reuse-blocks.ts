/** From this size on the platform hands out memory of its own for each buffer, and collecting it takes longer than a run. */
const LARGE_BYTES = 300_000;
const BLOCK_BYTES = 1 << 21;

export interface Blocks {
  /** Whoever has a block has ended: all may be given out anew. */
  takeBack(): void;
  end(): void;
}

/** Gives out the same large buffers to one process of a story after the other, until it is ended. */
export function reuseBlocks(): Blocks {
  const { allocUnsafe } = Buffer;
  const blocks: Buffer<ArrayBuffer>[] = [];
  let given = 0;
  Buffer.allocUnsafe = (sizeBytes: number): Buffer<ArrayBuffer> => {
    if (sizeBytes < LARGE_BYTES || sizeBytes > BLOCK_BYTES) return allocUnsafe(sizeBytes);
    const block = blocks[given] ?? allocUnsafe(BLOCK_BYTES);
    blocks[given] = block;
    given += 1;
    return block.subarray(0, sizeBytes);
  };
  return {
    takeBack() {
      given = 0;
    },
    end() {
      Buffer.allocUnsafe = allocUnsafe;
    },
  };
}
