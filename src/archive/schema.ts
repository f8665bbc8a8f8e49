/**
 * Archive: keeps what a run received, did and delivered, so that it can be shown unaltered years later.
 *
 * in:       the folder of a run at work
 * out:      a sealed folder, chained to the one before it; the runs there are; what is not as it was sealed
 * promises: one rename seals; each hash can be checked with stock tools; readable by the owner alone
 * never:    reads a clock; changes anything in a sealed folder
 */
import { z } from 'zod';

const age = z.string().regex(/^\d+(d|w|y)$/, 'a number of days, weeks or years: 400d, 7y');

export const archiveSchema = z.strictObject({
  path: z.string().min(1).default('archive'),
  retain: z.strictObject({ files: age.default('400d'), reports: age.default('7y') }).prefault({}),
});
export type ArchiveSettings = z.output<typeof archiveSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const link = z.object({ run: z.string().min(1), sha256 });

/** manifest.json of a sealed run. */
export const manifestSchema = z.object({
  run: z.string().min(1),
  connection: z.string().min(1),
  sealed_at: z.string().min(1),
  files: z.array(z.object({ path: z.string().min(1), bytes: z.int().min(0), sha256 })),
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
