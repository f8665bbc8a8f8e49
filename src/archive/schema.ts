import { z } from 'zod';

const age = z.string().regex(/^\d+(d|w|y)$/, 'a number of days, weeks or years: 400d, 7y');

export const archiveSchema = z.strictObject({
  path: z.string().min(1).default('archive'),
  retain: z.strictObject({ files: age.default('400d'), reports: age.default('7y') }).prefault({}),
});
export type ArchiveSettings = z.output<typeof archiveSchema>;
