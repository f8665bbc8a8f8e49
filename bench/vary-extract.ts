import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';

export interface Variation {
  /** So many columns more, which no mapping asks for. */
  moreColumns?: number;
  /** Every so manieth row stands in quotes as a whole; 1 is each. */
  quotedEvery?: number;
  /** In every so manieth row the phone number is another one. */
  changedEvery?: number;
}

const PHONE = /(\d{3})-(\d{4})(?=,)/;

/** The same students, written otherwise. Rows that are broken stay as broken as they are. */
export async function varyExtract(from: string, to: string, variation: Variation): Promise<void> {
  async function* varied() {
    let line = 0;
    let isOpen = false;
    for await (const text of createInterface({ input: createReadStream(from) })) {
      const wasOpen: boolean = isOpen;
      isOpen = wasOpen !== (text.split('"').length % 2 === 0);
      // What begins or ends within quotes is left as it is, but for columns at its end.
      const isPlain = !wasOpen && !text.includes('"');
      yield `${isOpen ? text : varyEnd(isPlain ? varyRow(text, line, variation) : text, line, variation)}\r\n`;
      line += 1;
    }
  }
  await pipeline(varied, createWriteStream(to));
}

function varyRow(text: string, line: number, { quotedEvery = 0, changedEvery = 0 }: Variation): string {
  if (line === 0) return text;
  const other = changedEvery > 0 && line % changedEvery === 0 ? text.replace(PHONE, swapped) : text;
  return quotedEvery > 0 && line % quotedEvery === 0 ? `"${other.replaceAll(',', '","')}"` : other;
}

function swapped(_: string, head: string, tail: string): string {
  return `${head}-${String(9999 - Number(tail)).padStart(4, '0')}`;
}

function varyEnd(text: string, line: number, { moreColumns = 0 }: Variation): string {
  const more = Array.from({ length: moreColumns }, (_, at) =>
    line === 0 ? `,Extra_${at + 1}` : `,${line % 97}`,
  );
  return text + more.join('');
}
