import { z } from 'zod';
import { recipientsSchema } from '../encryption/schema.ts';
import { secretRef, sftpEndpointShape } from '../sftp/schema.ts';

/** For whom what is delivered is encrypted. */
const encrypt = z
  .strictObject({
    pgp: secretRef.optional().describe('The armoured PGP public key of whoever receives the files.'),
    age: recipientsSchema.optional().describe('One recipient of age, or several of whom each can read it.'),
  })
  .refine(({ pgp, age }) => (pgp === undefined) !== (age === undefined), {
    message: 'needs either pgp: or age:',
  })
  .optional()
  .describe('Files leave encrypted, under their name with .pgp or .age behind it.');

export const localDestinationSchema = z.strictObject({
  type: z.literal('local'),
  path: z.string().min(1),
  encrypt,
});
export type LocalDestinationSettings = z.output<typeof localDestinationSchema>;

const publish = z
  .enum(['rename', 'posix_rename', 'in_place'])
  .describe(
    'How a file gets its name: rename (in one step where the host can), posix_rename (in one step or not at all), in_place (written under its name; for hosts without a rename).',
  );

const staging = z
  .string()
  .min(1)
  .refine((folder) => !/^[./]*$/.test(folder), { message: 'must be a folder other than path itself' })
  .describe(
    'A folder on the same disk of the host, relative to path, where files lie until they are whole; for importers that take whatever lies in path.',
  );

const done = z
  .string()
  .refine((marker) => /^[^/\\]+$/.test(marker) && marker.split('{name}').length === 2, {
    message: 'must be a file name with {name} in it once',
  })
  .refine((marker) => marker !== '{name}', { message: 'must be a name other than that of the file itself' })
  .describe('An empty file such as {name}.done that is written last, for importers that wait for it.');

export const sftpDestinationSchema = z
  .strictObject({
    ...sftpEndpointShape,
    encrypt,
    publish: publish.default('rename'),
    staging: staging.optional(),
    done: done.optional(),
  })
  .refine(({ publish, staging }) => publish !== 'in_place' || staging === undefined, {
    path: ['staging'],
    message: 'not together with publish: in_place, which knows no temporary file',
  });
export type SftpDestinationSettings = z.output<typeof sftpDestinationSchema>;

export const destinationSchema = z.discriminatedUnion('type', [
  localDestinationSchema,
  sftpDestinationSchema,
]);
export type DestinationSettings = z.output<typeof destinationSchema>;
