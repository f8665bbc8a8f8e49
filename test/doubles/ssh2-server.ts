/** An SFTP server of ssh2's own over a temp folder, with every bad manner that tests need. It offers no extensions. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type AuthContext, type Connection, type Server, type SFTPWrapper } from 'ssh2';
import { fingerprintOf } from '../../src/sftp/host-key.ts';
import type { SftpAccess } from '../../src/sftp/schema.ts';
import { makeKeyPair } from './key-pair.ts';
import { type Quirks, serveFiles } from './ssh2-files.ts';

export const PASSWORD = 'correct horse';

export interface Ssh2Server {
  /** Logs in with the password. */
  access: SftpAccess;
  /** Logs in with the key. */
  keyAccess: SftpAccess;
  folder: string;
  hostKeys: { ed25519: string; ecdsa: string };
  /** May be changed at any time. */
  quirks: Quirks;
  /** Methods of the logins that were tried, in order. */
  logins: string[];
  /** How many connections were made. */
  connections(): number;
  /** Ends the SFTP channels and lets the connections live, as servers do that mind idle sessions. */
  closeChannels(): void;
  stop(): Promise<void>;
}

export interface ServerDials {
  quirks?: Quirks;
  timeoutMs?: number;
  /** Ways to log in that the server takes; default password and publickey. */
  methods?: readonly ('password' | 'publickey' | 'keyboard-interactive')[];
  /** Passes for OpenSSH, to which the library sends long packets. */
  ident?: string;
}

export async function startSsh2Server(dials: ServerDials = {}): Promise<Ssh2Server> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-ssh2-'));
  const host = [makeKeyPair('ed25519'), ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 })];
  const user = makeKeyPair('ed25519');
  const quirks: Quirks = { ...dials.quirks };
  const logins: string[] = [];
  const open = new Set<Connection>();
  const channels = new Set<SFTPWrapper>();
  let connections = 0;
  const methods = dials.methods ?? ['password', 'publickey'];
  const ident = dials.ident === undefined ? {} : { ident: dials.ident };
  const server = new ssh2.Server({ hostKeys: host.map((key) => key.private), ...ident }, (client) => {
    connections += 1;
    open.add(client);
    client.on('error', () => undefined);
    // Declared for clients only, though the server has it: without it each answer waits 40 ms.
    Reflect.apply(Reflect.get(client, 'setNoDelay'), client, [true]);
    client.on('close', () => open.delete(client));
    client.on('authentication', (login) => {
      logins.push(login.method);
      checkLogin(login, methods, user.public);
    });
    client.on('session', (accept) =>
      accept().on('sftp', (acceptSftp) => {
        const sftp = acceptSftp();
        channels.add(sftp);
        serveFiles(sftp, quirks);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [ed25519 = '', ecdsa = ''] = host.map((key) => fingerprintOfLine(key.public));
  const at = {
    host: '127.0.0.1',
    port: portOf(server),
    username: 'ferry',
    trustedHostKeys: [ed25519],
    timeoutMs: dials.timeoutMs ?? 2000,
  };
  return {
    access: { ...at, password: PASSWORD },
    keyAccess: { ...at, privateKey: user.private },
    folder,
    hostKeys: { ed25519, ecdsa },
    quirks,
    logins,
    connections: () => connections,
    closeChannels: () => {
      for (const sftp of channels) sftp.end();
    },
    stop: async () => {
      for (const client of open) client.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function fingerprintOfLine(line: string): string {
  return fingerprintOf(Buffer.from(line.split(' ')[1] ?? '', 'base64'));
}

function checkLogin(login: AuthContext, methods: readonly string[], publicKey: string): void {
  const left = [...methods] as AuthContext['method'][];
  const answer = (isRight: boolean) => (isRight ? login.accept() : login.reject(left));
  if (!methods.includes(login.method)) answer(false);
  else if (login.method === 'keyboard-interactive')
    login.prompt([{ prompt: 'Password: ', echo: false }], (answers) => answer(answers[0] === PASSWORD));
  else answer(login.method === 'password' ? login.password === PASSWORD : isKeyOf(login, publicKey));
}

/** Without a signature the client only asks whether it may use the key. */
function isKeyOf(login: AuthContext, publicKey: string): boolean {
  const key = ssh2.utils.parseKey(publicKey);
  if (login.method !== 'publickey' || key instanceof Error) return false;
  if (!key.getPublicSSH().equals(login.key.data)) return false;
  if (!login.signature || !login.blob) return true;
  return key.verify(login.blob, login.signature, login.hashAlgo);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
