/** Streets, towns, remarks and codes of the sample district; generic, and nobody's. */

export const STREETS = [
  'Main St',
  'Oak Ave',
  'Maple Dr',
  'Cedar Ln',
  'Elm St',
  'Walnut Ct',
  'Birch Rd',
  'Highland Ave',
  'Washington Blvd',
  'Lakeview Ter',
  'Park Pl',
  'School St',
  'Mill Pond Rd',
  'Church Hill Rd',
  '2nd Ave N',
  'County Road 12',
  'Old Orchard Way',
  "Fisherman's Wharf Rd",
];

export const CITIES = ['Riverside', 'Fairview', 'Milton Falls', 'Northbrook', 'Eastport', 'Lower Mills'];
export const STATE = 'MA';
export const ZIPS = ['02138', '02139', '02140', '02141', '02142', '02134', '02135', '01002'];
export const AREA_CODES = ['617', '781', '508', '978'];

/** Codes of ISO 639-2; English for most homes. */
export const LANGUAGES = ['spa', 'por', 'hat', 'zho', 'vie', 'ara', 'khm', 'som'];

export const NOTES = [
  'Bus 12 pick-up at the corner of Main and Oak; drop-off at the same stop on school days',
  'Sibling enrolled at another school of this district; both are picked up by the same adult',
  'Allergy on file (see the nurse before any field trip or classroom party)',
  'Returning student',
  'Needs a transcript from the previous district; requested twice by the registrar and still without an answer',
  'Walks home with an older sibling - permission slip on file since the first week of September',
  'Immunization record was received by fax and is waiting for the review of the school nurse',
  'Prefers to be contacted in the home language; an interpreter was asked for at the last conference',
  'Residency checked with two documents; next check is due before the start of the coming school year',
  'After-school program on Monday and Wednesday until 5:30 pm',
];

/** Remarks that need quotes: line breaks of both kinds, doubled quotes, commas. */
export const QUOTED_NOTES = [
  'Guardian contact:\nMonday and Wednesday after 5 pm\ncall first',
  'Pick-up changed by phone\r\nconfirmed in writing, filed at the front desk',
  'See plan, section "B", page 4',
  'Goes by "Sunny" in class, legal name on all records',
];
