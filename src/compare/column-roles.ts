/**
 * What a column or target field says about a person, by its name; `other` is anything that can merely be
 * equal or not.
 */
export type ColumnRole = 'last_name' | 'first_name' | 'middle_name' | 'birth_date' | 'other';

const NAMES: readonly (readonly [ColumnRole, string])[] = [
  ['last_name', 'lastname lname last surname familyname sn apellido apellidos'],
  ['first_name', 'firstname fname first givenname forename nombre nombres'],
  ['middle_name', 'middlename mname middle middleinitial'],
  ['birth_date', 'birthdate birthday dateofbirth dob bdate'],
];
const ROLES = new Map<string, ColumnRole>(
  NAMES.flatMap(([role, names]) => names.split(' ').map((name) => [name, role] as const)),
);
const OF_WHOM = /^(?:students?|stu|pupil|child|applicant|legal|sis)+(?=.{2})/;

/** `students.fname`, `First Name` and `legal_first_name` are all a first name. */
export function roleOfColumn(name: string): ColumnRole {
  const [plain = ''] = name.split('.').slice(-1);
  const letters = plain.toLowerCase().replace(/[^a-z]/g, '');
  return ROLES.get(letters) ?? ROLES.get(letters.replace(OF_WHOM, '')) ?? 'other';
}

/** A relative's name is no name of the student. */
export const IS_ABOUT_OTHERS = /contact|parent|guardian|emergency|mother|father|sibling|teacher|counsel/i;
