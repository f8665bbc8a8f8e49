import { z } from 'zod';
import { sftpEndpointShape } from '../sftp/schema.ts';

export const localDestinationSchema = z.strictObject({ type: z.literal('local'), path: z.string().min(1) });
export type LocalDestinationSettings = z.output<typeof localDestinationSchema>;

const publish = z
  .enum(['rename', 'posix_rename', 'in_place'])
  .describe(
    'How a file gets its name: rename (in one step where the host can), posix_rename (in one step or not at all), in_place (written under its name; for hosts without a rename).',
  );

const staging = z
  .string()
  .min(1)
  .refine((folder) => !/^[./]*$/.test(folder), { message: 'a folder other than path itself' })
  .describe(
    'A folder on the same disk of the host, relative to path, where files lie until they are whole; for importers that take whatever lies in path.',
  );

const done = z
  .string()
  .refine((marker) => /^[^/\\]+$/.test(marker) && marker.split('{name}').length === 2, {
    message: 'a file name with {name} in it once',
  })
  .refine((marker) => marker !== '{name}', { message: 'a name other than that of the file itself' })
  .describe('An empty file such as {name}.done that is written last, for importers that wait for it.');

export const sftpDestinationSchema = z
  .strictObject({
    ...sftpEndpointShape,
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
