import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CheckedMapping, mappingSchema } from '../../../../src/config/load-mapping.ts';
import { eligibilitySchema } from '../../../../src/eligibility/schema.ts';
import { NOTHING_KNOWN } from '../../../../src/run/drafting/file-knowledge.ts';
import { type BothWays, judgeBothWays } from './both-ways.ts';
import { contextOf, planOf } from './judge-pairs.ts';

const NO_WAIVERS = { always: new Set<string>(), never: new Set<string>() };
const MARK_BYTES = 3;

/** A file as it is written here, under a mapping in YAML without its version. */
export const judgeText = (mapping: string, text: string, cuts?: readonly number[]): Promise<BothWays> =>
  judgeMapped(mappingSchema.parse({ version: 1, ...parse(mapping) }), text, cuts);

/** @param cuts where its bytes are cut on their way to the reader; as they are read from the disk where this is left out */
export async function judgeMapped(
  mapping: CheckedMapping,
  text: string,
  cuts?: readonly number[],
): Promise<BothWays> {
  const folder = await mkdtemp(join(tmpdir(), 'bytes-text-'));
  const path = join(folder, 'students.csv');
  try {
    await writeFile(path, text);
    return await judgeBothWays({
      path,
      plan: planOf(mapping, new Map()),
      context: contextOf(everyone(mapping), NO_WAIVERS),
      known: NOTHING_KNOWN,
      chunks: cuts && cutAt(Buffer.from(text), cuts),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** With a category, for mappings that show it. */
function everyone({ identity }: CheckedMapping) {
  const enrolled = { column: identity.id, empty: false };
  return eligibilitySchema.parse({ policy: 'everyone', categories: { enrolled } });
}

async function* cutAt(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let from = bytes[0] === 0xef ? MARK_BYTES : 0;
  for (const to of [...cuts, bytes.length])
    if (to > from) {
      yield bytes.subarray(from, to);
      from = to;
    }
}
