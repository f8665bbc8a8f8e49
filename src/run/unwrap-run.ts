import { compileNamesOf } from '../source/choose-drop.ts';
import { unwrapDrop } from '../unwrap/unwrap-drop.ts';
import type { Notice } from '../vocabulary/run.ts';
import type { OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Puts the members of a zip in place of the zip, beside it in the inbound folder. The first thing that is done to a
 * claimed drop; safe to repeat. Answers what of the zip is not taken. The zip stays with the first of its members, for clearing it at the source.
 */
export async function unwrapRun(run: OpenRun, tools: RunTools): Promise<Notice[]> {
  const { files } = run.connection.settings;
  const unwrapped = await unwrapDrop(run.record.claimed, {
    inbound: run.folder.inbound,
    files,
    namesOf: compileNamesOf(files),
    signal: tools.signal,
  });
  run.record = { ...run.record, claimed: unwrapped.files };
  const { ignored } = unwrapped;
  if (ignored.length === 0) return [];
  return [
    {
      code: 'members_not_taken',
      message: `The zip also has files that no pattern of the connection fits: ${ignored.join(', ')}`,
    },
  ];
}
