import { join } from 'node:path';
import { renderConnectionSettings } from '../../config/connection-settings-text.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { OpenRun } from '../open-run.ts';

/** Mappings and settings as they were used, into the run's folder: what an auditor needs years later. */
export async function keepMappings(run: OpenRun): Promise<void> {
  const { connection, folder } = run;
  for (const [name, file] of connection.files)
    await writeWhole(join(folder.mapping, `${name}.yaml`), file.mappingText());
  await writeWhole(join(folder.mapping, 'connection.yaml'), renderConnectionSettings(connection));
}
