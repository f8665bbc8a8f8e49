import { FINDING_CODES, type FindingCode } from '../vocabulary/finding.ts';
import type { ReviewKind } from '../vocabulary/review.ts';
import type { Notice, Outcome, RunFacts } from '../vocabulary/run.ts';
import type { FileBooks } from '../vocabulary/totals.ts';
import { buildShipment, type ShippedFacts } from './build-shipment.ts';
import { type Decision, REPORT_SCHEMA_NAME, type Report } from './schema.ts';

export interface InputFacts {
  /** The file of the drop, as the connection names it. */
  name: string;
  /** The name under which it was dropped. */
  file: string;
  sizeBytes: number;
  sha256: string;
  /** Blank where reading stopped before it was known. */
  encoding: string;
  delimiter: string;
  /** Blank of the usual reader. */
  readBy?: 'csv-parse';
  rows: number;
  /** Of a large file: those that were judged as bytes, and not as text. */
  rowsAsBytes?: number;
  /** The encrypted file from which it is. */
  received?: { name: string; file: string; sizeBytes: number; sha256: string; encryption: 'pgp' | 'age' };
  notices?: readonly Notice[];
}

export interface OutputFacts {
  name: string;
  file: string;
  sizeBytes: number;
  sha256: string;
  rows: number;
  /** ISO 8601 with offset; blank while the file is not at the other side. */
  deliveredAt: string;
}

export interface SafeguardFacts {
  name: string;
  file?: string;
  school?: string;
  limit: string;
  value: string;
  breached: boolean;
  sentence?: string;
}

/** An AppError has this shape. */
export interface FailureFacts {
  code: string;
  message: string;
  hint: string;
  place?: { file: string; line?: number; column?: number } | undefined;
}

export interface ReportFacts {
  run: RunFacts;
  outcome: Outcome;
  /** ISO 8601 with offset: when the run ended, or came to stand still. */
  finishedAt: string;
  inputs: readonly InputFacts[];
  outputs: readonly OutputFacts[];
  /** What was delivered of the outputs, where they were drafted. */
  shipment?: readonly ShippedFacts[];
  /** By file of the drop; empty where a run failed before it read a row. */
  books: ReadonlyMap<string, FileBooks>;
  safeguards: readonly SafeguardFacts[];
  decisions: readonly Decision[];
  balanced: boolean;
  /** Questions that wait for a person, by file; a file and a kind without one may be left out. */
  waiting?: ReadonlyMap<string, Readonly<Partial<Record<ReviewKind, number>>>>;
  imbalances?: readonly string[];
  firstRun?: boolean;
  /** Such as `only` or `send_one`; left out where the whole drop was meant. */
  lane?: string;
  /** The rules of the run in words, by topic: { eligibility: '...' }. */
  settings?: Readonly<Record<string, string>>;
  notices?: readonly Notice[];
  heldReasons?: readonly string[];
  error?: FailureFacts;
  program?: { version: string; node: string };
}

/** The report as a plain object; its keys stand in the order in which people read them. */
export function buildReport(facts: ReportFacts): Report {
  return {
    schema: REPORT_SCHEMA_NAME,
    run: {
      id: facts.run.id,
      connection: facts.run.connection,
      environment: facts.run.environment,
      trigger: facts.run.trigger,
      business_date: facts.run.businessDate,
      started_at: facts.run.startedAt,
      finished_at: facts.finishedAt,
      outcome: facts.outcome,
    },
    inputs: facts.inputs.map(buildInput),
    outputs: facts.outputs.map(buildOutput),
    totals: eachFile(facts.books, (books) => ({ ...books.totals })),
    ineligible: eachFile(facts.books, (books) => ({ ...books.ineligible })),
    removed: eachFile(facts.books, (books) => ({ ...books.removed })),
    rejected: eachFile(facts.books, (books) => buildCodes(books.rejected)),
    safeguards: facts.safeguards.map(buildSafeguard),
    decisions: facts.decisions.map((decision) => ({ ...decision })),
    balanced: facts.balanced,
    ...buildOptionalParts(facts),
  };
}

