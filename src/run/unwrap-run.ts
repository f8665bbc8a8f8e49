import { compileNamesOf } from '../source/choose-drop.ts';
import { unwrapDrop } from '../unwrap/unwrap-drop.ts';
import type { OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Puts the members of a zip in place of the zip, beside it in the inbound folder. The first thing that is done to a
 * claimed drop; safe to repeat. The zip stays with the first of its members, for clearing it at the source.
 */
export async function unwrapRun(run: OpenRun, tools: RunTools): Promise<void> {
  const { files } = run.connection.settings;
  const unwrapped = await unwrapDrop(run.record.claimed, {
    inbound: run.folder.inbound,
    files,
    namesOf: compileNamesOf(files),
    signal: tools.signal,
  });
  run.record = { ...run.record, claimed: unwrapped.files };
}
