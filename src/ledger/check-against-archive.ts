import { AppError } from '../errors/app-error.ts';
import type { AppliedRun, Generation, Ledger } from './ledger.ts';

/** The end of the chain of a connection, as the archive tells it. */
export interface ArchiveHead {
  connection: string;
  /** The run that was sealed last. */
  run: string;
  /** Of its manifest.json. */
  sha256: string;
  /** The run before, as its manifest names it; undefined or null of the first. */
  previous: { run: string; sha256: string } | null | undefined;
  /** Sealed folders of the connection: for the sentence alone, because retention takes runs away. */
  count: number;
}

/**
 * Whether the ledger may be believed beside this archive. Answers the runs that it merely lacks because a crash came
 * between seal and apply: the last one of a connection, never more. Apply them and go on.
 * A ledger that knows more than the archive is believed: it knows what was delivered, and `verify` names what is gone.
 * Throws ledger_younger where it is empty or an older copy beside a fuller archive, or of another history: it would
 * send again what the other side has, and call its students new.
 */
export async function checkAgainstArchive(
  ledger: Pick<Ledger, 'findRun' | 'generation'>,
  heads: readonly ArchiveHead[],
): Promise<{ behind: string[] }> {
  const behind: string[] = [];
  for (const head of heads) {
    const known = await ledger.findRun(head.run);
    const generation = await ledger.generation(head.connection);
    const isFollowed = known ? isSameRun(known, head) : isJustBehind(generation.last, head);
    if (!isFollowed) throw younger(head, generation);
    if (!known) behind.push(head.run);
  }
  return { behind };
}

type Link = Pick<ArchiveHead, 'connection' | 'run' | 'sha256'>;

function isSameRun(known: AppliedRun, { connection, run, sha256 }: Link): boolean {
  return known.connection === connection && known.id === run && known.manifestSha256 === sha256;
}

function isJustBehind(last: AppliedRun | undefined, { connection, previous }: ArchiveHead): boolean {
  if (!last || !previous) return !last && !previous;
  return isSameRun(last, { ...previous, connection });
}

function younger(head: ArchiveHead, { runs, last }: Generation): AppError {
  const { connection, run, count } = head;
  const knows = last ? `knows ${runs} runs of ${connection}, the last one ${last.id}` : 'knows no run of it';
  return new AppError(
    'ledger_younger',
    `The archive of ${connection} has ${count} sealed runs, the last one ${run}, and the ledger ${knows}`,
    { context: { connection, run, known: runs } },
  );
}