/** report.json, byte for byte the same for the same facts. */
export function renderReportJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function buildInput(input: InputFacts): Report['inputs'][number] {
  return {
    name: input.name,
    file: input.file,
    bytes: input.sizeBytes,
    sha256: input.sha256,
    encoding: input.encoding,
    delimiter: input.delimiter,
    rows: input.rows,
    ...(input.readBy ? { read_by: input.readBy } : {}),
    ...(input.rowsAsBytes ? { rows_as_bytes: input.rowsAsBytes } : {}),
    ...(input.received ? { received: buildReceived(input.received) } : {}),
    ...(input.notices?.length ? { notices: input.notices.map((notice) => ({ ...notice })) } : {}),
  };
}

function buildReceived({ sizeBytes, ...received }: NonNullable<InputFacts['received']>) {
  const { name, file, sha256, encryption } = received;
  return { name, file, bytes: sizeBytes, sha256, encryption };
}

function buildOutput(output: OutputFacts): Report['outputs'][number] {
  return {
    name: output.name,
    file: output.file,
    bytes: output.sizeBytes,
    sha256: output.sha256,
    rows: output.rows,
    delivered_at: output.deliveredAt,
  };
}

function eachFile<T>(
  books: ReadonlyMap<string, FileBooks>,
  build: (books: FileBooks) => T,
): Record<string, T> {
  return Object.fromEntries([...books].map(([name, file]) => [name, build(file)]));
}

/** Codes that occurred, in the order of the catalogue. */
function buildCodes(rejected: FileBooks['rejected']): Record<string, number> {
  const codes = Object.keys(FINDING_CODES) as FindingCode[];
  return Object.fromEntries(
    codes.map((code) => [code, rejected[code] ?? 0] as const).filter(([, count]) => count > 0),
  );
}

function buildSafeguard(safeguard: SafeguardFacts): Report['safeguards'][number] {
  const { name, file, school, limit, value, breached, sentence } = safeguard;
  return {
    name,
    ...(file === undefined ? {} : { file }),
    ...(school === undefined ? {} : { school }),
    limit,
    value,
    breached,
    ...(sentence === undefined ? {} : { sentence }),
  };
}

function buildOptionalParts(facts: ReportFacts): Partial<Report> {
  return {
    ...buildShipment(facts.shipment),
    ...buildWaiting(facts.waiting),
    ...(facts.imbalances?.length ? { imbalances: [...facts.imbalances] } : {}),
    ...(facts.firstRun === undefined ? {} : { first_run: facts.firstRun }),
    ...(facts.lane === undefined ? {} : { lane: facts.lane }),
    ...(facts.settings === undefined ? {} : { settings: { ...facts.settings } }),
    ...(facts.notices?.length ? { notices: facts.notices.map((notice) => ({ ...notice })) } : {}),
    ...(facts.heldReasons?.length ? { held: { reasons: [...facts.heldReasons] } } : {}),
    ...(facts.error === undefined ? {} : { error: buildFailure(facts.error) }),
    ...(facts.program === undefined ? {} : { program: { ...facts.program } }),
  };
}

/** Only files that ask something: a quiet night has no such key. */
function buildWaiting(waiting: ReportFacts['waiting'] = new Map()): Pick<Report, 'waiting'> {
  const asked = [...waiting].filter(([, counts]) => Object.values(counts).some((count) => count > 0));
  const copies = asked.map(([file, counts]) => [file, { ...counts }] as const);
  return copies.length > 0 ? { waiting: Object.fromEntries(copies) } : {};
}

function buildFailure({ code, message, hint, place }: FailureFacts): NonNullable<Report['error']> {
  return { code, message, hint, ...(place === undefined ? {} : { place: { ...place } }) };
}
