import { z } from 'zod';
import { sftpEndpointShape } from '../sftp/schema.ts';

export const localDestinationSchema = z.strictObject({ type: z.literal('local'), path: z.string().min(1) });
export const sftpDestinationSchema = z.strictObject({ ...sftpEndpointShape });

export const destinationSchema = z.discriminatedUnion('type', [
  localDestinationSchema,
  sftpDestinationSchema,
]);
export type DestinationSettings = z.output<typeof destinationSchema>;
