import { folderKey } from './folder-key.ts';
import { carriedFiles, type LoadedConnection } from './load-connection.ts';

/**
 * Of each connection that delivers a file under the name and into the folder of another one, what becomes of it, in a
 * sentence. It is no mistake where the importing system takes each file away at once; elsewhere it loses a district.
 */
export async function sharedDeliveries(
  connections: Iterable<LoadedConnection>,
): Promise<ReadonlyMap<string, string>> {
  const firsts = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const connection of connections) {
    const { settings, name } = connection;
    if (!settings.enabled) continue;
    const folder = await folderKey(settings.destination);
    for (const file of deliveredNames(connection)) {
      const key = `${folder}\0${file.toLowerCase()}`;
      const first = firsts.get(key) ?? name;
      firsts.set(key, first);
      if (first !== name)
        shared.set(
          name,
          `${first} delivers ${file} there too, and the later file takes the place of the earlier one: give one of them a folder of its own, or put {connection} into the name`,
        );
    }
  }
  return shared;
}

/** The name of a run is its own, so nothing that has it in its name can be replaced. */
function deliveredNames(connection: LoadedConnection): string[] {
  const { package: zip } = connection.settings;
  const names = zip
    ? [zip.zip]
    : [...carriedFiles(connection).values()].map(({ mapping }) => mapping.write.file);
  return names
    .filter((name) => !name.includes('{run}'))
    .map((name) => name.replaceAll('{connection}', connection.name));
}
