import { writeCount, writeCounted } from '../report/plain-values.ts';
import { OUTCOME_WORDS } from '../report/report-words.ts';
import { visibleText } from '../report/visible-text.ts';
import type { FileDifference, ReplayAnswer } from '../run/replaying/replay-answer.ts';
import type { Counted, FieldDifference, RecordDifferences } from '../run/replaying/replay-records.ts';
import type { SettingChange, SettingsDifference } from '../run/replaying/replay-settings.ts';
import type { VerdictDifference } from '../run/replaying/replay-verdicts.ts';
import type { CliContext } from './act.ts';
import { paint, printLine } from './print.ts';
import { printTable } from './print-table.ts';
import type { ReplayShown } from './replay-document.ts';

/** What would differ, in the order in which a person asks: is it the same, why, how many, which. */
export function printReplay(context: CliContext, answer: ReplayAnswer, shown: ReplayShown): void {
  const { was, now, folder } = answer;
  const { id, connection, business_date, outcome } = was.run;
  printLine(context, paint('bold', visibleText(`Replay of ${id}`), context.stdout));
  printLine(context, `${connection}, ${business_date}; then: ${OUTCOME_WORDS[outcome].toLowerCase()}`);
  if (shown.mappings.length > 0) printLine(context, visibleText(`With ${shown.mappings.join(', ')}`));
  printLine(context, sentenceOf(answer, context));
  printSettings(context, answer.settings);
  if (!now.error) {
    printTotals(context, answer);
    printHolds(context, answer);
    for (const file of answer.files) printFile(context, file, shown);
  }
  printLine(context);
  printLine(context, 'Nothing was delivered or remembered.');
  printLine(context, `Dry run: ${folder}`);
}

function sentenceOf({ was, now, isIdentical, files }: ReplayAnswer, { stdout }: CliContext): string {
  const failedThen = was.error ? ` Then it failed: ${was.error.code}.` : '';
  if (now.error) return paint('red', `The drop would fail now: ${now.error.code}.${failedThen}`, stdout);
  const isKept = files.every(({ bytes }) => bytes !== 'not_kept');
  const gone = isKept ? '' : ' What was drafted then is not kept, so totals and rows alone are compared.';
  if (!isIdentical) return `${paint('yellow', 'It would differ.', stdout)}${failedThen}${gone}`;
  const rows = files.reduce((sum, one) => sum + one.rows.now, 0);
  const what = `${writeCounted(files.length, 'file')} with ${writeCounted(rows, 'record')}`;
  return isKept
    ? paint('green', `Identical: ${what}, the same to the byte.`, stdout)
    : `${paint('green', 'Nothing would differ.', stdout)}${gone}`;
}

const CHANGES_SHOWN = 12;

function printSettings(context: CliContext, settings: readonly SettingsDifference[]): void {
  if (settings.length === 0) return;
  printHeading(context, 'Settings that differ');
  for (const { file, in: where, changes } of settings) {
    printLine(context, `  ${visibleText(file)}: ${describeSettings(where, changes)}`);
    for (const change of changes.slice(0, CHANGES_SHOWN))
      printLine(context, `    ${visibleText(describeChange(change))}`);
    const more = changes.length - CHANGES_SHOWN;
    if (more > 0) printLine(context, `    and ${writeCount(more)} more; --json lists them all`);
  }
}

function describeSettings(where: SettingsDifference['in'], changes: readonly SettingChange[]): string {
  if (where !== 'both') return where === 'now' ? 'there is one now' : 'there is none any more';
  return changes.length === 0 ? 'comments or layout alone' : writeCounted(changes.length, 'key');
}

const LONGEST_SETTING = 60;

function describeChange({ key, was, now }: SettingChange): string {
  if (was === null && now === null) return `${key}: names other students`;
  const [before, after] = [was, now].map((text) =>
    text === null
      ? '(not set)'
      : text.length > LONGEST_SETTING
        ? `${text.slice(0, LONGEST_SETTING)}...`
        : text,
  );
  return `${key}: ${before} -> ${after}`;
}

