import type { LoadedConnection } from '../../config/load-connection.ts';
import { activeWaivers } from '../../eligibility/waivers.ts';
import { AppError } from '../../errors/app-error.ts';
import { readTable } from '../../parse/read-table.ts';

/** The ids that are always and never carried, on this day. Lists in files are read anew for each run. */
export async function loadWaivers(connection: LoadedConnection, today: string) {
  const { always_include, never_include } = connection.settings.eligibility;
  return { always: await idsOf(always_include, today), never: await idsOf(never_include, today) };
}

type Waivers = LoadedConnection['settings']['eligibility']['always_include'];

async function idsOf(waivers: Waivers, today: string): Promise<ReadonlySet<string>> {
  if (!('file' in waivers)) return new Set(waivers);
  const table = await readTable(waivers.file);
  for (const column of [waivers.id, waivers.until]) {
    if (column === undefined || table.columns.includes(column)) continue;
    const sentence = `The list has no column "${column}". It has: ${table.columns.join(', ')}`;
    throw new AppError('missing_column', sentence, { place: { file: waivers.file, line: 1, column: 1 } });
  }
  const { ids, problems } = activeWaivers(table.rows, waivers, today);
  if (problems.length > 0)
    throw new AppError('config_invalid', problems.join(' '), { place: { file: waivers.file } });
  return ids;
}
