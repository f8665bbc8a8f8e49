/**
 * Report: says what happened to every row of a run, for programs and for people.
 *
 * in:       the facts of a run: its books, files, limits, decisions
 * out:      report.json, report.html, exceptions.csv, changes.csv, and a text for a terminal
 * promises: what comes from outside is shown as text and never runs, in a browser, a spreadsheet or a terminal
 * never:    counts anything itself; puts a value of a student into report.json, but what a person decided
 */
import { z } from 'zod';
import { OUTCOMES, TRIGGERS } from '../vocabulary/run.ts';
import { INELIGIBLE_REASONS } from '../vocabulary/verdict.ts';

export const REPORT_SCHEMA_NAME = 'rosterferry/report/1';

const count = z.int().min(0);
const instant = z.string().describe('ISO 8601 with offset; blank until it happened.');
const sha256 = z
  .string()
  .regex(/^([0-9a-f]{64})?$/)
  .describe('Hex; blank where the bytes were never whole.');
const byFile = <T extends z.ZodType>(value: T) =>
  z.record(z.string().describe('The file of the drop.'), value);

const noticeSchema = z.object({ code: z.string(), message: z.string(), file: z.string().optional() });

const runSchema = z.object({
  id: z.string(),
  connection: z.string(),
  environment: z.enum(['production', 'sandbox']),
  trigger: z.enum(TRIGGERS),
  business_date: z.iso.date(),
  started_at: instant,
  finished_at: instant,
  outcome: z.enum(OUTCOMES),
});

const inputSchema = z.object({
  name: z.string(),
  file: z.string().describe('The name under which it was dropped.'),
  bytes: count,
  sha256,
  encoding: z.string().describe('Blank where it was not recognised.'),
  delimiter: z.string(),
  rows: count,
  read_by: z
    .enum(['csv-parse'])
    .optional()
    .describe('csv-parse, where the quicker scanner does not know the dialect; the rows are the same.'),
  rows_as_bytes: count
    .optional()
    .describe(
      'Of a large file: rows that were judged as the bytes that they are, and not as text; what comes of them is the same.',
    ),
  received: z
    .object({ name: z.string(), file: z.string(), bytes: count, sha256, encryption: z.enum(['pgp', 'age']) })
    .optional()
    .describe(
      'The encrypted file as it was received; bytes and sha256 beside it are those of the plain one.',
    ),
  notices: z.array(noticeSchema).optional(),
});

const outputSchema = z.object({
  name: z.string(),
  file: z.string(),
  bytes: count,
  sha256,
  rows: count,
  delivered_at: instant,
});

const shippedSchema = z.object({
  file: z.string(),
  bytes: count,
  sha256,
  holds: z.array(z.string()).describe('The outbound files that are in it.'),
  delivered_at: instant,
});

const totalsSchema = z.object({
  read: count,
  rejected: count,
  duplicate: count,
  ineligible: count,
  held: count,
  carried: count,
  created: count,
  updated: count,
  unchanged: count,
  transferred: count,
  promoted: count,
  deactivated: count,
  reactivated: count,
  removed: count,
  carried_forward: count,
  delivered: count,
});

const safeguardSchema = z.object({
  name: z.string(),
  file: z.string().optional(),
  school: z.string().optional().describe('Only where one school is meant.'),
  limit: z.string().describe('10% or 25.'),
  value: z.string().describe('0.4%, 12, or "not measured".'),
  breached: z.boolean(),
  sentence: z.string().optional(),
});

const decisionSchema = z.looseObject({
  decision: z
    .string()
    .describe('approve or cancel; about a record: match:ID, new, leave_out, keep_existing, corrected ...'),
  by: z.string(),
  at: instant,
  reason: z.string().optional(),
  file: z.string().optional().describe('The file of the drop, where it is about a record.'),
  student_id: z.string().optional(),
  field: z.string().optional().describe('The target field, where it is about one.'),
  before: z.string().optional(),
  after: z.string().optional(),
});

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  place: z.object({ file: z.string(), line: z.int().optional(), column: z.int().optional() }).optional(),
});

/** report.json. Keys that a later version adds are left aside when an older one reads it. */
export const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA_NAME),
  run: runSchema,
  inputs: z.array(inputSchema),
  outputs: z.array(outputSchema),
  shipment: z
    .array(shippedSchema)
    .optional()
    .describe('What left the house as another file than it was drafted: a zip of outputs, or encrypted.'),
  totals: byFile(totalsSchema),
  ineligible: byFile(z.record(z.enum(INELIGIBLE_REASONS), count)),
  removed: byFile(z.object({ absent: count, ineligible: count })),
  rejected: byFile(z.record(z.string().describe('A finding code.'), count)),
  safeguards: z.array(safeguardSchema),
  decisions: z.array(decisionSchema),
  balanced: z.boolean(),
  waiting: byFile(z.record(z.string().describe('match, difference, reactivated ...'), count))
    .optional()
    .describe('Questions that wait for a person, by file and kind.'),
  imbalances: z.array(z.string()).optional().describe('A sentence for each equation that fails.'),
  first_run: z.boolean().optional().describe('Nothing was ever delivered before.'),
  lane: z.string().optional().describe('What part of the drop was meant, where it was not all of it.'),
  settings: z.record(z.string(), z.string()).optional().describe('The rules of this run, in words.'),
  notices: z.array(noticeSchema).optional(),
  held: z.object({ reasons: z.array(z.string()) }).optional(),
  error: errorSchema.optional(),
  program: z.object({ version: z.string(), node: z.string() }).optional(),
  answers: z
    .array(z.looseObject({ acknowledgement: z.string(), at: instant, file: z.string() }))
    .optional()
    .describe('What the importing system answered since: `show` prints it, and no sealed report has it.'),
});
export type Report = z.output<typeof reportSchema>;
export type Decision = z.output<typeof decisionSchema>;
