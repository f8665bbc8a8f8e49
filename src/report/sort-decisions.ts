import type { Decision, Report } from './schema.ts';

/** What was decided about the run as a whole, and what about single records, each in the order in which it was said. */
export function sortDecisions({ decisions }: Report): { ofRun: Decision[]; ofRecords: Decision[] } {
  return {
    ofRun: decisions.filter((one) => !isAboutRecord(one)),
    ofRecords: decisions.filter(isAboutRecord),
  };
}

function isAboutRecord({ file, student_id, field }: Decision): boolean {
  return file !== undefined || student_id !== undefined || field !== undefined;
}
