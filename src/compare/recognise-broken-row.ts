/** A shorter text stands in too many columns to tell a student. */
const SHORTEST_TELLING_ID = 4;

/**
 * Whose row it was that cannot be read: a stray comma moves the columns, yet the id is nearly always among
 * the values. Without this the student would look absent because of a broken row.
 * @param values the row as it was cut, however many fields that gave
 * @param inPlace what stands where the id of a sound row is, trimmed
 * @param wasDelivered whether an id was delivered last time
 * @returns the one id of the last delivery that it can be, or undefined
 */
export function recogniseBrokenRow(
  values: readonly string[],
  inPlace: string,
  wasDelivered: (id: string) => boolean,
): string | undefined {
  if (inPlace !== '' && wasDelivered(inPlace)) return inPlace;
  const telling = values.map((value) => value.trim()).filter((value) => value.length >= SHORTEST_TELLING_ID);
  const [only, ...others] = new Set(telling.filter(wasDelivered));
  return others.length === 0 ? only : undefined;
}
