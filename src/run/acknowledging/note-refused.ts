import { join } from 'node:path';
import { writeWhole } from '../../files/write-whole.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { renderRefused } from '../../report/refused-csv.ts';
import type { Notice } from '../../vocabulary/run.ts';
import type { OpenRun } from '../open-run.ts';

/**
 * Whom the importing system refused and has not accepted since, as the run begins: refused.csv in its folder, and a
 * sentence in its report. Nothing where nobody is.
 */
export async function noteRefused(run: OpenRun, ledger: Ledger): Promise<Notice[]> {
  if (!run.connection.settings.acknowledge) return [];
  const refused = await ledger.answers.refused(run.connection.name);
  if (refused.length === 0) return [];
  await writeWhole(join(run.folder.path, 'refused.csv'), renderRefused(refused));
  const who = refused.length === 1 ? '1 student is' : `${refused.length} students are`;
  const message = `${who} refused by the importing system and not accepted since; refused.csv lists who and why.`;
  return [{ code: 'refused', message }];
}
