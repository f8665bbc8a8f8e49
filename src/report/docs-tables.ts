import { FINDING_CODES } from '../vocabulary/finding.ts';
import {
  EQUATIONS,
  REASON_MEANINGS,
  REMOVED_MEANINGS,
  SAFEGUARD_MEANINGS,
  TOTAL_MEANINGS,
  WAITING_MEANINGS,
} from './report-words.ts';

/** The parts of docs/reports.md that are made from the program, by the name in their markers. */
const PARTS: Record<string, () => string> = {
  equations: () => EQUATIONS.map((equation) => `    ${equation}`).join('\n'),
  totals: () => table(['Number', 'What it counts'], TOTAL_MEANINGS),
  reasons: () => table(['Reason', 'Why the row is left out'], REASON_MEANINGS),
  removed: () => table(['Kind', 'Why the record is gone'], REMOVED_MEANINGS),
  waiting: () => table(['Question', 'What is asked'], WAITING_MEANINGS),
  safeguards: () => table(['Safeguard', 'What it limits'], SAFEGUARD_MEANINGS),
  codes: () => table(['Code', 'What is wrong'], FINDING_CODES),
};

const PART = /(<!-- made: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** The page with its made parts made anew; what people wrote around them stays. */
export function renderReportDocs(page: string): string {
  return page.replace(PART, (whole, open: string, name: string, close: string) => {
    const make = PARTS[name];
    return make ? `${open}${make()}\n${close}` : whole;
  });
}

function table(head: readonly [string, string], entries: Readonly<Record<string, string>>): string {
  const rows = Object.entries(entries).map(([key, meaning]) => `| \`${key}\` | ${meaning} |`);
  return [`| ${head[0]} | ${head[1]} |`, '| --- | --- |', ...rows].join('\n');
}
