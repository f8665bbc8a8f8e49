import type { Decision } from '../eligibility/decide.ts';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { ColumnReader, SourceRow } from '../vocabulary/row.ts';
import { isBlank } from '../vocabulary/row.ts';
import type { IneligibleReason } from '../vocabulary/verdict.ts';

/** The first verdict on a row, seen alone; repeats and dependants are settled when the whole file was read. */
export type Judgement =
  | { kind: 'carried'; id: string; values: readonly string[] }
  | { kind: 'ineligible'; id: string; reason: IneligibleReason; rule: string }
  | { kind: 'rejected'; id: string; findings: readonly Finding[] };

export interface Judges {
  id: ColumnReader;
  decide: (values: readonly string[]) => Decision;
  map: CompiledMapping['map'];
  /** What the outbound file cannot hold. */
  unwritable: (values: readonly string[]) => Finding | undefined;
}

/** One row through eligibility and mapping. */
export function compileJudge(judges: Judges): (row: SourceRow) => Judgement {
  const { id: readId, decide, map, unwritable } = judges;
  return (row) => {
    if (row.flaw) return { kind: 'rejected', id: '', findings: [row.flaw] };
    const id = readId(row.values).trim();
    if (isBlank(id)) return { kind: 'rejected', id, findings: [BLANK_ID] };
    const decision = decide(row.values);
    if (decision.kind === 'left_out')
      return { kind: 'ineligible', id, reason: decision.reason, rule: decision.rule };
    if (decision.kind === 'rejected') return { kind: 'rejected', id, findings: [decision.finding] };
    const values = map(row.values);
    if (!Array.isArray(values)) return { kind: 'rejected', id, findings: values.findings };
    const obstacle = unwritable(values);
    if (obstacle) return { kind: 'rejected', id, findings: [obstacle] };
    return { kind: 'carried', id, values };
  };
}

const BLANK_ID: Finding = { code: 'blank_id', field: 'identity.id', message: 'The id is blank', value: '' };
