/** The connection and the mappings of the scripted district. */

export interface YearSettings {
  deliver: 'full' | 'changes';
  removed: 'report' | 'deactivate';
  rejected: 'carry_forward' | 'leave_out';
  reactivate: 'hold' | 'send' | 'keep_inactive';
}

/** What `removed: deactivate` writes into a last row: what the mapping makes of a W, too, so that such a row may be the same. */
export const LAST_STATUS = 'Withdrawn';

export function connectionText(settings: YearSettings): string {
  const removed = settings.removed === 'report' ? 'report' : `{ deactivate: { status: ${LAST_STATUS} } }`;
  return `
source: { type: local, path: inbound, ready: { quiet: 1ms } }
files:
  students: { match: "students*.csv", mapping: students.yaml }
  contacts: { match: "contacts*.csv", required: false, mapping: contacts.yaml }
eligibility:
  statuses: { active: [A], inactive: [I, W, G] }
  age: { min: 5, max: 21, as_of: "09-01" }
reconcile:
  deliver: ${settings.deliver}
  removed: ${removed}
  rejected: ${settings.rejected}
  reactivate: ${settings.reactivate}
safeguards:
  rollover: { from: "07-01", to: "08-31", max_removed: 100%, max_created: 100%, max_updated: 100% }
destination: { type: local, path: outbound }
`;
}

export const STUDENT_TARGETS = [
  'student_id',
  'last_name',
  'first_name',
  'birth_date',
  'gender',
  'school_code',
  'grade',
  'status',
  'phone',
  'locker',
  'homeroom',
  'school_year',
] as const;
export const CONTACT_TARGETS = [
  'student_id',
  'contact_id',
  'name',
  'relation',
  'phone',
  'email',
  'priority',
] as const;

export const YEAR_MAPPINGS = {
  'students.yaml': `
version: 1
record: students
write: { file: "students_{run}.csv" }
identity: { id: Student_Number, status: Status, birth_date: { column: DOB, format: M/d/yyyy }, school: School, grade: Grade }
fields:
  student_id: { type: direct, column: Student_Number, required: true }
  last_name: { type: transformation, column: Last, apply: [trim], required: true }
  first_name: First
  birth_date: { type: transformation, column: DOB, apply: [ { date: { from: M/d/yyyy, to: yyyy-MM-dd } } ], required: true }
  gender: { type: match_codes, column: Gender, codes: { M: Male, F: Female, X: Other } }
  school_code: School
  grade: Grade
  status: { type: match_codes, column: Status, codes: { A: Active, I: Inactive, W: Withdrawn, G: Graduated } }
  phone: Phone
  locker: { type: direct, column: Locker, overwrite: true }
  homeroom: Homeroom
  school_year: { type: transformation, apply: [ school_year ] }
`,
  'contacts.yaml': `
version: 1
record: contacts
write: { file: "contacts_{run}.csv" }
identity: { id: Student_Number }
fields:
  student_id: { type: direct, column: Student_Number, required: true }
  contact_id: Contact_ID
  name: { type: direct, column: Name, required: true }
  relation: { type: match_codes, column: Relation, codes: { M: Mother, F: Father, G: Guardian } }
  phone: Phone
  email: { type: direct, column: Email, overwrite: true }
  priority: Priority
`,
};
