/** Walks a year through the corridor, night by night, beside the model. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import type { Report } from '../../src/report/schema.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { type ACCIDENTS, MISSING_SCHOOL } from './accidents.ts';
import { readOutbound, sortedRows } from './read-outbound.ts';
import { type Night, scriptedYear, type YearOptions } from './scripted-year.ts';
import { type Expected, expectNight, type ModelMemory, NOTHING_KNOWN } from './year-model.ts';
import {
  CONTACT_TARGETS,
  connectionText,
  STUDENT_TARGETS,
  YEAR_MAPPINGS,
  type YearSettings,
} from './year-settings.ts';

export interface Walk {
  project: Project;
  settings: YearSettings;
  /** What the model knows after the last night. */
  memory: ModelMemory;
  /** What the other side has when it takes every record that ever came as it came, by student and by contact. */
  table: { students: Map<string, string[]>; contacts: Map<string, string[]> };
  /** The rows of the last delivery. */
  last: Expected['books'] | undefined;
  /** Whom a person let through, and who was not sent since. */
  approved: Set<string>;
  /** Who waited in the last run that was delivered. */
  waiting: readonly string[];
}

/** The caller removes the project of a walk that came to its end. An error names the seed and the night. */
export async function walkYear(year: YearOptions, settings: YearSettings): Promise<Walk> {
  const project = await makeProject({ connection: connectionText(settings), mappings: YEAR_MAPPINGS });
  const walk: Walk = {
    project,
    settings,
    memory: NOTHING_KNOWN,
    table: { students: new Map(), contacts: new Map() },
    last: undefined,
    approved: new Set(),
    waiting: [],
  };
  try {
    for (const night of scriptedYear(year)) await walkNamed(walk, night, year.seed);
  } catch (error) {
    await project.remove();
    throw error;
  }
  return walk;
}

async function walkNamed(walk: Walk, night: Night, seed: number): Promise<void> {
  try {
    await walkNight(walk, night);
  } catch (error) {
    const accident = night.accident ? `, ${night.accident}` : '';
    if (error instanceof Error)
      error.message = `seed ${seed}, night ${night.number} (${night.date}${accident}): ${error.message}`;
    throw error;
  }
}

async function walkNight(walk: Walk, night: Night): Promise<void> {
  const { project, settings } = walk;
  await letSomeThrough(walk, night);
  const expected = expectNight(walk.memory, night, settings, walk.approved);
  await project.drop(night.files);
  const { report } = await project.carry({ businessDate: night.date });
  expect(report.run.outcome, whyOf(report)).to.equal(expected.outcome);
  if (expected.outcome !== 'failed') compareBooks(report, expected);
  if (expected.outcome === 'delivered') await takeDelivery(walk, report, expected);
  else await expectNothingSent(walk);
  if (night.accident) expectNamed(report, night.accident);
  if (expected.outcome === 'held') await cancel(walk, report);
  walk.memory = expected.memory;
  if (expected.outcome !== 'delivered') return;
  walk.waiting = expected.waiting;
  for (const [id, change] of expected.students.changes)
    if (change === 'reactivated') walk.approved.delete(id);
}

function whyOf(report: Report): string {
  const { held, error, safeguards } = report;
  const breached = safeguards.filter((one) => one.breached).map((one) => one.sentence);
  return JSON.stringify({ held, error, breached });
}

/** Of those who waited last time, the registrar lets every other one through. */
async function letSomeThrough(walk: Walk, night: Night): Promise<void> {
  const again = expectNight(walk.memory, night, walk.settings, walk.approved).waiting;
  const chosen = again.filter((id) => walk.waiting.includes(id) && (Number(id) + night.number) % 2 === 0);
  if (chosen.length === 0) return;
  await using ledger = await openLedger({
    type: 'sqlite',
    path: join(walk.project.folder, 'archive/ledger.sqlite'),
  });
  for (const id of chosen) {
    const about = { file: 'students', id, field: '', value: '', about: '', shown: [] };
    await ledger.decide('north', {
      ...about,
      choice: 'approve',
      by: 'rita',
      at: '2026-11-22T03:30:00-06:00',
      reason: '',
    });
    walk.approved.add(id);
  }
}

/** Every number of the report, and every row of what is to go out or went out. */
function compareBooks(report: Report, { books, reasons }: Expected): void {
  expect(report.balanced).to.equal(true);
  const breached = report.safeguards.filter((one) => one.breached).map(nameOf);
  const limits = reasons.filter((reason) => /^(?:m|school)/.test(reason));
  expect(breached, 'breached safeguards').to.have.members(limits);
  for (const name of ['students', 'contacts'] as const) {
    const { totals, rejected, ineligible, removed } = books[name];
    expect(report.totals[name], `totals of ${name}`).to.deep.include(totals);
    expect(report.rejected[name], `rejected ${name}`).to.deep.equal(Object.fromEntries(rejected));
    expect(report.ineligible[name], `ineligible ${name}`).to.include(Object.fromEntries(ineligible));
    expect(report.removed[name], `removed ${name}`).to.deep.equal(removed);
  }
}

function nameOf(safeguard: Report['safeguards'][number]): string {
  return `${safeguard.name} ${'school' in safeguard && safeguard.school ? safeguard.school : safeguard.file}`;
}

/** The importing system takes the files away. */
async function takeDelivery(walk: Walk, report: Report, { books }: Expected): Promise<void> {
  const { project, table } = walk;
  const outputs = new Map(report.outputs.map((output) => [output.name, output]));
  const present = (['students', 'contacts'] as const).filter((name) => books[name].rows.length > 0);
  expect(await project.names(project.outbound)).to.have.members(
    [...outputs.values()].map(({ file }) => file),
  );
  expect([...outputs.keys()]).to.have.members(present);
  for (const name of present) {
    const output = outputs.get(name);
    const path = join(project.outbound, output?.file ?? '');
    const [header, ...rows] = readOutbound(await project.read(path));
    expect(header).to.deep.equal([...(name === 'students' ? STUDENT_TARGETS : CONTACT_TARGETS)]);
    expect(output?.rows).to.equal(rows.length);
    expect(sortedRows(rows), `rows of ${name}`).to.deep.equal(sortedRows(books[name].rows));
    for (const row of rows) table[name].set(row[name === 'students' ? 0 : 1] ?? '', row);
    await rm(path);
  }
  walk.last = books;
}

async function expectNothingSent({ project }: Walk): Promise<void> {
  expect(await project.names(project.outbound), 'at the destination').to.deep.equal([]);
}

const NAMES: Readonly<Record<(typeof ACCIDENTS)[number], RegExp>> = {
  half_the_file: /students: .*max_removed allows 10%/,
  another_district: /another district's file/,
  other_ids: /another kind of student id/,
  a_school_missing: new RegExp(`School ${MISSING_SCHOOL} is gone`),
  ids_shifted: /have the id of somebody else/,
  empty_summer_file: /students: the file has 0 rows/,
  torn_file: /^truncated_file$/,
};

function expectNamed(report: Report, accident: (typeof ACCIDENTS)[number]): void {
  const reasons = report.held?.reasons ?? [report.error?.code ?? ''];
  expect(
    reasons.some((reason) => NAMES[accident].test(reason)),
    reasons.join(' | '),
  ).to.equal(true);
}

async function cancel(walk: Walk, held: Report): Promise<void> {
  const { project } = walk;
  const decision = { decision: 'cancel', by: 'rita', reason: 'the wrong file' } as const;
  const { report } = await project.decide(held.run.id, decision);
  expect([report.run.outcome, report.outputs]).to.deep.equal(['cancelled', []]);
  await expectNothingSent(walk);
}
