/** How the sample's contacts extract becomes the contact import of an enrollment system. */
export const CONTACTS_MAPPING = `# How the contacts extract becomes the contact import of the enrollment system.
version: 1
title: Sample contacts extract to contact import
record: contacts                # one row a contact, several for a student

read: { encoding: auto, delimiter: auto, header: true }
write: { file: "contacts_{date}.csv", delimiter: ",", quote: as_needed, line_ending: crlf, encoding: utf-8 }

# The id of the student whose contact it is. Contacts of a student who is not carried are left out with the student.
identity:
  id: Student_Number

fields:
  contacts.student_district_id: { type: direct, column: Student_Number, required: true }
  contacts.contact_id: { type: direct, column: Contact_ID, required: true }
  contacts.lname: { type: transformation, column: Contact_Name_Last, apply: [trim], required: true }
  contacts.fname: { type: transformation, column: Contact_Name_First, apply: [trim] }
  contacts.relationship:
    type: match_codes
    column: Relationship
    codes:
      Mother: Parent
      Father: Parent
      Guardian: Legal guardian
      Grandmother: Grandparent
      Grandfather: Grandparent
    otherwise: { value: Other }   # an aunt, a neighbor: whatever the list does not name
  contacts.priority: Priority     # 1 is called first
  contacts.phone: { type: transformation, column: Phone, apply: [{ phone: { country: US, format: national } }] }
  contacts.email: { type: transformation, column: Email, apply: [trim, lower] }
  contacts.lives_with_student: { type: match_codes, column: Lives_With, codes: { "Y": "Yes", "N": "No" }, otherwise: blank }
  contacts.may_pick_up: { type: match_codes, column: Pickup, codes: { "Y": "Yes", "N": "No" }, otherwise: blank }
`;
