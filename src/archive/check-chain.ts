import { join } from 'node:path';
import { readHead } from './chain.ts';
import { connectionFolder, HEAD_FILE, MANIFEST_FILE } from './layout.ts';
import type { SealedManifest } from './manifest.ts';
import { byCode, isThere } from './read-entries.ts';
import type { Link } from './schema.ts';
import type { ArchiveProblem } from './verify-run-folder.ts';

/** Sealed runs by name; undefined where there is a folder whose manifest cannot be understood. */
type Runs = ReadonlyMap<string, SealedManifest | undefined>;

/**
 * Whether each run follows the one that it says it follows, from the first to the one that head.json names.
 * A run that was taken out shows in the run after it; the last one shows in head.json.
 */
export async function checkChain(archive: string, connection: string, runs: Runs): Promise<ArchiveProblem[]> {
  const problems: ArchiveProblem[] = [];
  const found = (run: string, file: string, problem: ArchiveProblem['problem']) =>
    problems.push({ connection, run, file, problem });
  const sealed = [...runs.values()].filter((run) => run !== undefined);
  for (const { manifest } of sealed) checkLink(manifest.previous, runs, found);
  for (const { manifest } of findForks(sealed)) found(manifest.run, MANIFEST_FILE, 'chain_broken');
  if (!(await isThere(join(connectionFolder(archive, connection), HEAD_FILE)))) {
    if (runs.size > 0) found('', HEAD_FILE, 'missing');
    return problems;
  }
  const head = await readHead(archive, connection);
  if (head) checkLink(head, runs, found);
  else found('', HEAD_FILE, 'unreadable');
  return problems;
}

/** What a link names must be there, with the hash that it had when the link was made. */
function checkLink(
  link: Link | null,
  runs: Runs,
  found: (run: string, file: string, problem: ArchiveProblem['problem']) => void,
): void {
  if (!link) return;
  const named = runs.get(link.run);
  if (named) {
    if (named.sha256 !== link.sha256) found(link.run, MANIFEST_FILE, 'altered');
  } else if (!runs.has(link.run)) found(link.run, '', 'missing');
}

/** Of the runs that follow the same one, or none, only the first was sealed in its turn. */
function findForks(sealed: readonly SealedManifest[]): SealedManifest[] {
  const first = new Map<string, SealedManifest>();
  const forks: SealedManifest[] = [];
  for (const run of sealed.toSorted((one, other) => byCode(one.manifest.run, other.manifest.run))) {
    const previous = run.manifest.previous?.run ?? '';
    if (first.has(previous)) forks.push(run);
    else first.set(previous, run);
  }
  return forks;
}
