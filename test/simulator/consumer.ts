/** Who takes what is delivered, and sees every file that ever had its final name. */
import type { SimDrop } from './drops.ts';
import type { Shape } from './shape.ts';

/** The folder of deliveries, seen from the importer's side: names and their bytes, hidden ones too. */
export interface OutFolder {
  names(): string[];
  read(name: string): string;
  remove(name: string): void;
}

export interface Consumer {
  /** A name of the folder has something else now. */
  see(name: string): void;
  /** A power cut is about to take the file away again, before anybody took it. */
  unsee(name: string): void;
  take(): void;
  /** How often each content became whole under a final name. */
  published: ReadonlyMap<string, number>;
  /** What should never have been seen. */
  wrongs: readonly string[];
}

export function openConsumer(shape: Shape, folder: OutFolder, drops: readonly SimDrop[]): Consumer {
  const published = new Map<string, number>();
  const wrongs: string[] = [];
  const isInPlace = shape.destination === 'sftp' && shape.publish === 'in_place';
  const done = shape.destination === 'sftp' ? shape.done : undefined;
  const isExpected = (text: string) => drops.some(({ outputs }) => outputs.includes(text));
  const isBegun = (text: string) => drops.some(({ outputs }) => outputs.some((one) => one.startsWith(text)));
  const isFinal = (name: string) => !name.startsWith('.') && name.endsWith('.csv');

  function takeOne(name: string): void {
    const text = folder.read(name);
    if (!isExpected(text)) wrongs.push(`the importer took a part of ${name}: ${text.length} bytes`);
    folder.remove(name);
    if (done) folder.remove(done.replace('{name}', name));
  }

  function take(): void {
    const there = folder.names();
    for (const name of there.filter(isFinal)) {
      // Without a marker nothing tells when a file that is written in place is whole: such an importer has to know by itself.
      if (done === undefined && isInPlace && !isExpected(folder.read(name))) continue;
      if (done === undefined || there.includes(done.replace('{name}', name))) takeOne(name);
    }
  }

  function see(name: string): void {
    if (isFinal(name)) {
      const text = folder.read(name);
      if (isExpected(text)) published.set(text, (published.get(text) ?? 0) + 1);
      else if (!isInPlace || !isBegun(text))
        wrongs.push(`${name} was seen with a part: ${text.length} bytes`);
    }
    if (shape.takes === 'at once' && (done !== undefined || !isInPlace)) take();
  }

  function unsee(name: string): void {
    const text = folder.read(name);
    published.set(text, (published.get(text) ?? 0) - 1);
  }

  return { see, unsee, take, published, wrongs };
}
