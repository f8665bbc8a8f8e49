/** 12,345 */
export function writeCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 row`, `2 rows` */
export function writeCounted(count: number, one: string, many = `${one}s`): string {
  return `${writeCount(count)} ${count === 1 ? one : many}`;
}

/** A sentence may have been written without its full stop. */
export function ended(sentence: string): string {
  return sentence === '' || /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** 812 bytes, 1.2 MB; powers of ten, as file managers show them. */
export function writeBytes(bytes: number): string {
  if (bytes < 1000) return writeCounted(bytes, 'byte');
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power - 1]}`;
}

/** 2026-11-22 03:30:00 -06:00, cut out of the ISO form: the zone is the one of the service. */
export function writeInstant(iso: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(iso);
  if (!parts) return iso;
  return `${parts[1]} ${parts[2]} ${parts[3] === 'Z' ? 'UTC' : parts[3]}`;
}
