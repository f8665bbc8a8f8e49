import { PLAIN_CHOICES } from '../vocabulary/memory.ts';
import type { ReviewCandidate, ReviewEntry, ReviewItem, ReviewKind } from '../vocabulary/review.ts';
import { KIND_MEANINGS } from './review-columns.ts';

/** What a line of review.ndjson says, or undefined where it says nothing that is known. Other keys are left aside. */
export function asReviewEntry(value: unknown): ReviewEntry | undefined {
  if (!isObject(value)) return undefined;
  const { kind, file, targets, item } = value;
  if (kind === 'file') return isText(file) && isTexts(targets) ? { kind, file, targets } : undefined;
  if (kind !== 'item' || !isObject(item)) return undefined;
  const asked = asItem(item);
  return asked && { kind, item: asked };
}

type Plain = Readonly<Record<string, unknown>>;

function asItem(plain: Plain): ReviewItem | undefined {
  const { kind, file, id, field, why, existing, candidates, values, choices, holdsRun } = plain;
  if (!isKind(kind) || !isText(file) || !isText(id) || !isText(field) || !isText(why)) return undefined;
  if (!isText(existing) || !isTexts(values) || typeof holdsRun !== 'boolean') return undefined;
  if (!Array.isArray(candidates) || !Array.isArray(choices) || !choices.every(isChoice)) return undefined;
  const likely = candidates.map(asCandidate).filter((one) => one !== undefined);
  if (likely.length !== candidates.length) return undefined;
  return { kind, file, id, field, why, candidates: likely, existing, values, choices, holdsRun };
}

function asCandidate(value: unknown): ReviewCandidate | undefined {
  if (!isObject(value)) return undefined;
  const { id, score, why } = value;
  return isText(id) && typeof score === 'number' && isText(why) ? { id, score, why } : undefined;
}

function isKind(value: unknown): value is ReviewKind {
  return isText(value) && Object.hasOwn(KIND_MEANINGS, value);
}

const CHOICES: ReadonlySet<unknown> = new Set(['match', ...PLAIN_CHOICES]);

function isChoice(value: unknown): value is ReviewItem['choices'][number] {
  return CHOICES.has(value);
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
