/**
 * Config: what people write, checked before any data is touched.
 *
 * in:       rosterferry.yaml, the files that it includes, the mappings and code tables that those name
 * out:      settings with every default filled in and every path resolved
 * promises: every mistake of all files in one go, each with file, line, column and what is allowed
 * never:    shows a secret, takes an unknown key, or guesses what was meant
 */
import { z } from 'zod';
import { acknowledgeSchema, answerSchema } from '../acknowledge/schema.ts';
import { archiveSchema, connectionArchiveSchema } from '../archive/schema.ts';
import { reconcileSchema } from '../compare/schema.ts';
import { consoleSchema } from '../console/schema.ts';
import { expectSchema, scheduleSchema } from '../daemon/schema.ts';
import { destinationSchema } from '../deliver/schema.ts';
import { eligibilitySchema } from '../eligibility/schema.ts';
import { ledgerSchema } from '../ledger/schema.ts';
import { mailSchema, notifySchema } from '../notify/schema.ts';
import { readSchema } from '../parse/schema.ts';
import { pauseSchema, safeguardsSchema } from '../reconcile/schema.ts';
import { packageSchema } from '../render/schema.ts';
import { afterSchema, dropFileSchema, readySchema, sourceSchema } from '../source/schema.ts';
import { isTimeZone } from '../time/run-day.ts';
import { nearestZone } from './nearest-zone.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const name = z.string().regex(NAME, 'a name of letters, digits, dash and underscore');

export const connectionSchema = z.strictObject({
  title: z.string().optional().describe('What people call the connection.'),
  environment: z.enum(['production', 'sandbox']).default('production'),
  enabled: z.boolean().default(true),
  schedule: scheduleSchema.default({ watch: true }),
  expect: expectSchema.optional().describe('When a drop is late or stale.'),
  pause: pauseSchema.optional().describe('Times of the year at which nothing, or less, is carried.'),
  source: sourceSchema.describe('Where drops come from.'),
  files: z
    .record(name, dropFileSchema)
    .refine((files) => Object.keys(files).length > 0, { message: 'needs at least one file' })
    .describe('The files of a drop, under the names that reports use.'),
  eligibility: eligibilitySchema.prefault({}).describe('Which students are carried.'),
  reconcile: reconcileSchema.prefault({}).describe('How a drop is held against the last delivery.'),
  safeguards: safeguardsSchema.prefault({}).describe('Limits at which a person is asked first.'),
  destination: destinationSchema.describe('Where the delivered files go.'),
  package: packageSchema.optional().describe('All outbound files as one zip.'),
  archive: connectionArchiveSchema
    .optional()
    .describe('Retention and legal hold of this connection, where they differ.'),
  acknowledge: acknowledgeSchema
    .extend({
      read: readSchema.prefault({}),
      ready: readySchema.default({ quiet: '5s' }),
      after: afterSchema.default('leave'),
    })
    .optional()
    .describe('What the importing system answers.'),
  answer: answerSchema.optional().describe('The result file for the district.'),
  notify: notifySchema.optional().describe('Who is told.'),
});
export type ConnectionSettings = z.output<typeof connectionSchema>;

export type SftpEndpoint = Extract<ConnectionSettings['source' | 'destination'], { type: 'sftp' }>;

const serviceShape = {
  version: z.literal(1).describe('The version of this format.'),
  timezone: z
    .string()
    .superRefine((zone, issue) => {
      if (isTimeZone(zone)) return;
      const message = 'no time zone of the IANA database, which has names such as America/Chicago';
      issue.addIssue({ code: 'custom', message, params: { nearest: nearestZone(zone) } });
    })
    .optional()
    .describe(
      'The zone of every schedule, cut-off and "today"; the zone of the machine where it is left out.',
    ),
  archive: archiveSchema.prefault({}),
  ledger: ledgerSchema.prefault({}),
  mail: mailSchema.prefault({}).describe('Through which server e-mails leave the house.'),
  console: consoleSchema.optional().describe('Metrics and health over HTTP; off where it is left out.'),
  include: z.array(z.string().min(1)).default([]).describe('More files with connections, * allowed.'),
};

/** The whole file, as editors and auditors see it. */
export const configSchema = z.strictObject({
  ...serviceShape,
  connections: z.record(name, connectionSchema).default({}),
});

/** Connections by name, still unread. */
export const connectionsSchema = z.record(name, z.unknown());

/** A file under `include` that has the key `connections`, as the main file has. */
export const includedSchema = z.strictObject({
  version: serviceShape.version.optional(),
  connections: connectionsSchema,
});

/** The whole file, its connections still unread: each is checked on its own, so that one mistake hides no other. */
export const serviceSchema = z.strictObject({
  ...serviceShape,
  connections: connectionsSchema.default({}),
});
export type ServiceSettings = z.output<typeof serviceSchema>;
