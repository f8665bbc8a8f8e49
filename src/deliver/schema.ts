import { z } from 'zod';
import { sftpEndpointShape } from '../sftp/schema.ts';

export const localDestinationSchema = z.strictObject({ type: z.literal('local'), path: z.string().min(1) });
export type LocalDestinationSettings = z.output<typeof localDestinationSchema>;
export const sftpDestinationSchema = z.strictObject({ ...sftpEndpointShape });
export type SftpDestinationSettings = z.output<typeof sftpDestinationSchema>;

export const destinationSchema = z.discriminatedUnion('type', [
  localDestinationSchema,
  sftpDestinationSchema,
]);
export type DestinationSettings = z.output<typeof destinationSchema>;
