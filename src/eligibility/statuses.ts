import type { StatusSettings } from './schema.ts';

export type StatusAnswer = 'active' | 'inactive' | 'blank' | 'unknown';

/**
 * What a status, trimmed, means. `blank` and `unknown` are for those listed in neither; they do not occur where unknown ones
 * count as inactive. A blank is a status like any other where it is listed.
 */
export function compileStatuses(settings: StatusSettings): (trimmed: string) => StatusAnswer {
  const fold = (text: string) => (settings.ignore_case ? text.toLowerCase() : text);
  const meanings = new Map<string, StatusAnswer>();
  for (const code of settings.inactive) meanings.set(fold(code), 'inactive');
  for (const code of settings.active) meanings.set(fold(code), 'active');
  const unknown = settings.unknown === 'inactive' ? 'inactive' : 'unknown';
  const blank = settings.unknown === 'inactive' ? 'inactive' : 'blank';
  return (trimmed) => meanings.get(fold(trimmed)) ?? (trimmed === '' ? blank : unknown);
}
