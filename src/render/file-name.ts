/** What the tokens of `write.file` stand for; the school is another one for each of the files. */
export interface NameTokens {
  /** yyyy-MM-dd */
  date: string;
  /** HHmmss */
  time: string;
  school_year: string;
  run: string;
  connection: string;
  /** How many deliveries of the connection there will have been, with this one. */
  sequence: string;
}

const SCHOOL = '{school}';

export function renderFileName(pattern: string, tokens: NameTokens): string {
  return Object.entries(tokens).reduce(
    (name, [token, value]) => name.replaceAll(`{${token}}`, value),
    pattern,
  );
}

/** Whether each school gets a file of its own. */
export function isBySchool(pattern: string): boolean {
  return pattern.includes(SCHOOL);
}

/** Records that name no school get a file too: nobody is lost for want of one. */
const NO_SCHOOL = 'no_school';
const UNSAFE = /[^A-Za-z0-9 ._-]/gu;

/** The file of one school. Two schools never share one: what may not stand in a name is written as in a web address. */
export function renderSchoolName(name: string, school: string): string {
  const safe = school
    .trim()
    .toWellFormed()
    .replaceAll(UNSAFE, (character) => encodeURIComponent(character).replaceAll(/[^%\w]/g, hex));
  return name.replaceAll(SCHOOL, safe === '' ? NO_SCHOOL : safe);
}

/** Of the few signs that a web address keeps and a file name should not. */
function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
