import { join } from 'node:path';
import { AppError, asAppError } from '../errors/app-error.ts';
import { type Reconciliation, reconcile } from '../reconcile/reconcile.ts';
import { openDraft } from '../render/draft.ts';
import { renderFileName } from '../render/file-name.ts';
import { buildReport, type ReportFacts } from '../report/build-report.ts';
import { changesHeader } from '../report/changes-csv.ts';
import { exceptionsHeader } from '../report/exceptions-csv.ts';
import { runDayOf } from '../time/run-day.ts';
import { formatSchoolYear } from '../time/school-year.ts';
import type { RunDay } from '../vocabulary/run.ts';
import { emptyBooks } from '../vocabulary/totals.ts';
import { type AssembledFile, assembleFile } from './assemble-file.ts';
import { draftFile, type FileDraft } from './draft-file.ts';
import { failRun } from './fail-run.ts';
import { keepMappings } from './keep-mappings.ts';
import { loadWaivers } from './load-waivers.ts';
import { advance, type OpenRun, type OutputRecord } from './open-run.ts';
import { now, type RunTools } from './run-tools.ts';
import { settingsInWords } from './settings-in-words.ts';
import { settleDrop } from './settle-drop.ts';
import { writeReport } from './write-report.ts';

/**
 * Claimed to drafted, and on to held, released or failed: every file read, judged, settled, written and
 * reconciled. Nothing leaves the house here.
 */
export async function draftRun(run: OpenRun, tools: RunTools): Promise<void> {
  const facts = startFacts(run, tools);
  try {
    await keepMappings(run);
    const drafted = await draftFiles(run, tools, facts);
    if (run.record.state === 'claimed') await advance(run, 'drafted', { outputs: drafted.outputs });
    await judgeRun(run, tools, { facts, ...drafted });
  } catch (thrown) {
    if (tools.signal.aborted) throw thrown;
    const report = buildReport({ ...facts, outcome: 'failed', finishedAt: '' });
    await failRun(run, tools, report, asAppError(thrown));
  }
}

/** What is known of a run before its first row is read; it grows while the run goes on. */
function startFacts(run: OpenRun, tools: RunTools): ReportFacts {
  return {
    run: run.record.facts,
    outcome: 'failed',
    finishedAt: '',
    inputs: run.record.claimed.map((file) => ({ ...file, encoding: '', delimiter: '', rows: 0 })),
    outputs: [],
    books: new Map(run.record.claimed.map((file) => [file.name, emptyBooks()])),
    safeguards: [],
    decisions: [],
    balanced: true,
    firstRun: true,
    settings: settingsInWords(run.connection),
    program: tools.program,
  };
}

interface DraftedDrop {
  assembled: AssembledFile[];
  outputs: OutputRecord[];
}

async function draftFiles(run: OpenRun, tools: RunTools, facts: ReportFacts): Promise<DraftedDrop> {
  const day = runDayOf(
    tools.clock.now(),
    tools.zone,
    run.connection.settings.eligibility.school_year_starts,
    run.record.facts.businessDate,
  );
  const waivers = await loadWaivers(run.connection, day.date);
  const drafts: FileDraft[] = [];
  try {
    for (const claimed of studentsFirst(run)) {
      const plan = run.connection.files.get(claimed.name);
      if (!plan) throw new AppError('config_invalid', `The connection has no file ${claimed.name} any more`);
      const dropped = {
        name: claimed.name,
        file: claimed.file,
        path: join(run.folder.inbound, claimed.file),
      };
      const progress = (rows: number) => tools.progress(rows, claimed.file);
      drafts.push(
        await draftFile(dropped, plan, {
          connection: run.connection,
          day,
          waivers,
          workFolder: run.folder.work,
          progress,
          signal: tools.signal,
        }),
      );
      noteInputs(facts, drafts);
    }
    settleDrop(drafts);
    return assembleDrop(run, drafts, day);
  } finally {
    for (const draft of drafts) draft.close();
  }
}

/** Whether a contact is carried depends on the student, so students are read first, whatever the order of the files. */
function studentsFirst(run: OpenRun) {
  const isStudents = (name: string) => run.connection.files.get(name)?.mapping.record === 'students';
  return run.record.claimed.toSorted((a, b) => Number(isStudents(b.name)) - Number(isStudents(a.name)));
}

