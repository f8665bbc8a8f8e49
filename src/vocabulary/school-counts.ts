/** One school in one file: students, not rows. */
export interface SchoolCounts {
  /** Last delivered at this school. */
  last: number;
  /** Carried tonight at this school. */
  carried: number;
  /** Carried at this school, and never delivered before. */
  created: number;
  /** Carried at this school, delivered before at any, and not unchanged. */
  changed: number;
  /** Last delivered at this school and carried at none: absent or ineligible. Who moved to another is not among them. */
  removed: number;
  /** Of the removed: those whose row is there and left out for the reason `school`. */
  removedBySelection: number;
}
