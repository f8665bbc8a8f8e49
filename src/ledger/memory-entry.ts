import {
  type DecisionChoice,
  type DeliveredRecord,
  type MemoryEntry,
  PLAIN_CHOICES,
  SENT_HOW,
} from '../vocabulary/memory.ts';
import { CHANGES, type Change } from '../vocabulary/verdict.ts';

/**
 * What a line of memory.ndjson says, or undefined where it says nothing that is known. Keys that are not known are
 * left aside. By hand, because a schema takes longer over a million lines than everything else that is done to them.
 */
export function asMemoryEntry(value: unknown): MemoryEntry | undefined {
  if (!isObject(value)) return undefined;
  switch (value.kind) {
    case 'file':
      return asFile(value);
    case 'record':
      return asRecordEntry(value);
    case 'removed':
      return asRemoved(value);
    case 'link':
      return asLink(value);
    case 'decision':
      return asDecisionEntry(value);
    case 'same':
      return asSame(value);
    case 'temporary_id':
      return asTemporaryId(value);
    case 'sent':
      return asSent(value);
    case 'kept_back':
    case 'sent_again':
      return asPresence(value.kind, value);
    case 'recipient':
      return asRecipient(value);
    case 'acknowledged':
      return asAcknowledged(value);
    case 'answered':
      return asAnswered(value);
    case 'destroyed':
      return isTexts(value.runs) ? { kind: 'destroyed', runs: value.runs } : undefined;
    default:
      return undefined;
  }
}

type Plain = Readonly<Record<string, unknown>>;

function asFile({ file, targets, bytes }: Plain): MemoryEntry | undefined {
  if (!isText(file) || !isTexts(targets) || !isCount(bytes)) return undefined;
  return { kind: 'file', file, targets, bytes };
}

function asRecordEntry({ file, change, record }: Plain): MemoryEntry | undefined {
  if (!isText(file) || !isChange(change) || !isObject(record)) return undefined;
  const delivered = asRecord(record);
  return delivered && { kind: 'record', file, change, record: delivered };
}

function asRecord({ id, values, mapped, active, school, grade }: Plain): DeliveredRecord | undefined {
  if (!isText(id) || !isTexts(values) || !isText(mapped) || typeof active !== 'boolean') return undefined;
  return isText(school) && isText(grade) ? { id, values, mapped, active, school, grade } : undefined;
}

function asRemoved({ file, id, why, deactivated, values }: Plain): MemoryEntry | undefined {
  if (!isText(file) || !isText(id) || typeof deactivated !== 'boolean') return undefined;
  if (why !== 'absent' && why !== 'ineligible') return undefined;
  const removed = { kind: 'removed', file, id, why, deactivated } as const;
  if (values === undefined) return removed;
  return isTexts(values) ? { ...removed, values } : undefined;
}

function asLink({ file, from, to }: Plain): MemoryEntry | undefined {
  return isText(file) && isText(from) && isText(to) ? { kind: 'link', file, from, to } : undefined;
}

function asDecisionEntry({ decision }: Plain): MemoryEntry | undefined {
  if (!isObject(decision)) return undefined;
  const { file, id, field, choice, value, about, shown, by, at, reason } = decision;
  if (!isText(file) || !isText(id) || !isText(field) || !isChoice(choice)) return undefined;
  if (!isText(value) || !isText(about) || !isTexts(shown)) return undefined;
  if (!isText(by) || !isText(at) || !isText(reason)) return undefined;
  return { kind: 'decision', decision: { file, id, field, choice, value, about, shown, by, at, reason } };
}

function asSame({ file, id, mapped, active, school, grade }: Plain): MemoryEntry | undefined {
  if (!isText(file) || !isText(id) || !isText(mapped) || typeof active !== 'boolean') return undefined;
  if (!isText(school) || !isText(grade)) return undefined;
  return { kind: 'same', file, id, mapped, active, school, grade };
}

function asTemporaryId({ prefix, key, id }: Plain): MemoryEntry | undefined {
  return isText(prefix) && isText(key) && isText(id) ? { kind: 'temporary_id', prefix, key, id } : undefined;
}

function asSent({ file, how }: Plain): MemoryEntry | undefined {
  const known = SENT_HOW.find((one) => one === how);
  return isText(file) && known ? { kind: 'sent', file, how: known } : undefined;
}

function asRecipient({ title, destination }: Plain): MemoryEntry | undefined {
  return isText(title) && isText(destination) ? { kind: 'recipient', title, destination } : undefined;
}

function asAcknowledged({ run, name, sha256, accepted, refused }: Plain): MemoryEntry | undefined {
  if (!isText(run) || !isText(name) || !isText(sha256)) return undefined;
  if (!isCount(accepted) || !isCount(refused)) return undefined;
  return { kind: 'acknowledged', run, name, sha256, accepted, refused };
}

function asAnswered({ id, verdict, status, message }: Plain): MemoryEntry | undefined {
  if (!isText(id) || !isText(status) || !isText(message)) return undefined;
  if (verdict !== 'accepted' && verdict !== 'refused') return undefined;
  return { kind: 'answered', id, verdict, status, message };
}

function asPresence(kind: 'kept_back' | 'sent_again', { file, id }: Plain): MemoryEntry | undefined {
  return isText(file) && isText(id) ? { kind, file, id } : undefined;
}

function isObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const TOLD: ReadonlySet<unknown> = new Set(CHANGES.filter((change) => change !== 'unchanged'));

function isChange(value: unknown): value is Exclude<Change, 'unchanged'> {
  return TOLD.has(value);
}

const PLAIN: ReadonlySet<unknown> = new Set(PLAIN_CHOICES);

export function isChoice(value: unknown): value is DecisionChoice {
  return PLAIN.has(value) || (isText(value) && value.startsWith('match:'));
}
