/** Where a field stands in a line, as it is written. */
export interface WrittenPlace {
  field: string;
  /** Counted from 1; it follows the place before where nothing is said. */
  start?: number | undefined;
  /** In characters. */
  length: number;
  align: 'left' | 'right';
  /** One character, which fills the rest of the place. */
  pad: string;
}

export interface FieldPlace extends WrittenPlace {
  start: number;
}

export function placesOf(written: readonly WrittenPlace[]): FieldPlace[] {
  let next = 1;
  return written.map((one) => {
    const start = one.start ?? next;
    next = start + one.length;
    return { ...one, start };
  });
}

/** What is wrong with each place: a field that has one already, or room that another field takes. */
export function whyNotPlaces(places: readonly FieldPlace[]): { at: number; message: string }[] {
  return places.flatMap((place, at) => {
    const above = places.slice(0, at);
    if (above.some(({ field }) => field === place.field))
      return [{ at, message: `names "${place.field}" twice` }];
    const under = above.find((other) => overlap(other, place));
    return under ? [{ at, message: `stands where "${under.field}" stands` }] : [];
  });
}

function overlap(one: FieldPlace, other: FieldPlace): boolean {
  return one.start < other.start + other.length && other.start < one.start + one.length;
}
