/** A preset run over an extract within the test: parsed, mapped and written by the program's own parts, without archive and ledger. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { type CheckedMapping, mappingSchema } from '../../src/config/load-mapping.ts';
import { mergeLayers } from '../../src/config/merge-presets.ts';
import { FROM_PACKAGE } from '../../src/config/preset-files.ts';
import { readLayers } from '../../src/config/preset-layers.ts';
import { throwAll } from '../../src/errors/app-error.ts';
import { compileMapping } from '../../src/mapping/compile-mapping.ts';
import { compileFold } from '../../src/mapping/fold-repeats.ts';
import { type InputFile, openInput } from '../../src/parse/open-input.ts';
import { compileFit } from '../../src/render/fit-values.ts';
import { compileOutboundText } from '../../src/render/outbound-text.ts';
import type { Finding } from '../../src/vocabulary/finding.ts';
import type { RunDay } from '../../src/vocabulary/run.ts';

export const DAY: RunDay = {
  date: '2026-11-22',
  time: '033000',
  schoolYear: { startYear: 2026, firstDay: '2026-07-01', lastDay: '2027-06-30' },
};

export interface PresetRun {
  /** The outbound file. */
  text: string;
  targets: readonly string[];
  /** One map a record: target field to value. */
  records: Record<string, string>[];
  /** What is wrong with the rows that were rejected. */
  findings: Pick<Finding, 'code' | 'message'>[];
}

export interface Extract {
  preset: string;
  /** YAML that a district writes over the preset. */
  over?: string;
  /** The file, as the system sends it. */
  sent: string | Uint8Array;
  /** Files that `from` names, each with the preset that reads it. */
  joined?: Record<string, { preset: string; sent: string }>;
  /** What eligibility would say of every row. */
  category?: string;
}

export async function runPreset({
  preset,
  over = '',
  sent,
  joined = {},
  category,
}: Extract): Promise<PresetRun> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-preset-'));
  try {
    const mapping = await readPreset(preset, over, folder);
    const input = await openSent(mapping, sent, folder);
    const others = new Map<string, JoinedRows>();
    for (const [name, file] of Object.entries(joined))
      others.set(name, await readJoined(await readPreset(file.preset, '', folder), file.sent, folder));
    return await mapAll(mapping, input, others, category);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Written over by what a district says, in YAML. */
export async function readPreset(preset: string, over: string, folder: string): Promise<CheckedMapping> {
  const text = `version: 1\npreset: ${preset}\n${over}`;
  const path = join(folder, 'mapping.yaml');
  const yaml = {
    path,
    shown: path,
    text: () => text,
    value: parse(text),
    mistakes: [],
    placeOf: () => ({ file: path }),
  };
  const layers = await readLayers(yaml, [FROM_PACKAGE]);
  throwAll(layers.mistakes);
  return mappingSchema.parse(mergeLayers(layers).value);
}

async function openSent(
  mapping: CheckedMapping,
  sent: string | Uint8Array,
  folder: string,
): Promise<InputFile> {
  const path = join(folder, `${mapping.title}.csv`);
  await writeFile(path, sent);
  const { id, status, school, grade, birth_date } = mapping.identity;
  const wanted = [id, status, school, grade, birth_date?.column].flatMap((ref) => ref ?? []);
  return openInput({ path, file: 'sent.csv', read: mapping.read, wanted });
}

interface JoinedRows {
  header: InputFile['header'];
  rows: Map<string, (readonly string[])[]>;
}

async function readJoined(mapping: CheckedMapping, sent: string, folder: string): Promise<JoinedRows> {
  const { header, batches } = await openSent(mapping, sent, folder);
  const readId = header.find(mapping.identity.id, 'identity.id');
  const rows = new Map<string, (readonly string[])[]>();
  for await (const batch of batches())
    for (const { values } of batch) rows.set(readId(values), [...(rows.get(readId(values)) ?? []), values]);
  return { header, rows };
}

async function mapAll(
  mapping: CheckedMapping,
  { header, batches }: InputFile,
  others: ReadonlyMap<string, JoinedRows>,
  category: string | undefined,
): Promise<PresetRun> {
  const readId = header.find(mapping.identity.id, 'identity.id');
  const fold = compileFold(mapping, { find: header.find, columns: () => [] });
  const compiled = compileMapping(mapping, {
    find: header.find,
    day: DAY,
    temporaryId: (prefix, key) => `${prefix}${key}`,
    category: () => category,
    joined: (file) => {
      const found = others.get(file);
      return found ? { find: found.header.find } : fold?.groups.get(file);
    },
  });
  throwAll([...header.mistakes(), ...[...others.values()].flatMap((other) => other.header.mistakes())]);
  const written = compileOutboundText(mapping.write, compiled.targets);
  const fitted = compileFit(mapping.write, compiled.targets);
  const run: PresetRun = {
    text: written.head.toString(),
    targets: compiled.targets,
    records: [],
    findings: [],
  };
  for await (const batch of batches())
    for (const { values, flaw } of batch) {
      const own = fold?.fold([values]);
      const rows = new Map([
        ...[...others].map(([name, { rows: of }]) => [name, of.get(readId(values)) ?? []] as const),
        ...(own?.kind === 'folded' ? own.joined : []),
      ]);
      const record = flaw ? { findings: [flaw] } : compiled.map(values, rows);
      if ('findings' in record) run.findings.push(...record.findings);
      else keep(run, record, fitted(record), written);
    }
  return run;
}

function keep(
  run: PresetRun,
  record: readonly string[],
  fitted: ReturnType<ReturnType<typeof compileFit>>,
  written: ReturnType<typeof compileOutboundText>,
): void {
  if ('code' in fitted) {
    run.findings.push(fitted);
    return;
  }
  run.text += written.row(record).toString();
  run.records.push(Object.fromEntries(run.targets.map((target, at) => [target, record[at] ?? ''])));
}

/** The columns that are asked for, of every record. */
export function only(run: PresetRun, ...targets: string[]): string[] {
  expect(run.findings, 'rejected rows').to.deep.equal([]);
  return run.records.map((record) => targets.map((target) => record[target]).join(','));
}
