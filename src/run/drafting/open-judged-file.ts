import { recogniseBrokenRow } from '../../compare/recognise-broken-row.ts';
import type { LoadedFile } from '../../config/load-connection.ts';
import { throwAll } from '../../errors/app-error.ts';
import {
  type CompiledMapping,
  compileMapping,
  type FieldPreview,
  type MappingContext,
} from '../../mapping/compile-mapping.ts';
import { compileFold, type FoldColumn } from '../../mapping/fold-repeats.ts';
import { type InputFile, openInput } from '../../parse/open-input.ts';
import type { ByteFacts } from '../../parse/recognise-encoding.ts';
import { compileFit } from '../../render/fit-values.ts';
import { LONGEST_TEXT } from '../../tally/roll-entry.ts';
import { isLeftOut } from '../../vocabulary/memory.ts';
import type { ColumnReader, ColumnRef, SourceRow } from '../../vocabulary/row.ts';
import type { Notice } from '../../vocabulary/run.ts';
import { compileMatchedMap } from '../matching/map-matched.ts';
import type { ReferenceFile, ReferencePeople } from '../matching/reference-file.ts';
import { type CompiledDecision, compileDecision } from './compile-decision.ts';
import type { DropContext, DroppedFile } from './drop-context.ts';
import { type FileKnowledge, NOTHING_KNOWN } from './file-knowledge.ts';
import { wantedColumns } from './identity-columns.ts';
import { type JoinedFiles, withJoinedRows } from './joined-files.ts';
import { compileJudge, type Judgement, type Judges } from './judge-row.ts';
import { mappingContextOf } from './mapping-context.ts';
import { openFolds } from './open-folds.ts';
import { compilePersonReader } from './person-columns.ts';

export interface JudgeContext extends DropContext {
  /** Where the spools of this run may lie. */
  workFolder: string;
  /** Stops the reading; the run stays as it was. */
  signal: AbortSignal;
  /** The file with the students of the other side, where the connection matches with one. */
  reference?: ReferenceFile | undefined;
  /** Everybody in it. Without, rows are mapped as if nobody was there. */
  people?: ReferencePeople | undefined;
  /** The files that fields name with `from`. */
  joined?: JoinedFiles | undefined;
}

/** A file of the drop with everything compiled that says what becomes of its rows. */
export interface JudgedFile {
  input: InputFile;
  mapping: CompiledMapping;
  judge: (row: SourceRow) => Judgement;
  /** What the judgement of a row reads beside its mapping. */
  readers: Pick<Judges, 'id' | 'previousId' | 'school' | 'grade'> & { decision: CompiledDecision };
  /** Each field of a row from source to target. */
  explain: (row: SourceRow) => FieldPreview[];
  /** Each row was judged beside the others of its student: none is left to be found a repeat. */
  settlesRepeats: boolean;
  /** What only the end of the file shows. */
  notices: () => Notice[];
  close(): void;
}

