import { compileMatcher, type MatchAnswer, type MatchOptions } from '../../src/compare/match-people.ts';
import { compileNicknames } from '../../src/compare/nicknames.ts';
import type { Person } from '../../src/compare/prepare-person.ts';

export const NICKNAMES = compileNicknames([
  { nickname: 'Liz', name: 'Elizabeth' },
  { nickname: 'Bob', name: 'Robert' },
  { nickname: 'Pepe', name: 'José' },
]);

/**
 * "Ana Ortiz 2015-03-04", "Ana | De La Cruz 2015-03-04", "Ana Ortiz - #900001": a bar where the last name
 * begins, # before the id.
 */
export function person(id: string, text: string): Person {
  const [about = '', stateId = ''] = text.split('#').map((part) => part.trim());
  const words = about.split(' ');
  const birthDate = words.pop() ?? '';
  const names = words.join(' ');
  const at = names.includes('|') ? names.indexOf('|') : names.indexOf(' ');
  return {
    id,
    identify: [stateId],
    firstName: names.slice(0, at).trim(),
    lastName: names.slice(at + 1).trim(),
    birthDate: birthDate === '-' ? '' : birthDate,
  };
}

/** Students of the other side as texts; their ids are A, B, C ... */
export function matchAmong(
  students: readonly string[],
  record: string,
  options: Partial<MatchOptions> = {},
): MatchAnswer {
  const people = students.map((text, at) => person(String.fromCharCode(65 + at), text));
  return compileMatcher(people, { nicknames: NICKNAMES, ...options }).match(person('r', record));
}

/** "identified A", "potential A 95, B 90" or "none". */
export function inAWord(answer: MatchAnswer): string {
  if (answer.kind === 'identified') return `identified ${answer.id}`;
  if (answer.kind === 'none') return 'none';
  return `potential ${answer.candidates.map(({ id, score }) => `${id} ${score}`).join(', ')}`;
}

/** The codes of the reasons for the best candidate. */
export function codesOf(answer: MatchAnswer): string[] {
  return answer.kind === 'potential' ? (answer.candidates[0]?.why ?? []).map(({ code }) => code) : [];
}
