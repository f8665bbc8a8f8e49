import { join } from 'node:path';
import { renderConnectionSettings } from '../../config/connection-settings-text.ts';
import { inLanes } from '../../files/in-lanes.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { OpenRun } from '../open-run.ts';

/** Mappings and settings as they were used, into the run's folder: what an auditor needs years later. */
export async function keepMappings(run: OpenRun): Promise<void> {
  const { connection, folder } = run;
  const texts = [...connection.files].map(([name, file]) => [name, file.mappingText()]);
  const all = [...texts, ['connection', renderConnectionSettings(connection)]];
  await inLanes(all, ([name, text = '']) => writeWhole(join(folder.mapping, `${name}.yaml`), text));
}
