import { join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { whyUnsafe } from '../files/safe-name.ts';

/** Where what lies in an archive. Names only: nothing here looks at the disk. */
export const OPEN = '.open';
export const DRY = '.dry';
export const STATE_FILE = 'state.json';
export const WORK_FOLDER = 'work';
export const MANIFEST_FILE = 'manifest.json';
export const SUMS_FILE = 'SHA256SUMS';
export const HEAD_FILE = 'head.json';
export const KEPT_FOLDERS = ['inbound', 'outbound', 'mapping'] as const;

export const YEAR = /^\d{4}$/;
export const MONTH = /^(0[1-9]|1[0-2])$/;
/** What a crash while a file was written may leave; see files/write-whole.ts. */
export const TEMPORARY = /^\..+\.tmp$/;

export function openFolder(archive: string, run: string): string {
  return join(archive, OPEN, checked(run));
}

export function dryFolder(archive: string, run: string): string {
  return join(archive, DRY, checked(run));
}

/** Year and month are those of the business date: that is the day by which people look for a run. */
export function sealedFolder(
  archive: string,
  run: { id: string; connection: string; businessDate: string },
): string {
  const [year = '', month = ''] = run.businessDate.split('-');
  if (!YEAR.test(year) || !MONTH.test(month)) throw unusable(run.businessDate, 'it is no date');
  return join(connectionFolder(archive, run.connection), year, month, checked(run.id));
}

export function connectionFolder(archive: string, connection: string): string {
  return join(archive, checked(connection));
}

export const DESTRUCTION_FILE = 'destruction.json';
export const CHECKPOINT_FILE = 'checkpoint.ndjson';

const PURGE_NAME = /^\d{8}T\d{6}Z-.+-purge[^-]+$/;

/** Whether a sealed folder is that of a purge: a link of the chain, and no run. The end of a run's name is never so. */
export function isPurge(run: string): boolean {
  return PURGE_NAME.test(run);
}

export const ACKNOWLEDGEMENT_FILE = 'acknowledgement.json';

const ACKNOWLEDGEMENT_NAME = /^\d{8}T\d{6}Z-.+-ack[^-]+$/;

/** Whether a sealed folder is that of an answer of the importing system: a link of the chain as well, and no run. */
export function isAcknowledgement(run: string): boolean {
  return ACKNOWLEDGEMENT_NAME.test(run);
}

/** Whether a sealed folder is that of a run, and no other link of the chain. */
export function isRun(name: string): boolean {
  return !isPurge(name) && !isAcknowledgement(name);
}

const RUN_NAME = /^\d{8}T\d{6}Z-(.+)-[^-]+$/;

/** Whether a run is, or by its name may be, one of this connection; its state says for certain. */
export function mayBelongTo(run: string, connection: string): boolean {
  const named = RUN_NAME.exec(run)?.[1];
  return named === undefined || named === connection;
}

/** Where the state waits between the moment it leaves the run's folder and the rename that seals it. */
export function stateBeside(archive: string, run: string): string {
  return join(archive, OPEN, `.${checked(run)}.${STATE_FILE}`);
}

/** Where the plain files of a run wait while, and until, it is sealed encrypted. */
export function plainBeside(archive: string, run: string): string {
  return join(archive, OPEN, `.${checked(run)}${PLAIN_ASIDE}`);
}

export const PLAIN_ASIDE = '.plain';

/** Why a name cannot be a run or a connection; a leading dot is for the archive itself. */
export function whyUnusable(name: string): string | undefined {
  return whyUnsafe(name) ?? (name.startsWith('.') ? 'it begins with a dot' : undefined);
}

/** One segment that stays below the archive. */
function checked(name: string): string {
  const why = whyUnusable(name);
  if (why !== undefined) throw unusable(name, why);
  return name;
}

function unusable(name: string, why: string): AppError {
  return new AppError('unsafe_name', `${JSON.stringify(name)} names no folder of the archive: ${why}`);
}
