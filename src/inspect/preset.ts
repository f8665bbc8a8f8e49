import type { RecordKind } from '../vocabulary/record-kind.ts';

/** A mapping of which the target fields are the aim: what it says is used, the columns that it reads are only names to look for. */
export interface Preset {
  /** generic/students */
  name: string;
  title: string;
  record: RecordKind;
  /** As written, plain values. */
  write: unknown;
  identity: Readonly<Record<string, unknown>>;
  fields: Readonly<Record<string, unknown>>;
}

/** One target field of a preset, in its long form. */
export interface PresetField {
  target: string;
  type: 'direct' | 'transformation' | 'match_codes' | 'do_not_map';
  /** The columns that the preset reads, any of which it would take. */
  columns: readonly string[];
  required: boolean;
  /** What the preset says beside type and column: steps, codes, checks. */
  rest: Readonly<Record<string, unknown>>;
}

export function presetFields(preset: Preset): PresetField[] {
  return Object.entries(preset.fields).map(([target, written]) => presetField(target, written));
}

function presetField(target: string, written: unknown): PresetField {
  if (!isRecord(written))
    return { target, type: 'direct', columns: columnsOf(written), required: false, rest: {} };
  const { type, column, ...rest } = written;
  return {
    target,
    type: typeOf(type, rest),
    columns: columnsOf(column),
    required: rest.required === true,
    rest,
  };
}

function typeOf(type: unknown, rest: Readonly<Record<string, unknown>>): PresetField['type'] {
  if (type === 'transformation' || type === 'match_codes' || type === 'do_not_map' || type === 'direct')
    return type;
  return 'apply' in rest ? 'transformation' : 'codes' in rest ? 'match_codes' : 'direct';
}

/** A column as it is written: one name, several, or a map that names it. */
export function columnsOf(written: unknown): string[] {
  if (isRecord(written)) return columnsOf(written.column);
  if (written === undefined || written === null) return [];
  return (Array.isArray(written) ? written : [written]).map(String);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
