import { z } from 'zod';

/** Options, or the value of one of them alone: `date: M/d/yyyy` for `date: { from: M/d/yyyy }`. */
export function withShorthand<Shape extends z.ZodRawShape, Value extends z.ZodType>(
  options: z.ZodObject<Shape, z.core.$strict>,
  key: keyof Shape & string,
  value: Value,
) {
  return z.union([options, value.transform((alone) => options.parse({ [key]: alone }))]);
}
