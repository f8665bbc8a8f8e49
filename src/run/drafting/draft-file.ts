import { hash } from 'node:crypto';
import { join } from 'node:path';
import { compileMappedText } from '../../compare/mapped-text.ts';
import type { LoadedFile } from '../../config/load-connection.ts';
import { type AppendFile, openAppendFile, type Span } from '../../files/append-file.ts';
import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import type { InputFile } from '../../parse/open-input.ts';
import { compileRow } from '../../render/compile-row.ts';
import { renderExceptions } from '../../report/exceptions-csv.ts';
import { openRoll, type Roll } from '../../tally/roll.ts';
import { NO_STANDING, type RollEntry, type RowVerdict } from '../../tally/roll-entry.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import { isBlank, type SourceRow } from '../../vocabulary/row.ts';
import { type FileMatches, openFileMatches } from '../matching/file-matches.ts';
import type { DroppedFile } from './drop-context.ts';
import { exceptionsOf } from './exceptions-of.ts';
import { type FieldRules, fieldRulesOf } from './field-rules.ts';
import type { BookedJudgement, Judgement } from './judge-row.ts';
import {
  type FileKnowledge,
  type JudgeContext,
  type JudgedFile,
  openJudgedFile,
} from './open-judged-file.ts';

/** One file of the drop, read to its end; repeats and dependants are not settled yet. */
export interface FileDraft {
  name: string;
  plan: LoadedFile;
  rules: FieldRules;
  input: InputFile;
  /** Every row of the file, and those of them that this run is not about. */
  rowsRead: number;
  rowsApart: number;
  roll: Roll;
  /** For each unique target field: its values, one entry a carried row. */
  unique: readonly { field: string; values: Roll }[];
  mapping: CompiledMapping;
  /** Every row that was carried at first sight, in UTF-8 whatever the outbound encoding. */
  outbound: AppendFile;
  /** By row number: the field whose value another row has too. */
  notUnique: Map<number, string>;
  /** The lines of exceptions.csv of every row that was not. */
  exceptions: AppendFile;
  /** Where the records are matched with the students of the other side. */
  matches: FileMatches | undefined;
  close(): void;
}

export interface DraftContext extends JudgeContext {
  known: FileKnowledge;
  /** Where the spools of this run may lie. */
  workFolder: string;
  /** Told the rows read so far, some times a second. */
  progress: (rows: number) => void;
  /** Stops the reading; the run stays as it was. */
  signal: AbortSignal;
}

/** Parse, decide, map, render: each row one first verdict. Throws what is wrong with the whole file. */
export async function draftFile(
  dropped: DroppedFile,
  plan: LoadedFile,
  context: DraftContext,
): Promise<FileDraft> {
  const judged = await openJudgedFile(dropped, plan, context, context.known);
  const draft = openFileDraft(dropped.name, plan, judged, context);
  try {
    const enter = compileEntry(draft, dropped.file);
    for await (const batch of judged.input.batches()) {
      context.signal.throwIfAborted();
      for (const [row, judgement] of await judgeBatch(batch, judged, context)) enter(row, judgement);
      draft.rowsRead += batch.length;
      context.progress(draft.rowsRead);
    }
    return draft;
  } catch (error) {
    draft.close();
    throw error;
  }
}

async function judgeBatch(
  batch: readonly SourceRow[],
  { judge }: JudgedFile,
  { temporaryIds }: DraftContext,
): Promise<[SourceRow, Judgement][]> {
  const judgeAll = () => batch.map((row): [SourceRow, Judgement] => [row, judge(row)]);
  const judged = judgeAll();
  return (await temporaryIds?.settle()) ? judgeAll() : judged;
}

function openFileDraft(
  name: string,
  plan: LoadedFile,
  { input, mapping }: JudgedFile,
  { workFolder, people }: DraftContext,
): FileDraft {
  const at = (kind: string) => join(workFolder, `${name}.${kind}`);
  const unique = mapping.uniqueTargets.map((target, index) => ({
    field: mapping.targets[target] ?? '',
    values: openRoll(at(`unique-${index}`)),
  }));
  const roll = openRoll(at('roll'));
  const outbound = openAppendFile(at('outbound'));
  const exceptions = openAppendFile(at('exceptions'));
  const isMatched = people !== undefined && plan.mapping.record === 'students';
  const matches = isMatched ? openFileMatches(at('matches')) : undefined;
  const close = () => {
    matches?.close();
    for (const one of [roll, outbound, exceptions, ...unique.map((each) => each.values)]) one.close();
  };
  return {
    name,
    plan,
    rules: fieldRulesOf(mapping, plan.mapping),
    input,
    rowsRead: 0,
    rowsApart: 0,
    roll,
    unique,
    mapping,
    outbound,
    notUnique: new Map(),
    exceptions,
    matches,
    close,
  };
}

const NOWHERE: Span = { offset: 0, length: 0 };

/** Puts a judged row on the roll, its text into the drafts. */
function compileEntry(draft: FileDraft, file: string): (row: SourceRow, judgement: Judgement) => void {
  const { roll, exceptions, outbound, matches } = draft;
  const write = compileRow(draft.plan.mapping.write);
  const mappedText = compileMappedText(draft.rules, (text) => hash('sha256', text, 'hex').slice(0, 16));
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
    const entry = newEntry(row, id, verdictOf(judgement));
    const texts = { key: row.flaw ? '' : keyIsDigest ? row.digest : id, content: row.digest, mapped: '' };
    if (judgement.kind === 'carried') {
      const { values, standing } = judgement;
      const line = write(values);
      entry.outbound = outbound.appendText(line);
      entry.standing = standing;
      entry.previousId = judgement.previousId;
      texts.mapped = mappedText({ ...standing, values, line });
      enterUnique(row, values);
    } else {
      if (judgement.kind === 'held') entry.previousId = judgement.previousId;
      entry.exceptions = exceptions.appendText(renderExceptions(exceptionsOf(file, row, judgement)));
    }
    roll.enter(entry, texts);
  };
}

function newEntry({ row, line }: SourceRow, id: string, verdict: RowVerdict): RollEntry {
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
function compileUnique({ unique, mapping }: FileDraft): (row: SourceRow, record: readonly string[]) => void {
  return (row, record) => {
    for (const [index, { values }] of unique.entries()) {
      const value = record[mapping.uniqueTargets[index] ?? -1] ?? '';
      values.enter(newEntry(row, '', CARRIED), { key: isBlank(value) ? '' : value, content: '', mapped: '' });
    }
  };
}

const CARRIED: RowVerdict = { kind: 'carried' };
const HELD: RowVerdict = { kind: 'held' };

function verdictOf(judgement: BookedJudgement): RowVerdict {
  if (judgement.kind === 'carried') return CARRIED;
  if (judgement.kind === 'held') return HELD;
  if (judgement.kind === 'ineligible') return { kind: 'ineligible', reason: judgement.reason };
  return { kind: 'rejected', code: judgement.findings[0]?.code ?? 'bad_value' };
}