function printTotals(context: CliContext, { totals }: ReplayAnswer): void {
  if (totals.length === 0) return;
  printLine(context);
  printTable(
    context,
    ['file', 'total', 'then', 'now'],
    totals.map(({ file, total, was, now }) => [visibleText(file), total, was, now]),
  );
}

function printHolds(context: CliContext, { held, breached }: ReplayAnswer): void {
  const isHeldOtherwise = held.was.length > 0 !== held.now.length > 0;
  if (!isHeldOtherwise && breached.was.join() === breached.now.join()) return;
  const sentence = held.now.length > 0 ? 'The run would be held for a person' : 'The run would not be held';
  printHeading(context, `${sentence}; then it was${held.was.length > 0 ? '' : ' not'}`);
  for (const reason of held.now) printLine(context, `  now: ${visibleText(reason)}`);
  for (const reason of held.was) printLine(context, `  then: ${visibleText(reason)}`);
}

function printFile(context: CliContext, file: FileDifference, shown: ReplayShown): void {
  const { name, bytes, rows, records, verdicts = [] } = file;
  if (bytes !== 'differ' && verdicts.length === 0) return;
  const count = `${writeCounted(rows.was, 'record')} then, ${writeCount(rows.now)} now`;
  const what = { same: 'sent the same to the byte', differ: count, not_kept: `${writeCount(rows.now)} now` };
  printHeading(context, `${visibleText(name)}: ${what[bytes]}`);
  if (records) printRecords(context, records, shown);
  for (const one of verdicts) printVerdict(context, one);
}

function printRecords(context: CliContext, records: RecordDifferences, shown: ReplayShown): void {
  const { onlyThen, onlyNow, differ, fields } = records;
  if (onlyThen.count + onlyNow.count + differ === 0)
    printLine(
      context,
      '  every record is known with the same values; order, layout or which rows are sent differ',
    );
  printCounted(context, 'only then', onlyThen);
  printCounted(context, 'only now', onlyNow);
  if (differ > 0) printLine(context, `  ${writeCounted(differ, 'record differs', 'records differ')}`);
  for (const field of fields) printField(context, field, shown);
}

function printCounted(context: CliContext, what: string, { count, examples }: Counted): void {
  if (count > 0) printLine(context, `  ${writeCounted(count, 'record')} ${what}: ${listed(examples, count)}`);
}

const WHERE = { both: '', was: ', a field that is gone', now: ', a new field' };

function printField(context: CliContext, field: FieldDifference, { values }: ReplayShown): void {
  const { count, examples } = field;
  const ids =
    values || count === 0
      ? ''
      : `: ${listed(
          examples.map(({ id }) => id),
          count,
        )}`;
  const sentence = `${visibleText(field.field)}${WHERE[field.in]}: ${writeCounted(count, 'record')}`;
  printLine(context, `    ${sentence}${ids}`);
  if (!values) return;
  for (const { id, before, after } of examples)
    printLine(context, `      ${visibleText(`${id}: ${written(before)} -> ${written(after)}`)}`);
}

function printVerdict(context: CliContext, one: VerdictDifference): void {
  const name = (verdict: string, code: string) =>
    code === '' || code === verdict ? verdict : `${verdict} (${code})`;
  const rows = one.examples.map(({ row, id }) => (id === '' ? `row ${row}` : `row ${row} (${id})`));
  const change = `${name(one.was, one.codeWas)} then, ${name(one.now, one.codeNow)} now`;
  printLine(context, `  ${writeCounted(one.rows, 'row')} ${change}: ${listed(rows, one.rows)}`);
}

function listed(examples: readonly string[], count: number): string {
  const more = count > examples.length ? ` and ${writeCount(count - examples.length)} more` : '';
  return visibleText(examples.join(', ')) + more;
}

function printHeading(context: CliContext, text: string): void {
  printLine(context);
  printLine(context, paint('bold', text, context.stdout));
}

function written(value: string): string {
  return value === '' ? '(blank)' : value;
}
