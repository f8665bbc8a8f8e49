import { z } from 'zod';
import { TRANSFORMATIONS } from './all.ts';
import type { StepSettings } from './transform.ts';

const names = TRANSFORMATIONS.map((one) => one.name);
/** Those of which the name alone says enough. */
const bareNames = TRANSFORMATIONS.filter((one) => one.options.safeParse({}).success).map((one) => one.name);

const bareStep = z
  .enum(names)
  .superRefine((name, context) => {
    if (!bareNames.includes(name))
      context.addIssue({ code: 'custom', message: `needs its options: { ${name}: ... }` });
  })
  .meta({ enum: bareNames })
  .transform((name): StepSettings => {
    const found = TRANSFORMATIONS.find((one) => one.name === name);
    return { name, options: found?.options.parse({}) };
  });

const stepWithOptions = z
  .strictObject(Object.fromEntries(TRANSFORMATIONS.map((one) => [one.name, one.options.optional()])))
  .superRefine((written, context) => {
    if (context.issues.length > 0 || Object.keys(written).length === 1) return;
    const message = 'one step names one transformation; each further one is a step of its own';
    context.addIssue({ code: 'custom', message });
  })
  .meta({ minProperties: 1, maxProperties: 1 })
  .transform((written): StepSettings => {
    const [name = '', options] = Object.entries(written)[0] ?? [];
    return { name, options };
  });

/** A bare name, or one name with its options. */
export const stepSchema = z.union([bareStep, stepWithOptions]);