/** Throws what is wrong with the file as a whole, its header above all; every missing column in one go. */
export async function openJudgedFile(
  dropped: DroppedFile,
  plan: LoadedFile,
  context: JudgeContext,
  known: FileKnowledge = NOTHING_KNOWN,
  bytes?: ByteFacts,
): Promise<JudgedFile> {
  const { mapping } = plan;
  const wanted = wantedColumns(mapping.identity);
  const input = await openInput({
    path: dropped.path,
    file: dropped.file,
    read: mapping.read,
    wanted,
    bytes,
    scan: dropped.scan,
  });
  const { identity } = mapping;
  const fold = compileFold(mapping, { find: input.header.find, columns: () => columnsInUse(input) });
  const mappingContext = await mappingContextOf(plan, input, { ...context, groups: fold?.groups });
  const readId = input.header.find(identity.id, 'identity.id');
  const compiled = withJoinedRows(compileMapping(mapping, mappingContext), context.joined, readId);
  const recognise = ({ values }: SourceRow) => recogniseId(values, readId(values).trim(), known);
  const decision = compileDecision(plan, input.header, context);
  const judges = {
    id: readId,
    previousId: readerOf(input, identity.previous_id, 'identity.previous_id'),
    school: readerOf(input, identity.school, 'identity.school'),
    grade: readerOf(input, identity.grade, 'identity.grade'),
    decide: decision.decide,
    map: compiled.map,
    mapMatched: matchedMapOf({ dropped, plan, input, compiled, mappingContext }, context, known),
    fitValues: compileFit(mapping.write, compiled.targets),
    recognise,
    isMeant: known.isMeant,
    isLeftOut: (id: string) => isLeftOut(known.decided(id)),
    correct: compileCorrection(compiled.targets, known),
  };
  const { reference, joined } = context;
  throwAll([
    ...input.header.mistakes(),
    ...(reference?.input.header.mistakes() ?? []),
    ...(joined?.mistakes() ?? []),
  ]);
  const folds = fold && (await openFolds(fold, { dropped, plan, ...context, recognise }));
  const joinedOf = ({ row, values }: SourceRow) => {
    const place = folds?.placeOf(row, readId(values).trim());
    return place?.kind === 'stands' ? place.joined : undefined;
  };
  return {
    input,
    mapping: compiled,
    readers: { ...judges, decision },
    judge: compileJudge({ ...judges, placeOf: folds?.placeOf }),
    explain: (row) => compiled.explain(row.values, row.flaw ? undefined : joinedOf(row)),
    settlesRepeats: folds !== undefined,
    notices: () => folds?.notices(dropped.file) ?? [],
    close: () => folds?.close(),
  };
}

/** Those that anything reads: in the others a student's rows may differ as they like. */
function columnsInUse({ header }: InputFile): FoldColumn[] {
  const unused = new Set(header.unused());
  return [...header.columns.entries()]
    .filter(([, name]) => name !== '' && !unused.has(name))
    .map(([at, name]) => ({ name, at }));
}

/** A column that the mapping does not name is blank. */
function readerOf(input: InputFile, ref: ColumnRef | undefined, usedBy: string): ColumnReader {
  return ref === undefined ? () => '' : input.header.find(ref, usedBy);
}

const UNREADABLE = /[\0\ufffd]/;

/** A broken row that is not known to be anybody's is shown with what stands in the place of the id. */
function recogniseId(values: readonly string[], inPlace: string, known: FileKnowledge): string {
  const shown = UNREADABLE.test(inPlace) || inPlace.length > LONGEST_TEXT ? '' : inPlace;
  return recogniseBrokenRow(values, shown, known.wasDelivered) ?? shown;
}

/** A correction counts as long as the mapping makes the value that it was about. */
function compileCorrection(targets: readonly string[], known: FileKnowledge) {
  return (id: string, values: string[], mapped: readonly string[]): readonly string[] => {
    for (const { field, choice, value, about } of known.decided(id)) {
      const at = choice === 'value' ? targets.indexOf(field) : -1;
      if (at >= 0 && mapped[at] === about) values[at] = value;
    }
    return values;
  };
}

interface OpenedFile {
  dropped: DroppedFile;
  plan: LoadedFile;
  input: InputFile;
  compiled: CompiledMapping;
  mappingContext: MappingContext;
}

/** Only students are matched with the students of the other side. */
function matchedMapOf(
  { dropped, plan, input, compiled, mappingContext }: OpenedFile,
  { connection, reference, people }: JudgeContext,
  known: FileKnowledge,
) {
  const { mapping } = plan;
  const settings = connection.settings.reconcile.match;
  if (!settings || !reference || !people || mapping.record !== 'students') return undefined;
  const birthDate = reference.plan.mapping.identity.birth_date;
  const otherDates = [birthDate?.format ?? []].flat();
  const readPerson = compilePersonReader(settings, { mapping, input, context: mappingContext, otherDates });
  const file = dropped.name;
  return compileMatchedMap({
    ...{ file, plan, settings, reference, people, readPerson },
    mapping: compiled,
    decided: known.decided,
  });
}
