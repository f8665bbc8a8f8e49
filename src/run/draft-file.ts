import { join } from 'node:path';
import type { LoadedFile } from '../config/load-connection.ts';
import { type AppendFile, openAppendFile, type Span } from '../files/append-file.ts';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import type { InputFile } from '../parse/open-input.ts';
import { compileRow } from '../render/compile-row.ts';
import { type Encoder, openEncoder } from '../render/encoder.ts';
import { type ExceptionRow, renderExceptions } from '../report/exceptions-csv.ts';
import { openRoll, type Roll } from '../tally/roll.ts';
import type { RollEntry, RowVerdict } from '../tally/roll-entry.ts';
import { belongsToStudent } from '../vocabulary/record-kind.ts';
import { isBlank, type SourceRow } from '../vocabulary/row.ts';
import type { Judgement } from './judge-row.ts';
import { type DroppedFile, type JudgeContext, type JudgedFile, openJudgedFile } from './open-judged-file.ts';

/** One file of the drop, read to its end; repeats and dependants are not settled yet. */
export interface FileDraft {
  name: string;
  plan: LoadedFile;
  input: InputFile;
  rowsRead: number;
  roll: Roll;
  /** For each unique target field: its values, one entry a carried row. */
  unique: readonly { field: string; values: Roll }[];
  mapping: CompiledMapping;
  encoder: Encoder;
  /** Header first, then every row that was carried at first sight. */
  outbound: AppendFile;
  header: Span;
  /** The lines of exceptions.csv of every row that was not. */
  exceptions: AppendFile;
  close(): void;
}

export interface DraftContext extends JudgeContext {
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
  const judged = await openJudgedFile(dropped, plan, context);
  const draft = openFileDraft(dropped.name, plan, judged, context.workFolder);
  try {
    const enter = compileEntry(draft, dropped.file);
    for await (const batch of judged.input.batches()) {
      context.signal.throwIfAborted();
      for (const row of batch) enter(row, judged.judge(row));
      draft.rowsRead += batch.length;
      context.progress(draft.rowsRead);
    }
    return draft;
  } catch (error) {
    draft.close();
    throw error;
  }
}

function openFileDraft(
  name: string,
  plan: LoadedFile,
  { input, mapping }: JudgedFile,
  workFolder: string,
): FileDraft {
  const { write } = plan.mapping;
  const at = (kind: string) => join(workFolder, `${name}.${kind}`);
  const unique = mapping.uniqueTargets.map((target, index) => ({
    field: mapping.targets[target] ?? '',
    values: openRoll(at(`unique-${index}`)),
  }));
  const roll = openRoll(at('roll'));
  const outbound = openAppendFile(at('outbound'));
  const exceptions = openAppendFile(at('exceptions'));
  const encoder = openEncoder(write.encoding, write.bom);
  const names = write.header ? encoder.encode(compileRow(write)(mapping.targets)) : Buffer.alloc(0);
  const header = outbound.append(Buffer.concat([encoder.mark, names]));
  const close = () => {
    for (const one of [roll, outbound, exceptions, ...unique.map((each) => each.values)]) one.close();
  };
  return {
    name,
    plan,
    input,
    rowsRead: 0,
    roll,
    unique,
    mapping,
    encoder,
    outbound,
    header,
    exceptions,
    close,
  };
}

const NOWHERE: Span = { offset: 0, length: 0 };

/** Puts a judged row on the roll, its text into the drafts. */
function compileEntry(draft: FileDraft, file: string): (row: SourceRow, judgement: Judgement) => void {
  const { roll, exceptions } = draft;
  const carry = compileCarry(draft);
  // A student may have many contacts: there, only the same row twice is a repeat.
  const keyIsDigest = belongsToStudent(draft.plan.mapping.record);

  return (row, judgement) => {
    const { id } = judgement;
    const key = row.flaw ? '' : keyIsDigest ? row.digest : id;
    const entry: RollEntry = {
      row: row.row,
      line: row.line,
      id,
      verdict: verdictOf(judgement),
      outbound: NOWHERE,
      exceptions: NOWHERE,
    };
    if (judgement.kind === 'carried') entry.outbound = carry(row, judgement.values);
    else entry.exceptions = exceptions.appendText(renderExceptions(exceptionsOf(file, row, judgement)));
    roll.enter(entry, key, row.digest);
  };
}

/** Writes a record into the outbound draft and its unique values onto their rolls. */
function compileCarry(draft: FileDraft): (row: SourceRow, values: readonly string[]) => Span {
  const { outbound, encoder, unique, mapping } = draft;
  const write = compileRow(draft.plan.mapping.write);
  const append = encoder.isUtf8
    ? (text: string) => outbound.appendText(text)
    : (text: string) => outbound.append(encoder.encode(text));

  return ({ row, line }, record) => {
    for (const [index, { values }] of unique.entries()) {
      const value = record[mapping.uniqueTargets[index] ?? -1] ?? '';
      const entry = { row, line, id: '', verdict: CARRIED, outbound: NOWHERE, exceptions: NOWHERE };
      values.enter(entry, isBlank(value) ? '' : value, '');
    }
    return append(write(record));
  };
}

const CARRIED: RowVerdict = { kind: 'carried' };

function verdictOf(judgement: Judgement): RowVerdict {
  if (judgement.kind === 'carried') return CARRIED;
  if (judgement.kind === 'ineligible') return { kind: 'ineligible', reason: judgement.reason };
  return { kind: 'rejected', code: judgement.findings[0]?.code ?? 'bad_value' };
}

function exceptionsOf(
  file: string,
  row: SourceRow,
  judgement: Exclude<Judgement, { kind: 'carried' }>,
): ExceptionRow[] {
  const place = { file, row: row.row, line: row.line, studentId: judgement.id };
  if (judgement.kind === 'ineligible') {
    return [{ ...place, field: '', code: judgement.reason, message: judgement.rule, value: '' }];
  }
  return judgement.findings.map(({ field, code, message, value }) => ({
    ...place,
    field,
    code,
    message,
    value,
  }));
}
