import { AppError } from '../../../src/errors/app-error.ts';
import { compileSteps } from '../../../src/mapping/transforms/compile-steps.ts';
import { stepSchema } from '../../../src/mapping/transforms/step-schema.ts';
import type { Example, Flaw } from '../../../src/mapping/transforms/transform.ts';
import { A_DAY, countIds, findIn, hashWithExample } from '../a-mapping.ts';

/** One step as a person writes it, over a row of named columns, as a function of the value. */
export function stepOf(
  name: string,
  options?: unknown,
  row: Readonly<Record<string, string>> = {},
  more: { table?: Example['table'] | undefined; category?: string | undefined } = {},
): (value: string) => string | Flaw {
  const written = stepSchema.safeParse(options === undefined ? name : { [name]: options });
  if (!written.success) throw new AppError('config_invalid', written.error.message);
  const { find } = findIn(Object.keys(row));
  const step = compileSteps([written.data], {
    column: (ref) => find(ref, name),
    field: 'target',
    day: A_DAY,
    table: () => new Map(Object.entries(more.table ?? {})),
    keyedHash: hashWithExample,
    temporaryId: countIds(),
    category: () => more.category,
  });
  return (value) => step(value, Object.values(row));
}

/** The same, a flaw by its code. */
export function codeOf(name: string, options?: unknown): (value: string) => string {
  const step = stepOf(name, options);
  return (value) => {
    const result = step(value);
    return typeof result === 'string' ? result : result.code;
  };
}
