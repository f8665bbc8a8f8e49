import type { LoadedFile } from '../../config/load-connection.ts';
import type { FieldPreview } from '../../mapping/compile-mapping.ts';
import { pauseOn } from '../../reconcile/pause.ts';
import { LONGEST_TEXT } from '../../tally/roll-entry.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import { isBlank, type SourceRow } from '../../vocabulary/row.ts';
import type { RunDay } from '../../vocabulary/run.ts';
import type { Change } from '../../vocabulary/verdict.ts';
import { type JoinedFiles, openJoinedFiles } from '../drafting/joined-files.ts';
import { loadWaivers } from '../drafting/load-waivers.ts';
import { type JudgedFile, openJudgedFile } from '../drafting/open-judged-file.ts';
import { openReferenceOf } from '../matching/reference-of-run.ts';
import { claimedPath, type OpenRun, studentsFirst } from '../open-run.ts';
import type { RunTools } from '../run-tools.ts';
import { type RowOutcome, readChanges, readVerdicts } from './drafted-answers.ts';

/** One row of a sample student: what becomes of it, and each field from source to target. */
export interface PreviewedRow extends RowOutcome {
  /** As the connection calls the file. */
  file: string;
  row: number;
  line: number;
  id: string;
  /** Of a carried student: against what was last delivered. */
  change?: Change;
  fields: readonly PreviewedField[];
}

export interface PreviewedField extends FieldPreview {
  /** What goes out, where it is another value than the mapped one: the last delivered one, or what a person decided. */
  sent?: string;
}

export interface Sample {
  students: readonly string[];
  sample: number;
  day: RunDay;
}

type Claimed = OpenRun['record']['claimed'][number];

/** The rows of the sample in a drop that was drafted: students first, then what the other files have of them. */
export async function showRows(run: OpenRun, sample: Sample, tools: RunTools): Promise<PreviewedRow[]> {
  const joined = await openJoinedFiles(run, tools.signal);
  try {
    return await showJoined(run, sample, { tools, joined });
  } finally {
    joined.close();
  }
}

async function showJoined(
  run: OpenRun,
  sample: Sample,
  { tools, joined }: { tools: RunTools; joined: JoinedFiles },
): Promise<PreviewedRow[]> {
  const { connection, record } = run;
  const { day } = sample;
  const opened = {
    connection,
    day,
    waivers: await loadWaivers(connection, day.date),
    env: tools.env,
    workFolder: run.folder.work,
    signal: tools.signal,
  };
  const context = { ...opened, reference: await openReferenceOf(run, opened), joined };
  const rows: PreviewedRow[] = [];
  for (const [index, claimed] of studentsFirst(run).entries()) {
    const plan = connection.files.get(claimed.name);
    if (!plan) continue;
    const path = claimedPath(run, claimed);
    const judged = await openJudgedFile({ ...claimed, path }, plan, context);
    const isWanted = compileWanted(sample, index === 0 || record.claimed.length === 1 ? undefined : rows);
    const outcomes = await readVerdicts(run.folder.path, claimed.file, isWanted);
    const found = await walk(judged, { claimed, outcomes, isWanted, idOf: compileId(judged, plan) }).finally(
      judged.close,
    );
    rows.push(...(await withSent(found, { run, plan, judged, tools, sample })));
  }
  return rows;
}

/** The students that were asked for, or in the first file its first rows, and in the others whom these have shown. */
function compileWanted({ students, sample }: Sample, shown: readonly PreviewedRow[] | undefined) {
  const ids = new Set(students.length > 0 ? students : shown?.map((row) => row.id));
  ids.delete('');
  const bySample = students.length === 0 && shown === undefined;
  return (row: number, id: string) => (bySample ? row <= sample : ids.has(id));
}

interface Walk {
  claimed: Claimed;
  outcomes: ReadonlyMap<number, RowOutcome & { id: string }>;
  isWanted: (row: number, id: string) => boolean;
  idOf: (row: SourceRow) => string;
}

async function walk(
  judged: JudgedFile,
  { claimed, outcomes, isWanted, idOf }: Walk,
): Promise<PreviewedRow[]> {
  const rows: PreviewedRow[] = [];
  for await (const batch of judged.input.batches()) {
    for (const row of batch) {
      const outcome = outcomes.get(row.row);
      const id = outcome?.id ?? idOf(row);
      if (!isWanted(row.row, id)) continue;
      const place = { file: claimed.name, row: row.row, line: row.line, id };
      // A row with a wrong number of fields has its values in the wrong columns: they would only mislead.
      const fields = row.flaw ? [] : judged.explain(row);
      rows.push({ ...(outcome ?? CARRIED), ...place, fields });
    }
  }
  return rows;
}

const CARRIED: RowOutcome = { verdict: 'carried', code: null, why: 'The student is carried.' };

/** The id of a row that is sound; whose row a broken one is was settled when it was drafted. */
function compileId({ input }: JudgedFile, { mapping }: LoadedFile): (row: SourceRow) => string {
  const read = input.header.find(mapping.identity.id, 'identity.id');
  return ({ flaw, values }) => {
    const id = flaw ? '' : read(values).trim();
    return id.length > LONGEST_TEXT ? '' : id;
  };
}

interface Drafted {
  run: OpenRun;
  plan: LoadedFile;
  judged: JudgedFile;
  tools: RunTools;
  sample: Sample;
}

/** How the carried students stand against the last delivery. The ledger's ids of other records are not those of their rows. */
async function withSent(rows: readonly PreviewedRow[], drafted: Drafted): Promise<PreviewedRow[]> {
  const { run, plan, judged, tools, sample } = drafted;
  const carried = rows.filter(({ verdict }) => verdict === 'carried');
  const [first] = rows;
  if (!first || carried.length === 0 || belongsToStudent(plan.mapping.record)) return [...rows];
  const ids = carried.map(({ id }) => id);
  const { connection, folder } = run;
  const changes = await readChanges(folder.path, { file: first.file, ids: new Set(ids) });
  const view = await (await tools.ledger()).delivered(connection.name, first.file);
  const last = await view.fetch(ids);
  const standsStill = pauseOn(sample.day.date, connection.settings.pause ?? [])?.mode === 'additions_only';
  const clears = new Set(judged.mapping.targets.filter((_, at) => judged.mapping.overwrite[at]));
  return rows.map((row) => {
    if (row.verdict !== 'carried') return row;
    const changed = changes.get(row.id);
    if (changed) return { ...row, change: changed.change, fields: row.fields.map(sentBy(changed.values)) };
    const before = valuesByTarget(view.targets, last.get(row.id)?.values);
    const isKept = ({ target, mapped }: FieldPreview) =>
      standsStill || (typeof mapped === 'string' && isBlank(mapped) && !clears.has(target));
    return { ...row, change: 'unchanged', fields: row.fields.map(sentBy(before, isKept)) };
  });
}

function valuesByTarget(targets: readonly string[], values: readonly string[] | undefined) {
  return new Map(targets.flatMap((target, at) => (values?.[at] === undefined ? [] : [[target, values[at]]])));
}

function sentBy(values: ReadonlyMap<string, string>, isKept: (field: FieldPreview) => boolean = () => true) {
  return (field: FieldPreview): PreviewedField => {
    const sent = isKept(field) ? values.get(field.target) : undefined;
    return sent === undefined || sent === field.mapped ? field : { ...field, sent };
  };
}
