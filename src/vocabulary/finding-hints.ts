import type { FindingCode } from './finding.ts';

/** What whoever mends the extract does about each code, in a sentence that holds for any district. */
export const FINDING_HINTS: Record<FindingCode, string> = {
  field_count:
    'Look for a comma, quote or line break inside a value of this row; have the extract quote its values.',
  bad_encoding: 'Retype the value in the student system, or state the encoding of the file under read.',
  nul_character: 'Retype the value in the student system; the character cannot be seen there.',
  blank_id: 'Give the student an id in the student system.',
  blank_status: 'Set the status in the student system, or list the blank among the statuses.',
  unknown_status: 'Correct the status, or list it as active or inactive under eligibility.statuses.',
  bad_birth_date: 'Correct the birth date in the student system.',
  conflicting_duplicate: 'Decide in the student system which of the rows is right, and remove the other.',
  beside_broken: 'Mend the other rows of this student; this one then goes by itself.',
  orphan: 'Mend or add the row of the student; what belongs to the student then goes by itself.',
  required: 'Fill the field in the student system, or give it a default in the mapping.',
  too_long: 'Shorten the value, or have the mapping truncate it.',
  pattern: 'Correct the value to the form that the mapping asks for.',
  not_unique: 'Correct whichever of the rows has the value of another.',
  unknown_code: 'Correct the code, or add it to the match codes of the mapping.',
  bad_date: 'Correct the date, or add its format to the mapping.',
  bad_phone: 'Correct the phone number.',
  bad_number: 'Correct the number.',
  bad_value: 'Correct the value, or change the transformation in the mapping.',
  not_encodable: 'Replace the character, or have the outbound file written in utf-8.',
  not_writable:
    'Take the character out of the value in the student system, or allow quotes in the outbound file.',
  formula: 'Correct the value in the student system: it begins with =, +, - or @.',
};
