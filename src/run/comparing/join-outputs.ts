import { join } from 'node:path';
import { appendBytes } from '../../files/append-bytes.ts';
import { hashFile } from '../../files/hash-file.ts';
import { readBlocks } from '../../files/read-blocks.ts';
import { makeFolder } from '../../files/write-whole.ts';
import { compileOutboundText } from '../../render/outbound-text.ts';
import type { FileDraft } from '../drafting/file-draft.ts';
import type { OpenRun, OutputRecord } from '../open-run.ts';

/** Records that go behind those of another file, such as teachers behind students. */
export interface JoinedOutput {
  name: string;
  /** Where they lie until then, under the name of the outbound file. */
  folder: string;
  /** What the outbound file begins with where the other file has no record. */
  head: Buffer;
}

/** Where the records of a file are drafted that go into the outbound file of another one; undefined where they do not. */
export async function placeBehind(
  { folder }: OpenRun,
  { name, plan, rules }: FileDraft,
): Promise<JoinedOutput | undefined> {
  if (plan.settings.into === undefined) return undefined;
  const place = join(folder.work, `${name}.behind`);
  await makeFolder(place);
  return { name, folder: place, head: compileOutboundText(plan.mapping.write, rules.targets).head };
}

/** Each of them behind the others, in the order of the connection. Answers the outputs with what the files now are. */
export async function joinOutputs(
  outputs: readonly OutputRecord[],
  joins: readonly JoinedOutput[],
  outboundFolder: string,
): Promise<OutputRecord[]> {
  const behind = new Map(joins.map((one) => [one.name, one]));
  const bodies = outputs.filter(({ name }) => behind.has(name));
  const begun = new Set(outputs.filter(({ name }) => !behind.has(name)).map(({ file }) => file));
  const files = new Map<string, OutputRecord['digest']>();
  for (const { name, file } of bodies) {
    const from = behind.get(name);
    if (!from) continue;
    const path = join(outboundFolder, file);
    if (!begun.has(file)) await appendBytes(path, [from.head]);
    await appendBytes(path, readBlocks(join(from.folder, file)));
    begun.add(file);
    files.set(file, await hashFile(path));
  }
  return outputs.map((one) => ({ ...one, digest: files.get(one.file) ?? one.digest }));
}
