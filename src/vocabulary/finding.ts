/** One coded remark about one row: why it, or one of its fields, cannot be carried. */
export interface Finding {
  /** From FINDING_CODES; counted in report.json under `rejected`. */
  code: FindingCode;
  /** The target field or the identity that is concerned; blank where it is the whole row. */
  field: string;
  /** A sentence without any value of the student. */
  message: string;
  /** The value as it stood in the file: goes to exceptions.csv and nowhere else. */
  value: string;
}

/** Every reason for which a row may be rejected, with what it means. docs/reports.md is made from this list. */
export const FINDING_CODES = {
  field_count: 'The row has more or fewer fields than the header.',
  bad_encoding: 'The row has bytes that are no text in the encoding of the file.',
  nul_character: 'The row has a NUL character.',
  blank_id: 'The row has no id.',
  blank_status: 'The row has no status, and a blank is not listed among the statuses.',
  unknown_status: 'The status is listed neither as active nor as inactive.',
  bad_birth_date: 'The birth date is blank or impossible, and age decides about this student.',
  conflicting_duplicate: 'Two rows have the same id and different content, so neither is believed.',
  beside_broken: 'Another row of the same student is broken, so what their rows say together is not known.',
  orphan: 'The student of this row is in no file of the drop.',
  required: 'A required field is blank.',
  too_long: 'The value is longer than max_length, or than its place in a line of fixed width.',
  pattern: 'The value does not fit the pattern of the field.',
  not_unique: 'Another row has the same value in a field that must be unique.',
  unknown_code: 'The value is in none of the match codes.',
  bad_date: 'The value is no date of the format that the mapping states.',
  bad_phone: 'The value is no phone number of the stated country.',
  bad_number: 'The value is no number.',
  bad_value: 'A transformation cannot read the value.',
  not_encodable: 'The value has a character that the outbound encoding lacks.',
  not_writable:
    'The outbound file has no way to hold the value: a delimiter or a line end without quotes, the text that stands for a blank, or nothing at all.',
  formula: 'A spreadsheet would take the value for a formula, and `write.formulas` is `reject`.',
} as const;

export type FindingCode = keyof typeof FINDING_CODES;
