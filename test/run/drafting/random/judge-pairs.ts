/** Random pairs, each judged both ways. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionSchema } from '../../../../src/config/config-schema.ts';
import type { LoadedConnection, LoadedFile } from '../../../../src/config/load-connection.ts';
import type { StateRule } from '../../../../src/eligibility/state-rules.ts';
import { AppError, AppErrors } from '../../../../src/errors/app-error.ts';
import { NOTHING_KNOWN } from '../../../../src/run/drafting/file-knowledge.ts';
import type { JudgeContext } from '../../../../src/run/drafting/open-judged-file.ts';
import type { RecordDecision } from '../../../../src/vocabulary/memory.ts';
import { A_DAY } from '../../../mapping/a-mapping.ts';
import { type BothWays, expectSame, judgeBothWays, type ToBeJudged } from './both-ways.ts';
import { CODE_TABLES } from './fields.ts';
import { type RandomPair, randomPair } from './pair.ts';

/** BYTES_SEED judges one pair alone, as a failure says. */
export const ONLY_SEED = process.env.BYTES_SEED === undefined ? undefined : Number(process.env.BYTES_SEED);

export interface Judged {
  pairs: number;
  /** Pairs whose file was refused before its first row. */
  refused: number;
  /** Rows that are sound. */
  asBytes: number;
  ordinary: number;
  /** Pairs of which at least a row went as bytes. */
  withBytes: number;
  /** For each transformation: rows of mappings that have it. */
  steps: Map<string, { asBytes: number; ordinary: number }>;
}

/** So many pairs, from seeds that follow each other. Throws what the first that differs says. */
export async function judgePairs(first: number, count: number): Promise<Judged> {
  const from = ONLY_SEED ?? first;
  const to = ONLY_SEED === undefined ? first + count : ONLY_SEED + 1;
  const all: Judged = {
    pairs: to - from,
    refused: 0,
    asBytes: 0,
    ordinary: 0,
    withBytes: 0,
    steps: new Map(),
  };
  const folder = await mkdtemp(join(tmpdir(), 'bytes-differential-'));
  try {
    for (let seed = from; seed < to; seed++) {
      const pair = randomPair(seed);
      const both = await judgePair(pair, join(folder, 'students.csv'), seed);
      if (!both) all.refused++;
      else countIn(all, pair, both, seed);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return all;
}

function countIn(all: Judged, { steps }: RandomPair, both: BothWays, seed: number): void {
  expectSame(both, `BYTES_SEED=${seed}`);
  const { rows } = both;
  all.asBytes += rows.asBytes;
  all.ordinary += rows.ordinary;
  if (rows.asBytes > 0) all.withBytes++;
  for (const step of new Set(steps)) {
    const seen = all.steps.get(step) ?? { asBytes: 0, ordinary: 0 };
    all.steps.set(step, {
      asBytes: seen.asBytes + rows.asBytes,
      ordinary: seen.ordinary + rows.ordinary,
    });
  }
}

/** Undefined where nothing is read of the file. */
async function judgePair(pair: RandomPair, path: string, seed: number): Promise<BothWays | undefined> {
  const { bytes, facts, chunk } = pair.file;
  writeFileSync(path, bytes);
  // Every tenth as it is found on the disk, so that chance need not be trusted in what it says of its bytes.
  const isFound = seed % 10 === 0;
  const isUtf8 = facts.encoding === 'utf-8';
  const read = {
    facts: isFound ? undefined : facts,
    chunks: isFound || !isUtf8 ? undefined : inPieces(bytes.subarray(facts.bomBytes), chunk),
  };
  try {
    return await judgeBothWays({ path, ...read, ...knownOf(pair), ...settingsOf(pair) });
  } catch (thrown) {
    if (!isOfTheFile(thrown)) throw thrown;
    return undefined;
  }
}

export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What chance made unreadable, or asked of eligibility in vain. */
function isOfTheFile(thrown: unknown): boolean {
  const errors = thrown instanceof AppErrors ? thrown.errors : [thrown];
  return errors.every((error) => error instanceof AppError && error.code !== 'defect');
}

const SETTINGS = connectionSchema.parse({
  source: { type: 'local', path: '.' },
  files: { students: { match: 'students.csv', mapping: 'students.yaml' } },
  destination: { type: 'local', path: '.' },
});
const nowhere = () => ({ file: '' });
const STATE_RULE: StateRule = {
  ...{ state: 'TX', name: 'Texas', source: 'made up', year: 2026 },
  ...{ min: 5, max: 20, as_of: '09-01' },
  turning: 'included',
  until: 'reference_date',
};

export function planOf(mapping: LoadedFile['mapping'], codeTables: LoadedFile['codeTables']): LoadedFile {
  const { files } = SETTINGS;
  const { students: settings } = files;
  if (!settings) throw new Error('The settings have no students');
  return { mapping, codeTables, settings, mappingPath: '/', mappingText: () => '', placeInMapping: nowhere };
}

export function contextOf(
  eligibility: LoadedConnection['settings']['eligibility'],
  waivers: JudgeContext['waivers'],
): JudgeContext {
  return {
    connection: {
      ...{ name: 'north', folder: '/', files: new Map(), stateRule: STATE_RULE, placeOf: nowhere },
      settings: { ...SETTINGS, eligibility },
    },
    ...{ day: A_DAY, waivers, workFolder: '', signal: new AbortController().signal },
    env: { PSEUDONYM_SECRET: 'an example, not a secret' },
    temporaryIds: {
      idOf: (prefix: string, key: string) => `${prefix}${key.length}`,
      settle: async () => false,
    },
  };
}

function settingsOf({ mapping, eligibility, waivers }: RandomPair): Pick<ToBeJudged, 'plan' | 'context'> {
  return { plan: planOf(mapping, CODE_TABLES), context: contextOf(eligibility, waivers) };
}

const DECISION: RecordDecision = {
  ...{ file: 'students', id: '', field: '', choice: 'leave_out', value: '', about: '' },
  ...{ shown: [], by: 'ann', at: '2026-11-21T10:00:00.000-06:00', reason: '' },
};

function knownOf({ idsDecided }: RandomPair): Pick<ToBeJudged, 'known'> {
  const decided = (id: string) => (idsDecided.has(id) ? [{ ...DECISION, id }] : []);
  return { known: { ...NOTHING_KNOWN, wasDelivered: (id) => id === '1', idsDecided, decided } };
}
