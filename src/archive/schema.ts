/**
 * Archive: keeps what a run received, did and delivered, so that it can be shown unaltered years later.
 *
 * in:       the folder of a run at work
 * out:      a sealed folder, chained to the one before it; the runs there are; what is not as it was sealed
 * promises: one rename seals; each hash can be checked with stock tools; readable by the owner alone
 * never:    reads a clock; changes anything in a sealed folder
 */
import { z } from 'zod';
import { recipientsSchema } from '../encryption/schema.ts';
import { secretRef } from '../sftp/schema.ts';

const age = z.string().regex(/^\d+(d|w|y)$/, 'a number of days, weeks or years: 400d, 7y');

const retain = z.strictObject({ files: age.default('400d'), reports: age.default('7y') }).prefault({});

const day = z.iso.date();
const hold = z
  .strictObject({
    from: day.optional().describe('First business date; from the beginning where it is left out.'),
    to: day.optional().describe('Last business date, included; for ever where it is left out.'),
    reason: z.string().min(1),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'ends before it begins',
  });
export type Hold = z.output<typeof hold>;

/** What a connection says of its own part of the archive. */
export const connectionArchiveSchema = z.strictObject({
  retain: z
    .strictObject({ files: age.optional(), reports: age.optional() })
    .optional()
    .describe('Other ages than archive.retain says.'),
  hold: z
    .array(hold)
    .default([])
    .describe('Legal hold: runs of these days are not purged, however old they are.'),
});

const encrypt = z
  .strictObject({
    age: recipientsSchema,
  })
  .describe(
    'Recipients of age: what sealed runs have of people is encrypted, and each of these can read it.',
  );

const decrypt = z
  .strictObject({ age: secretRef.describe('An identity of one of the recipients.') })
  .describe('For commands that read sealed runs again: rebuild, replay, review.');

export const archiveSchema = z.strictObject({
  path: z.string().min(1).default('archive'),
  retain,
  encrypt: encrypt.optional(),
  decrypt: decrypt.optional(),
});
export type ArchiveSettings = z.output<typeof archiveSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fileFacts = { path: z.string().min(1), bytes: z.int().min(0), sha256 };
const link = z.object({ run: z.string().min(1), sha256 });

/** manifest.json of a sealed run. */
export const manifestSchema = z.object({
  run: z.string().min(1),
  connection: z.string().min(1),
  sealed_at: z.string().min(1),
  files: z.array(
    z.object({
      ...fileFacts,
      stored: z
        .object(fileFacts)
        .optional()
        .describe('What lies there instead, where the file is encrypted.'),
    }),
  ),
  /** The run of this connection that was sealed before, and the hash of its manifest.json. */
  previous: link.nullable(),
});
export type Manifest = z.output<typeof manifestSchema>;
export type Link = z.output<typeof link>;

/** head.json of a connection: the run that was sealed last, and how many sealed folders there were then. */
export const headSchema = link.extend({ count: z.int().min(1) });
export type Head = z.output<typeof headSchema>;

/** What `verify --head --json` prints. */
export const keptHeadsSchema = z.object({
  heads: z.array(headSchema.extend({ connection: z.string().min(1) })),
});

const RULES = ['retain.files', 'retain.reports', 'superseded'] as const;
export type DestructionRule = (typeof RULES)[number];

/** destruction.json of a purge: which files of which runs it destroyed, when, by which rule, and at whose word. */
export const destructionSchema = z.object({
  schema: z.literal('rosterferry/destruction/1'),
  purge: z.string().min(1),
  connection: z.string().min(1),
  at: z.string().min(1).describe('ISO 8601 with offset: when it was decided; the files went right after.'),
  date: z.iso.date().describe('The day by which ages were counted.'),
  by: z.string().describe('The account that purged.'),
  retain: z.object({ files: z.string(), reports: z.string() }),
  runs: z.array(
    z.object({
      run: z.string().min(1),
      folder: z.string().min(1).describe('Beneath the folder of the connection.'),
      sealed_at: z.string().min(1),
      files: z.array(
        z.object({
          path: z.string().min(1),
          bytes: z.int().min(0),
          sha256,
          rule: z.enum(RULES),
          older_than: z.string().optional().describe('The age that the rule names; none where superseded.'),
        }),
      ),
    }),
  ),
  held: z.array(z.object({ run: z.string().min(1), reason: z.string() })),
  checkpoint_after: z
    .string()
    .optional()
    .describe('The run up to which the checkpoint of this purge tells what was learnt.'),
  program: z.object({ version: z.string(), node: z.string() }).optional(),
});
export type Destruction = z.output<typeof destructionSchema>;

const count = z.int().min(0);

/** acknowledgement.json: what the importing system answered to a run, in numbers. No value of a student. */
export const acknowledgementSchema = z.object({
  schema: z.literal('rosterferry/acknowledgement/1'),
  acknowledgement: z.string().min(1),
  connection: z.string().min(1),
  run: z.string().min(1).describe('The run that it answers.'),
  at: z.string().min(1).describe('ISO 8601 with offset: when it was read.'),
  date: z.iso.date(),
  file: z.string().min(1).describe('The name that its file had.'),
  bytes: count,
  sha256,
  rows: z.object({ read: count, accepted: count, refused: count, unclear: count }),
  students: z.object({ accepted: count, refused: count }),
  statuses: z.record(z.string(), count).describe('The words of the importing system, and how often.'),
  unclear: z.record(z.string(), count).describe('Why rows could not be understood, by code.'),
  still_refused: count.describe('Students who are refused after this answer, from whichever run.'),
  program: z.object({ version: z.string(), node: z.string() }).optional(),
});
export type Acknowledgement = z.output<typeof acknowledgementSchema>;

/** As much of the state of a run as says which one it is. */
export const sealedStateSchema = z.object({
  facts: z.object({ id: z.string().min(1), connection: z.string().min(1), businessDate: z.string().min(1) }),
});

/** What a list of runs shows of a report.json. */
export const summarySchema = z.object({
  run: z.object({
    id: z.string(),
    connection: z.string(),
    outcome: z.string(),
    business_date: z.string(),
    started_at: z.string(),
    finished_at: z.string(),
  }),
  totals: z.record(z.string(), z.record(z.string(), z.number())),
});
export type RunSummary = z.output<typeof summarySchema>;
