import { AppError } from '../errors/app-error.ts';
import { readBlocks } from '../files/read-blocks.ts';
import type { MemoryEntry } from '../vocabulary/memory.ts';
import { asMemoryEntry } from './memory-entry.ts';
import { openWrittenReader, type ToldEntries, type ToldEntry } from './written-record.ts';

/** The name under which a run writes down what it taught. */
export const MEMORY_FILE = 'memory.ndjson';

/** No record is near as long; a line without an end must not fill the memory. */
const LONGEST_LINE = 16 << 20;

/** One line of memory.ndjson, with its end. */
export function memoryLine(entry: MemoryEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * The entries of a memory.ndjson, read when they are asked for, line by line. May be walked again.
 * Throws memory_unreadable with the number of the line, and never with what stands in it; local_io where the file
 * cannot be read, also because it is not there.
 */
export function readMemory(path: string): AsyncIterable<MemoryEntry> {
  return iterate(() => readBatches(path, (text) => asMemoryEntry(parse(text))));
}

/**
 * The same for whoever applies them: records that were created come as they were written, where that can be.
 * @param open opens the bytes of the file, or a part of it that begins and ends with a line
 */
export function readWritten(path: string, open?: () => AsyncIterable<Buffer>): ToldEntries {
  const batches = () => readBatches(path, openToldReader(), open?.());
  return { ...iterate(batches), batches };
}

/** The lines of a text file, without their ends. Throws memory_unreadable and local_io as readMemory(). */
export async function* readTextLines(path: string): AsyncGenerator<string> {
  for await (const lines of readLines(path)) yield* lines;
}

function iterate<Entry>(batches: () => AsyncIterable<readonly Entry[]>): AsyncIterable<Entry> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches()) yield* batch;
    },
  };
}

function openToldReader(): (text: string) => ToldEntry | undefined {
  // The entries of a file follow its own.
  let readRecord = openWrittenReader('');
  return (text) => {
    const written = readRecord(text);
    if (written) return written;
    const entry = asMemoryEntry(parse(text));
    if (entry?.kind === 'file') readRecord = openWrittenReader(entry.file);
    return entry;
  };
}

/** The entries of as many lines as each read brings. */
async function* readBatches<Entry>(
  path: string,
  read: (text: string) => Entry | undefined,
  bytes?: AsyncIterable<Buffer>,
): AsyncGenerator<Entry[]> {
  let line = 0;
  for await (const lines of readLines(path, bytes)) {
    yield lines.map((text) => {
      line++;
      const entry = read(text);
      if (!entry) throw unreadable(path, line, 'is no entry');
      return entry;
    });
  }
}

/** Whole lines, as many as each read brings. */
async function* readLines(
  path: string,
  bytes: AsyncIterable<Buffer> = readBlocks(path),
): AsyncGenerator<string[]> {
  let line = 0;
  let rest = '';
  for await (const text of readTexts(bytes, path, () => line)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw unreadable(path, line + lines.length + 1, 'is longer than any entry');
    yield lines;
    line += lines.length;
  }
  if (rest !== '') throw unreadable(path, line + 1, 'has no end');
}

async function* readTexts(
  blocks: AsyncIterable<Buffer>,
  path: string,
  linesBefore: () => number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for await (const bytes of blocks) yield decode(bytes);
  yield decode(undefined);

  function decode(bytes: Buffer | undefined): string {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw unreadable(path, linesBefore() + 1, 'or one soon after it has bytes that are no text');
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(path: string, line: number, why: string): AppError {
  return new AppError('memory_unreadable', `Line ${line} of ${path} ${why}`, { place: { file: path, line } });
}
