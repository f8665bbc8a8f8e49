/**
 * How the sample's students extract becomes the student import of an enrollment system. The first six target fields
 * that such an import cannot do without are student_district_id, fname, lname, DOB, sis_school_year and sis_entrydate.
 */
export const STUDENTS_MAPPING = `# How the students extract becomes the student import of the enrollment system.
version: 1
title: Sample students extract to student import
record: students                # what a row is about

# How the extract is read. auto: Rosterferry recognises the encoding and the delimiter by itself.
read: { encoding: auto, delimiter: auto, header: true }

# How the file for the other side is written. {date} is the day of the run.
write: { file: "students_{date}.csv", delimiter: ",", quote: as_needed, line_ending: crlf, encoding: utf-8 }

# The columns that Rosterferry itself reads: to tell students apart, and to decide who is carried.
identity:
  id: Student_Number
  status: Enroll_Status
  birth_date: { column: DOB, format: M/d/yyyy }
  school: SchoolID
  grade: Grade_Level

# Each field of the import and how it is filled; the file has its columns in this order. There are four types:
#   direct          the value as it stands; a column name alone is short for it
#   transformation  the value after the steps of apply, from left to right
#   match_codes     the value that stands beside the code; a code that is not listed rejects the row
#   do_not_map      the field is left out
fields:
  # An id is text: its leading zeros stay. A row without it is rejected, and so are two rows that claim the same one.
  students.student_district_id: { type: direct, column: Student_Number, required: true }
  students.student_state_id: State_StudentNumber

  # Names are cleaned of stray spaces. A student of a single name has it as the last name, so only that is required.
  students.lname: { type: transformation, column: Last_Name, apply: [trim], required: true }
  students.fname: { type: transformation, column: First_Name, apply: [trim] }
  students.mname: { type: transformation, column: Middle_Name, apply: [trim] }

  # The import wants 2015-03-09. A date that no calendar has, such as 2/30/2014, rejects the row.
  students.DOB: { type: transformation, column: DOB, apply: [{ date: { from: M/d/yyyy, to: yyyy-MM-dd } }], required: true }
  students.gender: { type: match_codes, column: Gender, codes: { M: Male, F: Female, X: Nonbinary } }
  students.ethnicity:
    type: match_codes
    column: Ethnicity
    codes:
      "1": Hispanic or Latino
      "2": American Indian or Alaska Native
      "3": Asian
      "4": Black or African American
      "5": Native Hawaiian or Pacific Islander
      "6": White
      "7": Two or more races
  students.home_language:
    type: match_codes
    column: Home_Language
    codes:
      eng: English
      spa: Spanish
      por: Portuguese
      hat: Haitian Creole
      zho: Chinese
      vie: Vietnamese
      ara: Arabic
      khm: Khmer
      som: Somali
    otherwise: keep             # a language that is not in the list goes as the code that it has

  students.address: { type: transformation, column: Street, apply: [trim] }
  students.city: { type: transformation, column: City, apply: [trim] }
  students.state: State
  students.zip: Zip             # text too: 02138 stays 02138

  # (617) 555-0123 and 617-555-0123 and 6175550123 are all written as (617) 555-0123.
  students.phone: { type: transformation, column: Home_Phone, apply: [{ phone: { country: US, format: national } }] }
  students.email: { type: transformation, column: Email, apply: [trim, lower] }

  # Not in the extract: the school year that the day of the run lies in; 2026 stands for 2026-2027.
  students.sis_school_year: { type: transformation, apply: [school_year] }
  # Where an extract has no entry date, apply: [today] fills in the day of the run; every student then differs each night.
  students_annual.sis_entrydate: { type: transformation, column: EntryDate, apply: [{ date: { from: M/d/yyyy, to: yyyy-MM-dd } }], required: true }
  # overwrite: a blank is sent and clears the date at the other side, so that a student who returns has none.
  students_annual.sis_exitdate: { type: transformation, column: ExitDate, apply: [{ date: { from: M/d/yyyy, to: yyyy-MM-dd } }], overwrite: true }
  students_annual.school_code: { type: direct, column: SchoolID, required: true }
  # PowerSchool counts from kindergarten, which is 0; what -1 means differs from state to state, so ask.
  students_annual.grade:
    type: match_codes
    column: Grade_Level
    codes:
      "-1": PK
      "0": K
      "1": "1"
      "2": "2"
      "3": "3"
      "4": "4"
      "5": "5"
      "6": "6"
      "7": "7"
      "8": "8"
      "9": "9"
      "10": "10"
      "11": "11"
      "12": "12"
  students_annual.status:
    type: match_codes
    column: Enroll_Status
    codes:
      "0": Active
      "-1": Pre-enrolled
      "1": Inactive
      "2": Transferred
      "3": Graduated
      "4": Historical
  students_annual.english_learner: { type: match_codes, column: LEP, codes: { "Y": "Yes", "N": "No" }, otherwise: blank }
  students_annual.special_education: { type: match_codes, column: SpEd, codes: { "Y": "Yes", "N": "No" }, otherwise: blank }
  students_annual.lunch_status: { type: match_codes, column: Lunch_Status, codes: { F: Free, R: Reduced, P: Paid }, otherwise: blank }

  # Remarks of the front office are nobody else's business.
  students.notes: { type: do_not_map, column: Notes }
`;
