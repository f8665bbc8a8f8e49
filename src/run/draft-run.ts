import { AppError, asAppError } from '../errors/app-error.ts';
import { describePause, pauseOn } from '../reconcile/pause.ts';
import { buildReport, type ReportFacts } from '../report/build-report.ts';
import { runDayOf } from '../time/run-day.ts';
import type { RunDay } from '../vocabulary/run.ts';
import { emptyBooks } from '../vocabulary/totals.ts';
import { noteRefused } from './acknowledging/note-refused.ts';
import { assembleDrop, type Taught } from './comparing/assemble-drop.ts';
import { type DraftContext, draftFile } from './drafting/draft-file.ts';
import { type DraftThread, openDraftThread } from './drafting/draft-thread.ts';
import type { FileDraft } from './drafting/file-draft.ts';
import { headerNotices } from './drafting/header-notices.ts';
import { openJoinedFiles } from './drafting/joined-files.ts';
import { keepMappings } from './drafting/keep-mappings.ts';
import { loadWaivers } from './drafting/load-waivers.ts';
import { openLane } from './drafting/open-lane.ts';
import { recogniseAccident } from './drafting/recognise-accident.ts';
import { settingsInWords } from './drafting/settings-in-words.ts';
import { settleDrop } from './drafting/settle-drop.ts';
import { skipIdentical } from './drafting/skip-identical.ts';
import { openTemporaryIds } from './drafting/temporary-ids.ts';
import { failRun } from './fail-run.ts';
import { type DraftedRun, judgeRun } from './judge-run.ts';
import { noteReference, readReferenceOf, whyReferenceHolds } from './matching/reference-of-run.ts';
import { advance, carriedOf, claimedPath, kindOf, note, type OpenRun, studentsFirst } from './open-run.ts';
import { knowledgeOf, type RunMemory, recallRun } from './run-memory.ts';
import type { RunTools } from './run-tools.ts';
import { unwrapRun } from './unwrap-run.ts';

/**
 * Claimed to drafted, and on to held, released or failed: every file read, judged, settled, compared, written and
 * reconciled. Nothing leaves the house here.
 */
export async function draftRun(
  run: OpenRun,
  tools: RunTools,
  taught: Taught = async () => undefined,
): Promise<void> {
  let facts = startFacts(run, tools);
  using thread = tools.draftThread ?? openDraftThread();
  for (const { sizeBytes } of run.record.claimed) thread.warm(sizeBytes);
  try {
    const notices = await unwrapRun(run, tools);
    const refused = await noteRefused(run, await tools.ledger());
    facts = { ...startFacts(run, tools), notices: [...notices, ...refused] };
    await keepMappings(run);
    const memory = await recallRun(run, await tools.ledger());
    facts.firstRun = memory.isFirst;
    if (await skipIdentical(run, tools, { facts, memory })) return;
    const drafted = await draftFiles(run, tools, { facts, memory, thread, taught });
    const { outputs, shipment, memoryBytes } = drafted;
    const change = { outputs, shipment, memoryBytes };
    // Drafted again after a crash, it need not be the same: settings and decisions may have changed in between.
    if (run.record.state === 'claimed') await advance(run, 'drafted', change);
    else await note(run, change);
    await judgeRun(run, tools, { facts, memory, ...drafted });
  } catch (thrown) {
    if (tools.signal.aborted) throw thrown;
    await failRun(run, tools, buildReport(facts), asAppError(thrown));
  }
}

/** What is known of a run before its first row is read; it grows while the run goes on. */
function startFacts(run: OpenRun, tools: RunTools): ReportFacts {
  const { facts, claimed, lane, decisions = [] } = run.record;
  return {
    run: facts,
    outcome: 'failed',
    finishedAt: '',
    inputs: claimed.map((file) => ({ ...file, encoding: '', delimiter: '', rows: 0 })),
    outputs: [],
    books: new Map(
      carriedOf(run).flatMap(({ name }) => (run.connection.files.has(name) ? [[name, emptyBooks()]] : [])),
    ),
    safeguards: [],
    decisions,
    balanced: true,
    settings: settingsInWords(run.connection, facts.businessDate),
    program: tools.program,
    ...(lane && { lane: lane.kind }),
  };
}

