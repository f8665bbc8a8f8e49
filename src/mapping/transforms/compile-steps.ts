import type { ByteForm } from '../../bytewise/plain-bytes.ts';
import { AppError } from '../../errors/app-error.ts';
import { isBlank } from '../../vocabulary/row.ts';
import { TRANSFORMATIONS } from './all.ts';
import type { Step, StepContext, StepSettings } from './transform.ts';

/** The steps of a field as one, from left to right; the first flaw ends it. */
export function compileSteps(steps: readonly StepSettings[], context: StepContext): Step {
  const compiled = steps.map((step) => compileStep(step, context));
  const [only] = compiled;
  if (only && compiled.length === 1) return only;
  return (value, values) => {
    let current = value;
    for (const step of compiled) {
      const next = step(current, values);
      if (typeof next !== 'string') return next;
      current = next;
    }
    return current;
  };
}

/** What the steps do, where none does more than its byte form. */
export function byteFormsOf(steps: readonly StepSettings[]): readonly ByteForm[] | undefined {
  const forms = steps.map(({ name }) => TRANSFORMATIONS.find((one) => one.name === name)?.byteForm);
  return forms.every((form) => form !== undefined) ? forms : undefined;
}

function compileStep({ name, options }: StepSettings, context: StepContext): Step {
  const found = TRANSFORMATIONS.find((one) => one.name === name);
  if (!found) throw new AppError('defect', `No transformation is called ${name}`);
  const step = found.compile(options, context);
  if (found.readsBlanks) return step;
  return (value, values) => (isBlank(value) ? '' : step(value, values));
}
