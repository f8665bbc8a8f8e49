import { hash } from 'node:crypto';
import { fingerprintOf } from '../../bytewise/fingerprint.ts';
import { compileMappedText } from '../../compare/mapped-text.ts';
import type { Span } from '../../files/append-file.ts';
import { FIELD_SEPARATOR } from '../../parse/packed-rows.ts';
import { compileRow } from '../../render/compile-row.ts';
import { renderExceptions } from '../../report/exceptions-csv.ts';
import { HASH_BYTES } from '../../tally/key-bytes.ts';
import { NO_STANDING, type RollEntry, type RowVerdict } from '../../tally/roll-entry.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import { isBlank, type SourceRow } from '../../vocabulary/row.ts';
import { exceptionsOf } from './exceptions-of.ts';
import type { FileDraft } from './file-draft.ts';
import type { BookedJudgement, Judgement } from './judge-row.ts';
import type { JudgedFile } from './open-judged-file.ts';

const NOWHERE: Span = { offset: 0, length: 0 };

/** What of a draft a row is entered into; it may lie in memory and be put into the draft later. */
export interface EntryPlace extends Pick<FileDraft, 'plan' | 'rules' | 'mapping' | 'matches' | 'rowsApart'> {
  roll: Pick<FileDraft['roll'], 'enter' | 'enterBlock'>;
  outbound: Pick<FileDraft['outbound'], 'appendText' | 'append'>;
  exceptions: Pick<FileDraft['exceptions'], 'appendText'>;
  unique: readonly { values: Pick<FileDraft['roll'], 'enter'> }[];
}

/** Puts a judged row on the roll, its text into the drafts. */
export function compileEntry(
  draft: EntryPlace,
  file: string,
  { settlesRepeats }: Pick<JudgedFile, 'settlesRepeats'>,
): (row: SourceRow, judgement: Judgement) => void {
  const { roll, exceptions, outbound, matches } = draft;
  const write = compileRow(draft.plan.mapping.write, draft.rules.targets);
  const mappedText = compileMappedText(draft.rules, digestOfRules);
  const enterUnique = compileUnique(draft);
  // A student may have many contacts: there, only the same row twice is a repeat.
  const keyIsDigest = belongsToStudent(draft.plan.mapping.record);

  return (row, judgement) => {
    if (judgement.kind === 'apart') {
      draft.rowsApart++;
      return;
    }
    const { id } = judgement;
    matches?.note(row.row, judgement);
    const entry = openEntry(row, id, verdictOf(judgement));
    const isAlone = row.flaw !== undefined || settlesRepeats;
    const texts = {
      key: isAlone ? '' : keyIsDigest ? digestOfRow(row.values.join(FIELD_SEPARATOR)) : id,
      content: row.fingerprint,
      mapped: '',
    };
    if (judgement.kind === 'carried') {
      const { values, standing } = judgement;
      const line = write(values);
      entry.outbound = outbound.appendText(line);
      entry.standing = standing;
      entry.previousId = judgement.previousId;
      texts.mapped = fingerprintOf(mappedText({ ...standing, values, line }));
      enterUnique(row.row, (target) => values[target] ?? '');
    } else {
      if (judgement.kind === 'held') entry.previousId = judgement.previousId;
      entry.exceptions = exceptions.appendText(renderExceptions(exceptionsOf(file, row, judgement)));
    }
    roll.enter(entry, texts);
  };
}

/** An entry without a text anywhere. */
function openEntry(
  { row, line }: Pick<SourceRow, 'row' | 'line'>,
  id: string,
  verdict: RowVerdict,
): RollEntry {
  return {
    row,
    line,
    id,
    verdict,
    standing: NO_STANDING,
    previousId: '',
    outbound: NOWHERE,
    exceptions: NOWHERE,
  };
}

/** The values of unique fields, each on a roll of its own. */
export function compileUnique({
  unique,
  mapping,
}: Pick<EntryPlace, 'unique' | 'mapping'>): (row: number, textOf: (target: number) => string) => void {
  return (row, textOf) => {
    for (const [index, { values }] of unique.entries()) {
      const value = textOf(mapping.uniqueTargets[index] ?? -1);
      const key = isBlank(value) ? '' : value;
      values.enter(openEntry({ row, line: 0 }, '', CARRIED), { key, content: '', mapped: '' });
    }
  };
}

/** What the mapping says is short in the text of every record. */
export const digestOfRules = (text: string): string => hash('sha256', text, 'hex').slice(0, 16);

/** Of all values of a row with a separator between them, where this is what makes two rows the same: they never meet by malice. */
export const digestOfRow = (values: string | Uint8Array): string =>
  hash('sha256', values, 'binary').slice(0, HASH_BYTES);

export const CARRIED: RowVerdict = { kind: 'carried' };
const HELD: RowVerdict = { kind: 'held' };

function verdictOf(judgement: BookedJudgement): RowVerdict {
  if (judgement.kind === 'carried') return CARRIED;
  if (judgement.kind === 'held') return HELD;
  if (judgement.kind === 'ineligible') return { kind: 'ineligible', reason: judgement.reason };
  if (judgement.kind === 'folded') return { kind: 'duplicate' };
  return { kind: 'rejected', code: judgement.findings[0]?.code ?? 'bad_value' };
}
