import type { FieldPlace } from './fixed-places.ts';

/** A field with its place, and which value goes there; -1 where the place is to be left blank. */
interface Slot extends FieldPlace {
  at: number;
}

/** Values at fixed places of a line, spaces between the places. */
export function compileFixedRow(
  places: readonly FieldPlace[],
  targets: readonly string[],
  end: string,
): (values: readonly string[]) => string {
  const slots = slotsOf(places, targets);
  return (values) => {
    let line = '';
    let filled = 0;
    for (const slot of slots) {
      line += ' '.repeat(slot.start - 1 - filled) + padded(values[slot.at] ?? '', slot);
      filled = slot.start - 1 + slot.length;
    }
    return line + end;
  };
}

/** The values of such a line; what it was padded with to a full place is a part of the value, spaces are not. */
export function compileReadFixed(
  places: readonly FieldPlace[],
  targets: readonly string[],
): (line: string) => string[] {
  const slots = slotsOf(places, targets);
  return (line) => {
    const characters = Array.from(line);
    const values = targets.map(() => '');
    for (const { at, start, length, align } of slots) {
      if (at < 0) continue;
      const text = characters.slice(start - 1, start - 1 + length).join('');
      values[at] = align === 'left' ? text.replace(/(?<! ) +$/, '') : text.trim();
    }
    return values;
  };
}

/** The value as it will be read back: white space on the padded side is padding, and other padding is a part of it. */
export function asPadded(value: string, place: FieldPlace): string {
  const bare = place.align === 'left' ? value.trimEnd() : value.trim();
  return bare === '' || place.pad === ' ' ? bare : padded(bare, place);
}

function slotsOf(places: readonly FieldPlace[], targets: readonly string[]): Slot[] {
  const slots = places.map((place) => ({ ...place, at: targets.indexOf(place.field) }));
  return slots.sort((one, other) => one.start - other.start);
}

/** A blank is all spaces, whatever pads the others: a place full of zeros would be a number. */
function padded(value: string, { length, align, pad }: FieldPlace): string {
  const missing = length - characterCount(value);
  if (missing <= 0) return value;
  const padding = (value === '' ? ' ' : pad).repeat(missing);
  return align === 'left' ? value + padding : padding + value;
}

export function characterCount(value: string): number {
  return WIDE.test(value) ? Array.from(value).length : value.length;
}

/** A character of two units counts once. */
const WIDE = /[\ud800-\udbff]/;
