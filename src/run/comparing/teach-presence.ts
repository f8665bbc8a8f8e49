import type { AssembleTarget, Assembly } from './assembly.ts';
import type { FileTask } from './file-task.ts';

/**
 * Who is in a file that goes out follows from what the run teaches anyway. What does not follow is taught here, so that it
 * can be told for ever whom a file carried, also when the file itself is destroyed.
 */
export function teachHow({ only, settings, draft }: FileTask, { drafts }: AssembleTarget): void {
  const how = only ? 'some' : settings.deliver;
  if (how !== 'full') drafts.teach({ kind: 'sent', file: draft.name, how });
}

/** A row that is as it was last, in a file for some students alone. */
export function teachSentAgain({ only, draft, drafts }: Assembly, student: string): void {
  if (only) drafts.teach({ kind: 'sent_again', file: draft.name, id: student });
}

/** A record that is known, and not in a file that goes out whole. */
export function teachKeptBack({ only, settings, draft, drafts }: Assembly, id: string): void {
  if (!only && settings.deliver === 'full') drafts.teach({ kind: 'kept_back', file: draft.name, id });
}
