/** Words that occur nowhere else: each cell of a drop has one of its own, and then they are looked for everywhere. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Canaries {
  /** A new one: letters and digits, so that it passes through any mapping as text. */
  word(): string;
  /** A telephone number in the United States. */
  phone(): string;
  /** A birth date as M/d/yyyy, of somebody of age to attend. */
  born(): string;
  /** The canaries that a text has, however a mapping wrote them. */
  within(text: string): string[];
}

const WORD = /qzv[\W_]?\d{4}k/gi;

export function openCanaries(): Canaries {
  let words = 0;
  const dates: string[] = [];
  const forms = () => [WORD.source, '617[\\W_]*555[\\W_]*01\\d\\d', ...dates].join('|');
  const next = () => String(++words).padStart(4, '0');
  return {
    word: () => `Qzv${next()}k`,
    phone: () => `(617) 555-01${String(words++ % 100).padStart(2, '0')}`,
    born() {
      const [month, day] = [1 + (dates.length % 9), 11 + (dates.length % 17)];
      dates.push(`${month}/${day}/2013`, `2013-0${month}-${day}`);
      return `${month}/${day}/2013`;
    },
    within: (text) => text.match(new RegExp(forms(), 'gi')) ?? [],
  };
}

/** Every file beneath a folder, by its path there, with its bytes as text of one unit a byte. */
export function filesBeneath(folder: string): Map<string, string> {
  const entries: Dirent[] = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, 'latin1')]),
  );
}