function noteInputs(facts: ReportFacts, drafts: readonly FileDraft[]): void {
  facts.inputs = facts.inputs.map((input) => {
    const draft = drafts.find((one) => one.name === input.name);
    if (!draft) return input;
    const { encoding, delimiter, notices, header, file } = draft.input;
    const unused = header.unused();
    const gained =
      unused.length === 0
        ? []
        : [{ code: 'unused_columns', message: `The mapping uses none of: ${unused.join(', ')}`, file }];
    return { ...input, encoding, delimiter, rows: draft.rowsRead, notices: [...notices, ...gained] };
  });
}

function assembleDrop(run: OpenRun, drafts: readonly FileDraft[], day: RunDay): DraftedDrop {
  const exceptions = openDraft(join(run.folder.path, 'exceptions.csv'));
  const changes = openDraft(join(run.folder.path, 'changes.csv'));
  try {
    exceptions.append(Buffer.from(exceptionsHeader));
    changes.append(Buffer.from(changesHeader));
    const assembled = drafts.map((draft) => {
      const file = renderFileName(draft.plan.mapping.write.file, nameTokens(run, day));
      return assembleFile(draft, {
        outboundFolder: run.folder.outbound,
        file,
        droppedAs: draft.input.file,
        exceptions,
        changes,
      });
    });
    exceptions.finish();
    changes.finish();
    const outputs = assembled.flatMap(({ name, output }) => {
      if (!output) return [];
      return [{ name, file: output.file, rows: output.rows, digest: output.digest, deliveredAt: '' }];
    });
    return { assembled, outputs };
  } finally {
    exceptions.close();
    changes.close();
  }
}

function nameTokens(run: OpenRun, day: RunDay) {
  const { facts } = run.record;
  return {
    date: day.date,
    time: day.time,
    school_year: formatSchoolYear(day.schoolYear, 'start'),
    run: facts.id,
    connection: facts.connection,
  };
}

/** Do the books balance, and may they go out? */
async function judgeRun(
  run: OpenRun,
  tools: RunTools,
  drafted: DraftedDrop & { facts: ReportFacts },
): Promise<void> {
  const { facts, assembled, outputs } = drafted;
  facts.books = new Map(run.record.claimed.flatMap(({ name }) => booksOf(name, assembled)));
  const verdict = reconcile(facts.books, reconcileFacts(run, drafted), run.connection.settings.safeguards);
  Object.assign(facts, {
    balanced: verdict.balanced,
    imbalances: verdict.imbalances,
    safeguards: verdict.safeguards,
  });
  facts.outputs = outputs.map(({ digest, ...output }) => ({ ...output, ...digest }));
  if (verdict.verdict === 'fail') throw failureOf(verdict);
  const isHeld = verdict.verdict === 'hold';
  const outcome = run.record.dryRun
    ? 'dry_run'
    : isHeld
      ? 'held'
      : outputs.length === 0
        ? 'nothing_to_deliver'
        : 'delivered';
  await writeReport(
    run,
    buildReport({ ...facts, outcome, finishedAt: now(tools), heldReasons: verdict.reasons }),
  );
  await advance(run, isHeld ? 'held' : 'released', { outputs });
}

function booksOf(name: string, assembled: readonly AssembledFile[]) {
  const file = assembled.find((one) => one.name === name);
  return file ? [[name, file.books] as const] : [];
}

function reconcileFacts(run: OpenRun, drafted: DraftedDrop) {
  return {
    businessDate: run.record.facts.businessDate,
    deliver: 'full' as const,
    firstRun: true,
    deactivationsSent: new Map<string, number>(),
    outputs: drafted.outputs.map(({ name, rows }) => ({ name, rows })),
    bytes: new Map(run.record.claimed.map((file) => [file.name, file.sizeBytes])),
  };
}

function failureOf(verdict: Reconciliation): AppError {
  const code = verdict.failure ?? 'out_of_balance';
  return new AppError(code, verdict.reasons.join(' '));
}
