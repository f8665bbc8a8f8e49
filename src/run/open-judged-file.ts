import type { LoadedConnection, LoadedFile } from '../config/load-connection.ts';
import { compileEligibility } from '../eligibility/decide.ts';
import { throwAll } from '../errors/app-error.ts';
import { type CompiledMapping, compileMapping } from '../mapping/compile-mapping.ts';
import { type InputFile, openInput } from '../parse/open-input.ts';
import { compileWritability } from '../render/writability.ts';
import type { SourceRow } from '../vocabulary/row.ts';
import type { RunDay } from '../vocabulary/run.ts';
import { identityOf, wantedColumns } from './identity-columns.ts';
import { compileJudge, type Judgement } from './judge-row.ts';

export interface DroppedFile {
  name: string;
  /** The name that it had in the drop. */
  file: string;
  path: string;
}

export interface JudgeContext {
  connection: LoadedConnection;
  day: RunDay;
  waivers: { always: ReadonlySet<string>; never: ReadonlySet<string> };
}

/** A file of the drop with everything compiled that says what becomes of its rows. */
export interface JudgedFile {
  input: InputFile;
  mapping: CompiledMapping;
  judge: (row: SourceRow) => Judgement;
}

/** Throws what is wrong with the file as a whole, its header above all; every missing column in one go. */
export async function openJudgedFile(
  dropped: DroppedFile,
  plan: LoadedFile,
  context: JudgeContext,
): Promise<JudgedFile> {
  const { mapping } = plan;
  const wanted = wantedColumns(mapping.identity);
  const input = await openInput({ path: dropped.path, file: dropped.file, read: mapping.read, wanted });
  const compiled = compileMapping(mapping, {
    find: input.header.find,
    day: context.day,
    codeTables: plan.codeTables,
  });
  const judge = compileJudge({
    id: input.header.find(mapping.identity.id, 'identity.id'),
    decide: compileDecision(plan, input, context),
    map: compiled.map,
    unwritable: compileWritability(mapping.write, compiled.targets),
  });
  throwAll(input.header.mistakes());
  return { input, mapping: compiled, judge };
}

/** Only students are eligible or not; rows of others follow their students, once these are settled. */
function compileDecision(plan: LoadedFile, input: InputFile, context: JudgeContext) {
  const { mapping } = plan;
  if (mapping.record !== 'students') return () => ({ kind: 'carried', active: true }) as const;
  const { find } = input.header;
  return compileEligibility(context.connection.settings.eligibility, {
    identity: identityOf(mapping.identity, { find, today: context.day.date }),
    find,
    day: context.day,
    waivers: context.waivers,
    ...(mapping.identity.birth_date ? { dateFormats: [mapping.identity.birth_date.format].flat() } : {}),
    ...(context.connection.stateRule ? { stateRule: context.connection.stateRule } : {}),
  });
}
