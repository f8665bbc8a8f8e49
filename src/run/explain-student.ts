import { join } from 'node:path';
import { isThere } from '../archive/read-entries.ts';
import { refuseUnseal } from '../archive/unseal-files.ts';
import { encryptedName } from '../encryption/encrypted-name.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readTable } from '../parse/read-table.ts';
import type { Report } from '../report/schema.ts';

/** What a run did with one student. */
export interface ExplainedStudent {
  run: string;
  connection: string;
  businessDate: string;
  outcome: Report['run']['outcome'];
  /** Delivered files that carried the student. */
  sent: { record: string; file: string; sha256: string }[];
  /** Rows that were not carried, each with its reason. */
  notCarried: { file: string; row: string; line: string; field: string; code: string; message: string }[];
  /** Why the student is no longer delivered since this run: `absent` or `ineligible`; blank where that is not so. */
  removed: string;
  /** Retention destroyed what says why, so that only what was sent is known. */
  isDestroyed: boolean;
}

/**
 * Where a student is in a run, or why not: read from its exceptions.csv and changes.csv, and from the ledger.
 * Throws what unsealing throws, where the run is sealed encrypted.
 */
export async function explainStudent(
  student: string,
  { report, folder }: { report: Report; folder: string },
  { ledger, unseal = refuseUnseal }: { ledger: Pick<Ledger, 'disclosures'>; unseal?: typeof refuseUnseal },
): Promise<ExplainedStudent> {
  const { id, connection, business_date, outcome } = report.run;
  const disclosures = await ledger.disclosures(student, { connection });
  const own = disclosures.filter(({ run }) => run.id === id);
  const about = {
    run: id,
    connection,
    businessDate: business_date,
    outcome,
    sent: own.flatMap(({ file: record, outputs }) =>
      outputs.map(({ file, sha256 }) => ({ record, file, sha256 })),
    ),
  };
  const isEncrypted = await isThere(join(folder, encryptedName(EXCEPTIONS, 'age')));
  if (!isEncrypted) return { ...about, ...(await readOwn(folder, student)) };
  await using files = await unseal(folder, (path) => path === EXCEPTIONS || path === CHANGES);
  return { ...about, ...(await readOwn(files.folder, student)) };
}

const EXCEPTIONS = 'exceptions.csv';
const CHANGES = 'changes.csv';

async function readOwn(
  folder: string,
  student: string,
): Promise<Pick<ExplainedStudent, 'notCarried' | 'removed' | 'isDestroyed'>> {
  const exceptions = await rowsOf(join(folder, EXCEPTIONS), student);
  const changes = await rowsOf(join(folder, CHANGES), student);
  const removed = changes?.find(({ change }) => change === 'removed')?.after ?? '';
  const notCarried = (exceptions ?? []).map(
    ({ file = '', row = '', line = '', field = '', code = '', message = '' }) => ({
      file,
      row,
      line,
      field,
      code,
      message,
    }),
  );
  return { notCarried, removed, isDestroyed: exceptions === undefined };
}

/** Undefined where the file is not there: destroyed, or of a run that failed before it wrote one. */
async function rowsOf(
  path: string,
  student: string,
): Promise<Readonly<Record<string, string>>[] | undefined> {
  if (!(await isThere(path))) return undefined;
  const { rows } = await readTable(path);
  // Spreadsheets must not take an id for a formula, and so it may stand there behind an apostrophe.
  return rows.filter(({ student_id: id }) => id === student || id === `'${student}`);
}
