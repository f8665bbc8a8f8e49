import type { SettledEntry } from '../../tally/roll-entry.ts';
import type { ReviewItem } from '../../vocabulary/review.ts';
import type { Notice } from '../../vocabulary/run.ts';
import type { Assembly } from '../comparing/assembly.ts';
import { openDraftedReader } from '../drafting/read-drafted.ts';
import type { MatchCounts } from './file-matches.ts';
import { askClaim } from './match-questions.ts';
import type { MatchSettings } from './reference-file.ts';

/** A row that is carried after all: who it is counts. */
export function countMatch({ draft, matched, remarks }: Assembly, { row }: SettledEntry): void {
  if (!draft.matches) return;
  const { studentId, by, doubt } = draft.matches.matchOf(row) ?? {};
  if (studentId === undefined) matched.created++;
  else if (by === 'decision') matched.decided++;
  else matched.identified++;
  if (doubt !== undefined) remarks.set(doubt, (remarks.get(doubt) ?? 0) + 1);
}

/** A row that waits for a person: its questions are asked. A row that was taken back for another reason asks nothing. */
export function askAboutMatch(assembly: Assembly, entry: SettledEntry): void {
  const { draft, drafts, waiting, matched, settings } = assembly;
  const questions = entry.revised ? claimQuestions(assembly, entry) : draft.matches?.questionsOf(entry.row);
  for (const item of questions ?? []) {
    drafts.ask(item, draft.rules.targets);
    waiting[item.kind] = (waiting[item.kind] ?? 0) + 1;
  }
  if (settings.match && questions?.some(({ holdsRun }) => holdsRun)) matched.holdingRun++;
}

function claimQuestions({ draft, settings }: Assembly, entry: SettledEntry): ReviewItem[] {
  const { matches } = draft;
  const { studentId, by, doubt } = matches?.matchOf(entry.row) ?? {};
  if (!matches || !settings.match || studentId === undefined || by === 'no_likeness' || by === undefined)
    return [];
  const values = matches.questionsOf(entry.row)[0]?.values ?? openDraftedReader(draft).readOne(entry);
  const holds = settings.match.unresolved === 'hold_run' ? 'run' : 'record';
  return [askClaim({ file: draft.name, id: entry.id, values, doubt }, { studentId, by, holds })];
}

interface MatchedFile {
  name: string;
  matched: MatchCounts;
}

/** How the records of a file were matched, for the report. */
export function matchNotices({ name, matched }: MatchedFile, match: MatchSettings | undefined): Notice[] {
  const { identified, decided, created } = matched;
  if (!match || identified + decided + created === 0) return [];
  const message = `Matched with ${match.against}: ${identified} by their id, ${decided} by a decision, ${created} new`;
  return [{ code: 'matched', message, file: name }];
}

/** Why the run as a whole waits for who somebody is. */
export function matchHolds(assembled: readonly MatchedFile[]): string[] {
  const count = assembled.reduce((sum, { matched }) => sum + matched.holdingRun, 0);
  if (count === 0) return [];
  const records = count === 1 ? '1 record waits' : `${count} records wait`;
  return [
    `${records} for a person to say who they are at the other side (reconcile.match.unresolved is hold_run).`,
  ];
}
