import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { secretRef } from '../../sftp/schema.ts';
import { isBlank } from '../../vocabulary/row.ts';
import { type StepSettings, transformation } from './transform.ts';
import { withShorthand } from './with-shorthand.ts';
import { columnSchema, textSchema } from './written-values.ts';

const prefixSchema = textSchema.refine((text) => text.trim() !== '', 'must have at least one character');

export const temporaryId = transformation({
  name: 'temporary_id',
  summary:
    'Gives an applicant who has no id yet a temporary one: the prefix and a number. The value is what the applicant is known by, and whoever has the same value keeps the same temporary id for ever. The numbers are counted for each connection; rebuilding the ledger does not change them.',
  options: withShorthand(
    z.strictObject({
      prefix: prefixSchema.describe(
        'What every temporary id begins with, so that it is told from a real one.',
      ),
      unless: columnSchema
        .optional()
        .describe(
          'A column with the real id: where it is not blank, it is taken and no temporary id is given.',
        ),
    }),
    'prefix',
    prefixSchema,
  ),
  readsBlanks: true,
  examples: [
    { options: { prefix: 'student-operoo-' }, value: 'APP-77', gives: 'student-operoo-1' },
    {
      options: { prefix: 'T', unless: 'Enrolled_ID' },
      row: { Enrolled_ID: '' },
      value: 'APP-77',
      gives: 'T1',
    },
    {
      options: { prefix: 'T', unless: 'Enrolled_ID' },
      row: { Enrolled_ID: '99992226' },
      value: 'APP-77',
      gives: '99992226',
    },
    { options: 'T', value: ' ', gives: '', note: 'a blank names nobody' },
  ],
  compile({ prefix, unless }, { field, column, temporaryId: idFor }) {
    if (!idFor) throw new AppError('defect', `Nobody gives the temporary ids of fields.${field}`);
    const real = unless === undefined ? () => '' : column(unless);
    return (value, values) => {
      const known = real(values);
      if (!isBlank(known)) return known;
      return isBlank(value) ? '' : idFor(prefix, value.trim());
    };
  },
});

const hashOptions = z.strictObject({
  secret: secretRef.describe(
    'Where the secret stands: `env:NAME`, or `file:PATH` relative to the mapping. Never the secret itself.',
  ),
});

export function isHash(step: StepSettings): step is { name: 'hash'; options: z.output<typeof hashOptions> } {
  return step.name === hash.name;
}

export const hash = transformation({
  name: 'hash',
  summary:
    'Puts a pseudonym in the place of the value: its HMAC-SHA-256 under a secret, as 64 hex digits. The same value has the same pseudonym as long as the secret is the same, and nobody without the secret can tell one from the other. White space counts, so put `trim` in front. Cut short with `truncate`, two values may come to share a pseudonym; `unique` notices.',
  options: hashOptions,
  examples: [
    {
      options: { secret: 'env:PSEUDONYM_SECRET' },
      value: '004711',
      gives: '2c993ca0c74672751fc398780f34a2299a8ab00a64476d11ead9fe2f394d43ac',
      note: 'with the secret `an example, not a secret`',
    },
    { options: { secret: 'env:PSEUDONYM_SECRET' }, value: '', gives: '' },
  ],
  compile({ secret }, { field, keyedHash }) {
    if (!keyedHash) throw new AppError('defect', `The secret of fields.${field} was not resolved`);
    const pseudonymOf = keyedHash(secret);
    return (value) => pseudonymOf(value);
  },
});
