import type { Notice } from '../../vocabulary/run.ts';
import type { Lane } from '../open-run.ts';
import type { FileDraft } from './file-draft.ts';

/** The students of a run that is for some alone, and which of them the drop has. */
export interface OpenLane {
  only: ReadonlySet<string>;
  isMeant(id: string): boolean;
  /** Without an id: whoever typed them knows them. */
  notices(drafts: readonly FileDraft[]): Notice[];
}

export function openLane({ students }: Lane): OpenLane {
  const only = new Set(students);
  const met = new Set<string>();
  return {
    only,
    isMeant(id) {
      if (!only.has(id)) return false;
      met.add(id);
      return true;
    },
    notices(drafts) {
      const apart = drafts.reduce((sum, { rowsApart }) => sum + rowsApart, 0);
      const left = { code: 'left_apart', message: `${apart} rows of others were left as they were.` };
      if (met.size === only.size) return [left];
      const message = `${only.size - met.size} of the ${only.size} students that were asked for are in no file of the drop.`;
      return [{ code: 'not_in_drop', message }, left];
    },
  };
}