interface Known {
  facts: ReportFacts;
  memory: RunMemory;
  thread: DraftThread;
  taught: Taught;
}

async function draftFiles(
  run: OpenRun,
  tools: RunTools,
  { facts, memory, thread, taught }: Known,
): Promise<DraftedRun> {
  const { connection, record } = run;
  const { eligibility, pause } = connection.settings;
  const { businessDate } = record.facts;
  const day = runDayOf(tools.clock.now(), tools.zone, eligibility.school_year_starts, businessDate);
  const lane = record.lane && openLane(record.lane);
  const paused = pauseOn(day.date, pause ?? []);
  const drafts: FileDraft[] = [];
  const temporaryIds = openTemporaryIds(memory.ledger, connection.name, !record.dryRun);
  const opened = { ...(await openContext(run, tools, day)), temporaryIds };
  const joined = await openJoinedFiles(run, tools.signal);
  const matching = await readReferenceOf(run, opened, tools);
  try {
    const context = { ...opened, ...matching, joined, thread };
    for (const claimed of studentsFirst(run)) {
      const plan = connection.files.get(claimed.name);
      if (!plan) throw new AppError('config_invalid', `The connection has no file ${claimed.name} any more`);
      const path = claimedPath(run, claimed);
      const known = knowledgeOf(memory, { file: claimed.name, students: studentsOf(run) }, lane?.isMeant);
      const readLast = async () => (await memory.read(claimed.name)).table;
      const progress = (rows: number) => tools.progress(rows, claimed.file);
      const dropped = { ...claimed, path, scan: run.scans?.get(path) };
      drafts.push(await draftFile(dropped, plan, { ...context, known, readLast, progress }));
      noteInputs(facts, drafts);
    }
    noteReference(facts, matching);
    settleDrop(drafts);
    const additionsOnly = paused?.mode === 'additions_only';
    const pauses = paused ? [{ code: 'paused', message: describePause(paused) }] : [];
    facts.notices = [...(facts.notices ?? []), ...pauses, ...(lane?.notices(drafts) ?? [])];
    const task = { run, drafts, memory, day, additionsOnly, only: lane?.only };
    const drafted = await assembleDrop(task, taught);
    return {
      ...drafted,
      holds: matching ? whyReferenceHolds(matching, connection.settings.safeguards.max_rejected) : [],
      accident: lane ? undefined : await recogniseAccident(drafts, drafted.assembled, memory),
    };
  } finally {
    for (const draft of drafts) draft.close();
    matching?.people.close();
    joined.close();
  }
}

async function openContext(
  run: OpenRun,
  tools: RunTools,
  day: RunDay,
): Promise<Omit<DraftContext, 'known' | 'readLast' | 'progress' | 'thread'>> {
  const { connection, folder, record } = run;
  const waivers = await loadWaivers(connection, day.date);
  const { lane } = record;
  // A test record goes out whatever the rules say of the student.
  const always = lane?.regardless ? new Set([...waivers.always, ...lane.students]) : waivers.always;
  const never = lane?.regardless ? waivers.never.difference(always) : waivers.never;
  const { env, signal } = tools;
  return { connection, day, waivers: { always, never }, env, workFolder: folder.work, signal };
}

function studentsOf(run: OpenRun): string | undefined {
  return carriedOf(run).find(({ name }) => kindOf(run, name) === 'students')?.name;
}

function noteInputs(facts: ReportFacts, drafts: readonly FileDraft[]): void {
  facts.inputs = facts.inputs.map((input) => {
    const draft = drafts.find((one) => one.name === input.name);
    if (!draft) return input;
    const { encoding, delimiter, reader, notices, header, file } = draft.input;
    const ofHeader = headerNotices(header, file, draft.rules);
    const readBy = reader === 'csv-parse' ? reader : undefined;
    const { rowsRead: rows, rowsAsBytes } = draft;
    const found = { encoding, delimiter, ...(readBy && { readBy }), rows, rowsAsBytes };
    return { ...input, ...found, notices: [...notices, ...ofHeader] };
  });
}
