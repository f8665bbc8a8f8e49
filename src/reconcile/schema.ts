import { z } from 'zod';
import { monthDay } from '../time/schema.ts';

/** A percentage such as 5% or a number of students. */
const limit = z.union([
  z.string().regex(/^\d+(\.\d+)?%$/, 'a percentage such as 5%, or a whole number'),
  z.int().min(0),
]);
export type Limit = z.output<typeof limit>;

export const safeguardsSchema = z.strictObject({
  min_rows: z.int().min(0).default(1),
  max_rejected: limit.default('5%'),
  max_removed: limit.default('10%'),
  max_created: limit.default('25%'),
  max_updated: limit.default('50%'),
  max_size_change: limit.default('50%'),
  on_breach: z.enum(['hold', 'fail']).default('hold'),
  review: z.enum(['on_breach', 'always']).default('on_breach'),
  rollover: z
    .strictObject({
      from: monthDay,
      to: monthDay,
      max_removed: limit.optional(),
      max_created: limit.optional(),
      max_updated: limit.optional(),
    })
    .optional(),
});
export type SafeguardSettings = z.output<typeof safeguardsSchema>;
