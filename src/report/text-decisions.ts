import { writeCount, writeCounted, writeInstant } from './plain-values.ts';
import type { Decision, Report } from './schema.ts';
import { sortDecisions } from './sort-decisions.ts';

const SHOWN = 10;

/** What people decided, a line each. The values stand in report.html: a terminal is often kept as a log. */
export function listDecisions(report: Report): string[] {
  const { ofRun, ofRecords } = sortDecisions(report);
  const more = ofRecords.length - SHOWN;
  return [
    ...ofRun.map((one) => `Decided: ${one.decision}${describeWho(one)}`),
    ...(ofRecords.length > 0 ? [`Decided about ${writeCounted(ofRecords.length, 'record')}:`] : []),
    ...ofRecords.slice(0, SHOWN).map((one) => `- ${describeRecord(one)}${describeWho(one)}`),
    ...(more > 0 ? [`- and ${writeCount(more)} more; report.html lists them`] : []),
  ];
}

function describeRecord({ decision, file, student_id, field }: Decision): string {
  const where = [file, student_id, field].filter((part) => part !== undefined && part !== '');
  return `${where.join(', ')}: ${decision}`;
}

function describeWho({ by, at, reason }: Decision): string {
  const why = reason === undefined || reason === '' ? '' : `: ${reason}`;
  return `, by ${by}, ${writeInstant(at)}${why}`;
}
