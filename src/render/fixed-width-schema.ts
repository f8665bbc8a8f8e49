import { z } from 'zod';

const MOST_CHARACTERS_OF_A_LINE = 100_000;
const position = z.int().min(1).max(MOST_CHARACTERS_OF_A_LINE);
const field = z.string().trim().min(1);
const NO_PADDING = /[\r\n\p{C}]/u;

const place = z.strictObject({
  field: field.describe('The target field.'),
  start: position.optional().describe('Its first character, counted from 1; else it follows the one before.'),
  length: position.describe('How many characters it has.'),
  align: z.enum(['left', 'right']).default('left').describe('On which side of its place the value stands.'),
  pad: z
    .string()
    .refine((text) => Array.from(text).length === 1 && !NO_PADDING.test(text), 'one character')
    .default(' ')
    .describe('What fills the rest of its place; a blank is all spaces.'),
});
type WrittenPlace = z.output<typeof place>;

/** Where a field stands in a line. */
export interface FieldPlace extends WrittenPlace {
  /** Counted from 1. */
  start: number;
}

const short = z
  .union([z.tuple([field, position]), z.tuple([field, position, position])])
  .transform(([name, ...numbers]): WrittenPlace => {
    const [length = 0, start] = [...numbers].reverse();
    return { field: name, length, start, align: 'left', pad: ' ' };
  });

export const fixedWidthSchema = z
  .array(z.union([short, place]))
  .min(1)
  .transform(inPlace)
  .superRefine((places, issue) => {
    for (const [at, { field: name, start }] of places.entries()) {
      const refuse = (message: string) => issue.addIssue({ code: 'custom', message, path: [at] });
      if (places.findIndex((other) => other.field === name) < at) refuse(`names "${name}" twice`);
      const under = places
        .slice(0, at)
        .find((other) => overlaps(other, { start, length: places[at]?.length ?? 0 }));
      if (under) refuse(`stands where "${under.field}" stands`);
    }
  });

function inPlace(written: readonly WrittenPlace[]): FieldPlace[] {
  let next = 1;
  return written.map((one) => {
    const start = one.start ?? next;
    next = start + one.length;
    return { ...one, start };
  });
}

type Extent = Pick<FieldPlace, 'start' | 'length'>;

function overlaps(one: Extent, other: Extent): boolean {
  return one.start < other.start + other.length && other.start < one.start + one.length;
}
