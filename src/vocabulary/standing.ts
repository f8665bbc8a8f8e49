/** What of a student decides between the changes, beside the values; school and grade are blank where nobody says. */
export interface Standing {
  active: boolean;
  school: string;
  grade: string;
}
