/** Why a row, or one of its fields, was not carried; without the value, so that it may be told to others. */
export interface RowRemark {
  /** As it was named in the drop. */
  file: string;
  row: number;
  line: number;
  studentId: string;
  /** Blank where it is the whole row. */
  field: string;
  code: string;
  message: string;
}
