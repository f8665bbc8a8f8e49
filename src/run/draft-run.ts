import { join } from 'node:path';
import { AppError, asAppError } from '../errors/app-error.ts';
import { buildReport, type ReportFacts } from '../report/build-report.ts';
import { runDayOf } from '../time/run-day.ts';
import type { Notice } from '../vocabulary/run.ts';
import { emptyBooks } from '../vocabulary/totals.ts';
import { assembleDrop, type DraftedDrop } from './assemble-drop.ts';
import { draftFile, type FileDraft } from './draft-file.ts';
import { failRun } from './fail-run.ts';
import { judgeRun } from './judge-run.ts';
import { keepMappings } from './keep-mappings.ts';
import { loadWaivers } from './load-waivers.ts';
import { advance, type OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';
import { settingsInWords } from './settings-in-words.ts';
import { settleDrop } from './settle-drop.ts';

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
    await failRun(run, tools, buildReport(facts), asAppError(thrown));
  }
}

/** Said in every report, so that nobody reads `created` as more than it means. */
const NOT_COMPARED: Notice = {
  code: 'not_compared',
  message: 'This version does not compare with the last delivery: every carried record counts as created.',
};

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
    notices: [NOT_COMPARED],
    settings: settingsInWords(run.connection),
    program: tools.program,
  };
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
