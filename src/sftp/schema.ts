import { z } from 'zod';

const SECRET = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/;

/** Also what tells the schema of a secret from that of any other text. */
export const SECRET_FORM = 'a reference to a secret, env:NAME or file:PATH, and never the secret itself';

/** A secret is referred to, never written: `env:NAME` or `file:PATH`. */
export const secretRef = z.string().regex(SECRET, { message: SECRET_FORM, abort: true });

/** What both ends of an SFTP connection are told. */
export const sftpEndpointShape = {
  type: z.literal('sftp'),
  host: z.string().min(1).describe('Name or address of the host.'),
  port: z.int().min(1).max(65535).default(22),
  username: z.string().min(1),
  password: secretRef.optional(),
  private_key: secretRef.optional().describe('A private key in OpenSSH or PEM form.'),
  passphrase: secretRef.optional().describe('Opens the private key.'),
  host_key: z
    .string()
    .regex(
      /^SHA256:[A-Za-z0-9+/]{43}=?$/,
      'a fingerprint such as ssh-keygen -lf prints: SHA256: and 43 characters',
    )
    .optional()
    .describe("The fingerprint of the host's key."),
  known_hosts: secretRef.optional().describe('A known_hosts file that has the host.'),
  path: z.string().min(1).describe('The folder on the host.'),
  timeout: z
    .string()
    .regex(/^\d+(s|m)$/, 'a number of seconds or minutes: 20s')
    .refine((text) => /[1-9]/.test(text), 'must be longer than nothing')
    .default('20s')
    .describe('How long the host may stay silent.'),
};

/** What an SFTP session is opened with: the endpoint, its secrets resolved. Never logged whole. */
export interface SftpAccess {
  host: string;
  port: number;
  username: string;
  password?: string;
  privateKey?: string;
  passphrase?: string;
  /** Fingerprints that are trusted: SHA256:... without padding. */
  trustedHostKeys: readonly string[];
  timeoutMs: number;
}
