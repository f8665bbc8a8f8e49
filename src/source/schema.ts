import { z } from 'zod';
import { secretRef, sftpEndpointShape } from '../sftp/schema.ts';

const duration = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'a number and a unit: 500ms, 5s, 10m, 36h, 2d');

export const readySchema = z
  .union([
    z.strictObject({ quiet: duration.describe('No file has grown or changed for this long.') }),
    z.strictObject({
      marker: z
        .string()
        .refine((marker) => /^[^/\\]+$/.test(marker) && marker.split('{name}').length === 2, {
          message: 'must be a file name with {name} in it once',
        })
        .refine((marker) => marker !== '{name}', {
          message: 'must be a name other than that of the file itself',
        })
        .describe('A file such as {name}.done that the sender writes last.'),
    }),
  ])
  .describe('When a drop is whole.');

export const afterSchema = z
  .union([
    z.enum(['remove', 'leave']),
    z.strictObject({
      move: z
        .string()
        .min(1)
        .refine((folder) => !/^[./\\]*$/.test(folder), {
          message: 'must be a folder other than the drop folder itself',
        })
        .describe('A folder, relative to the drop folder.'),
    }),
  ])
  .describe('What becomes of the files at the source once the run is sealed.');

const decrypt = z
  .strictObject({
    pgp: secretRef.optional().describe('An armoured PGP private key.'),
    passphrase: secretRef.optional().describe('Opens the PGP key.'),
    age: secretRef.optional().describe('Identities of age, as age-keygen writes them.'),
    plain: z
      .enum(['refuse', 'allow'])
      .default('refuse')
      .describe('Whether a file that is not encrypted is taken as well.'),
  })
  .refine(({ pgp, age }) => pgp !== undefined || age !== undefined, { message: 'needs pgp: or age:' })
  .refine(({ pgp, passphrase }) => passphrase === undefined || pgp !== undefined, {
    path: ['passphrase'],
    message: 'belongs to a PGP key; add pgp: or take it out',
  })
  .describe('The keys for which drops are encrypted.');

const drop = {
  ready: readySchema.default({ quiet: '5s' }),
  after: afterSchema.default('remove'),
  within: duration
    .optional()
    .describe('The files of one drop were written within this time; an older one is left over from another.'),
  decrypt: decrypt.optional(),
};

export const localSourceSchema = z.strictObject({
  type: z.literal('local'),
  path: z.string().min(1),
  ...drop,
});
export type LocalSourceSettings = z.output<typeof localSourceSchema>;

export const sftpSourceSchema = z.strictObject({ ...sftpEndpointShape, ...drop });
export type SftpSourceSettings = z.output<typeof sftpSourceSchema>;

export const sourceSchema = z.discriminatedUnion('type', [localSourceSchema, sftpSourceSchema]);
export type SourceSettings = z.output<typeof sourceSchema>;

/** One file of the drop, under the name that reports use for it. */
export const dropFileSchema = z
  .strictObject({
    match: z
      .string()
      .min(1)
      .refine((pattern) => !/[/\\]/.test(pattern), { message: 'must be a file name, without folders' })
      .optional()
      .describe('A file name, * standing for any characters.'),
    same_as: z
      .string()
      .min(1)
      .optional()
      .describe(
        'In place of match: another file of the connection, which is read a second time by this mapping.',
      ),
    required: z.boolean().default(true).describe('Without it the drop is not whole.'),
    mapping: z.string().min(1).describe('The mapping that reads it.'),
    into: z
      .string()
      .min(1)
      .optional()
      .describe('Another file of the connection: the records go behind those of its outbound file.'),
  })
  .refine(({ match, same_as }) => (match === undefined) !== (same_as === undefined), {
    message: 'needs either match: or same_as:',
  });

/** The files of a connection that come with a drop: not those that are a second reading of another one. */
export function filesThatCome<File extends { match?: string | undefined }>(
  files: Readonly<Record<string, File>>,
): Record<string, File & { match: string }> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, file]) =>
      file.match === undefined ? [] : [[name, { ...file, match: file.match }]],
    ),
  );
}
