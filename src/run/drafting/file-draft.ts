import { join } from 'node:path';
import type { LoadedFile } from '../../config/load-connection.ts';
import { type AppendFile, openAppendFile } from '../../files/append-file.ts';
import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import type { InputFile } from '../../parse/open-input.ts';
import type { DraftWriter } from '../../render/threaded-draft.ts';
import type { LastTable } from '../../tally/last-table.ts';
import { openRoll, type Roll } from '../../tally/roll.ts';
import { type FileMatches, openFileMatches } from '../matching/file-matches.ts';
import { type FieldRules, fieldRulesOf } from './field-rules.ts';
import type { JudgeContext, JudgedFile } from './open-judged-file.ts';

/** One file of the drop, read to its end; repeats and dependants are not settled yet. */
export interface FileDraft {
  name: string;
  plan: LoadedFile;
  rules: FieldRules;
  input: InputFile;
  /** Every row of the file, and those of them that this run is not about. */
  rowsRead: number;
  rowsApart: number;
  /** Those that were judged as bytes; how many depends on the rows alone. */
  rowsAsBytes: number;
  roll: Roll;
  /** For each unique target field: its values, one entry a carried row. */
  unique: readonly { field: string; values: Roll }[];
  mapping: CompiledMapping;
  /** Every row that was carried at first sight, in UTF-8 whatever the outbound encoding. */
  outbound: AppendFile;
  /** By row number: the field whose value another row has too. */
  notUnique: Map<number, string>;
  /** The lines of exceptions.csv of every row that was not. */
  exceptions: AppendFile;
  /** Where the records are matched with the students of the other side. */
  matches: FileMatches | undefined;
  /** Of a large file, once it was read. */
  writer: DraftWriter | undefined;
  close(): void;
}

export function openFileDraft(
  name: string,
  plan: LoadedFile,
  { input, mapping }: JudgedFile,
  { workFolder, people, day, last }: JudgeContext & { last: LastTable | undefined },
): FileDraft {
  const at = (kind: string) => join(workFolder, `${name}.${kind}`);
  const unique = mapping.uniqueTargets.map((target, index) => ({
    field: mapping.targets[target] ?? '',
    values: openRoll(at(`unique-${index}`)),
  }));
  const roll = openRoll(at('roll'), last);
  const outbound = openAppendFile(at('outbound'));
  const exceptions = openAppendFile(at('exceptions'));
  const isMatched = people !== undefined && plan.mapping.record === 'students';
  const matches = isMatched ? openFileMatches(at('matches')) : undefined;
  const draft: FileDraft = {
    name,
    plan,
    rules: fieldRulesOf(mapping, plan.mapping, day),
    input,
    rowsRead: 0,
    rowsApart: 0,
    rowsAsBytes: 0,
    roll,
    unique,
    mapping,
    outbound,
    notUnique: new Map(),
    exceptions,
    matches,
    writer: undefined,
    close() {
      matches?.close();
      for (const one of [roll, outbound, exceptions, ...unique.map((each) => each.values)]) one.close();
      // Nothing of it is at work any more where the draft was finished, and nobody waits for it elsewhere.
      void draft.writer?.end();
    },
  };
  return draft;
}
