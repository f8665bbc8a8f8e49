import { openEncoder } from '../../render/encoder.ts';
import { isBySchool } from '../../render/file-name.ts';
import { mayBeSuspicious } from '../drafting/is-suspicious.ts';
import type { AssembleTarget } from './assembly.ts';
import type { FileTask } from './file-task.ts';

/**
 * The one place that tells whether the outbound file is made out of the drafted lines, in their place: where nearly all go out in
 * their order and as they are, and nobody asks for one of them after.
 * @param same of the carried records
 */
export function isMadeInPlace(
  { draft, settings, last }: FileTask,
  { file, isContinued }: AssembleTarget,
  { carried, same }: { carried: number; same: number },
): boolean {
  const { record, write } = draft.plan.mapping;
  const isWhole = settings.deliver === 'full' && !isContinued && !isBySchool(file);
  const isAsItStands = openEncoder(write.encoding, write.bom).isUtf8;
  // Those who are matched, and those who may be an accident, are read again when the books are closed.
  const isReadOnce =
    draft.matches === undefined &&
    (record !== 'students' || !mayBeSuspicious(last.table.present(), carried, same));
  return isWhole && isAsItStands && isReadOnce;
}
