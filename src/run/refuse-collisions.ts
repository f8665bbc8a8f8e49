import { AppError } from '../errors/app-error.ts';
import type { OpenRun, OutputRecord } from './open-run.ts';

/**
 * Two outbound files under names that are one on some systems would overwrite each other there, and nobody would notice.
 * The school in a name comes from the drop, so no check of the configuration can see it. Throws output_collision.
 */
export function refuseCollisions(
  { connection }: Pick<OpenRun, 'connection'>,
  outputs: readonly OutputRecord[],
): void {
  const known = new Map<string, OutputRecord>();
  for (const output of outputs) {
    const folded = output.file.normalize('NFC').toLowerCase();
    const other = known.get(folded);
    known.set(folded, other ?? output);
    if (!other || (other.file === output.file && isContinued(connection, other.name, output.name))) continue;
    throw new AppError(
      'output_collision',
      `The outbound files ${other.file} of ${other.name} and ${output.file} of ${output.name} have one name where capitals do not count`,
    );
  }
}

/** Records of one file that go behind those of another, as the connection says. */
function isContinued({ settings }: OpenRun['connection'], one: string, other: string): boolean {
  const intoOf = (name: string) => settings.files[name]?.into ?? name;
  return one !== other && intoOf(one) === intoOf(other);
}
