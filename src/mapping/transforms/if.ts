// biome-ignore-all lint/suspicious/noThenProperty: the step has a word `then`; no promise is near.
import { z } from 'zod';
import { compileCondition } from '../../conditions/compile-condition.ts';
import { conditionSchema } from '../../conditions/schema.ts';
import { AppError } from '../../errors/app-error.ts';
import { type Step, type StepContext, transformation } from './transform.ts';
import { columnSchema, textSchema } from './written-values.ts';

const resultSchema = z.union([textSchema, z.strictObject({ column: columnSchema })]);
type Result = z.output<typeof resultSchema>;

const results = {
  then: resultSchema
    .optional()
    .describe('The value where the condition holds: a text, or `{ column: NAME }`; as it is where left out.'),
  else: resultSchema.optional().describe('The value where it does not hold; as it is where left out.'),
};

const options = wordsOf(conditionSchema)
  .safeExtend(results)
  .transform((written, context) => {
    const { then: _then, else: _else, ...words } = written;
    const { then, else: otherwise } = z.object(results).parse(written);
    if (then === undefined && otherwise === undefined)
      context.addIssue({
        code: 'custom',
        message: 'needs then or else: without either the value stays as it is',
      });
    const condition = conditionSchema.safeParse(words);
    if (condition.success) return { condition: condition.data, then, otherwise };
    for (const { message, path } of condition.error.issues)
      context.addIssue({ code: 'custom', message, path: [...path] });
    return z.NEVER;
  });

/** The map in which a condition is written, so that `then` and `else` can stand in it beside the other words. */
function wordsOf(schema: z.core.$ZodType): z.ZodObject {
  if (schema instanceof z.ZodPipe) return wordsOf(schema.in);
  if (schema instanceof z.ZodObject) return schema;
  throw new AppError('defect', 'A condition is no longer written as a map');
}

export const ifStep = transformation({
  name: 'if',
  summary:
    'Chooses between two values by a condition on the row, in the words of eligibility. `then` and `else` are each a text, or `{ column: NAME }`; where one is left out the value stays as it is.',
  options,
  makesValue: true,
  readsBlanks: true,
  examples: [
    {
      options: { column: 'Lunch', in: ['F', 'R'], then: 'Y', else: 'N' },
      row: { Lunch: 'R' },
      value: '',
      gives: 'Y',
    },
    {
      options: { column: 'Nickname', empty: false, then: { column: 'Nickname' } },
      row: { Nickname: 'Annie' },
      value: 'Ana',
      gives: 'Annie',
    },
    {
      options: { column: 'Nickname', empty: false, then: { column: 'Nickname' } },
      row: { Nickname: '' },
      value: 'Ana',
      gives: 'Ana',
      note: 'no `else`, so the value stays',
    },
    {
      options: {
        all: [{ column: 'Grade', in: ['PK', 'K'] }, { not: { column: 'School', is: 410 } }],
        then: 'early',
        else: '',
      },
      row: { Grade: 'K', School: '420' },
      value: '',
      gives: 'early',
    },
  ],
  compile({ condition, then, otherwise }, context) {
    const holds = compileCondition(condition, context.column, {
      usedBy: `fields.${context.field}`,
      today: context.day.date,
    });
    const whenTrue = compileResult(then, context);
    const whenFalse = compileResult(otherwise, context);
    return (value, values) => (holds(values) ? whenTrue(value, values) : whenFalse(value, values));
  },
});

function compileResult(result: Result | undefined, context: StepContext): Step {
  if (result === undefined) return (value) => value;
  if (typeof result === 'string') return () => result;
  const read = context.column(result.column);
  return (_value, values) => read(values);
}
