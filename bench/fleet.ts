import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sampleConfig, sampleMappings } from '../src/sample/config.ts';

export interface Fleet {
  config: string;
  names: readonly string[];
}

/** A service of so many districts, each with a file, a folder and mappings of its own, and no drop yet. */
export async function writeFleet(folder: string, count: number): Promise<Fleet> {
  const names = Array.from({ length: count }, (_, at) => `district-${String(at + 1).padStart(4, '0')}`);
  const config = join(folder, 'rosterferry.yaml');
  await write(
    config,
    `version: 1\ntimezone: UTC\narchive: { path: archive }\ninclude: [connections/*.yaml]\n`,
  );
  for (const name of names) {
    await write(join(folder, 'connections', `${name}.yaml`), connectionOf(name));
    for (const { path, content } of sampleMappings(name)) await write(join(folder, path), content);
    for (const side of ['inbound', 'outbound']) await mkdir(join(folder, side, name), { recursive: true });
  }
  return { config, names };
}

/** The same extract for each of them. */
export async function dropStudents(folder: string, { names }: Fleet, students: string): Promise<void> {
  for (const name of names) await cp(students, join(folder, 'inbound', name, 'students.csv'));
}

/** The sample's connection alone; its paths are relative to the file in which it stands. */
function connectionOf(connection: string): string {
  const text = sampleConfig({
    connection,
    inbound: `../inbound/${connection}`,
    outbound: `../outbound/${connection}`,
    mappings: `../mappings/${connection}`,
    quiet: '0s',
  });
  return text.slice(text.indexOf('connections:'));
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
