import type { FileDifference, ReplayAnswer } from '../run/replaying/replay-answer.ts';
import type { RecordDifferences } from '../run/replaying/replay-records.ts';
import type { VerdictDifference } from '../run/replaying/replay-verdicts.ts';

export interface ReplayShown {
  /** As typed after --mapping. */
  mappings: readonly string[];
  /** Whether values of students may be shown. */
  values: boolean;
}

/** What `replay --json` prints. */
export function replayDocument(answer: ReplayAnswer, { mappings, values }: ReplayShown): object {
  const { was, now, folder, isIdentical, settings, totals, held, breached, files } = answer;
  return {
    run: was.run.id,
    connection: was.run.connection,
    business_date: was.run.business_date,
    outcome: was.run.outcome,
    identical: isIdentical,
    dry_run: { id: now.run.id, folder },
    mappings,
    error: now.error ?? null,
    error_then: was.error ?? null,
    settings,
    totals,
    held,
    breached,
    files: files.map((file) => documentOfFile(file, values)),
  };
}

function documentOfFile({ name, bytes, rows, records, verdicts }: FileDifference, values: boolean): object {
  return {
    name,
    bytes,
    rows,
    records: records ? documentOfRecords(records, values) : null,
    verdicts: verdicts?.map(documentOfVerdict) ?? null,
  };
}

function documentOfRecords(
  { onlyThen, onlyNow, differ, fields }: RecordDifferences,
  values: boolean,
): object {
  return {
    only_then: onlyThen,
    only_now: onlyNow,
    differ,
    fields: fields.map(({ examples, ...field }) => ({
      ...field,
      examples: examples.map(({ id, before, after }) => (values ? { id, before, after } : { id })),
    })),
  };
}

function documentOfVerdict({ was, codeWas, now, codeNow, rows, examples }: VerdictDifference): object {
  return {
    was,
    code_was: codeWas === '' ? null : codeWas,
    now,
    code_now: codeNow === '' ? null : codeNow,
    rows,
    examples,
  };
}
