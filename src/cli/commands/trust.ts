import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts';
import { AppError, AppErrors } from '../../errors/app-error.ts';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { makeFolder, writeWhole } from '../../files/write-whole.ts';
import { addKnownHost } from '../../sftp/add-known-host.ts';
import { type ScannedKey, scanHostKeys } from '../../sftp/scan-host-keys.ts';
import { whereOf } from '../../sftp/sftp-errors.ts';
import type { Act, CliContext } from '../act.ts';
import { printJson, printLine } from '../print.ts';
import { type TrustTarget, trustTarget } from '../trust-target.ts';

interface Options {
  yes?: boolean;
  fingerprint?: string;
  replace?: boolean;
  knownHosts?: string;
}

export function registerTrust(program: Command, act: Act): void {
  program
    .command('trust')
    .argument('<host>', 'HOST, HOST:PORT, or the name of a connection')
    .argument('[end]', 'source or destination, where both ends of the connection are hosts')
    .option('--fingerprint <sha256>', 'the fingerprint that the owner of the host told you')
    .option('--yes', 'ask nothing; needs --fingerprint')
    .option('--replace', 'take the place of other keys that the file has of this host')
    .option('--known-hosts <file>', 'the file to write, where no connection says it')
    .action(
      act((context, target: string, end: string | undefined, options: Options) =>
        trust(context, { target, end }, options),
      ),
    );
}

async function trust(
  context: CliContext,
  asked: { target: string; end: string | undefined },
  options: Options,
): Promise<number> {
  refuseUnclear(options);
  const knownHosts = options.knownHosts === undefined ? undefined : context.pathOf(options.knownHosts);
  const config = await configIfAny(context);
  const target = trustTarget({ ...asked, knownHosts }, config, context.pathOf(context.configPath));
  const keys = await scanHostKeys(target);
  const key = chooseKey(target, keys, options.fingerprint);
  if (!context.json) printKeys(context, target, keys);
  const text = await readIfThere(target.knownHosts);
  const change = addKnownHost(text, target, { key, raw: key.raw, replaces: options.replace === true });
  if (change.kind === 'revoked' || change.kind === 'differs' || change.kind === 'shared')
    throw refusal(target, key, change);
  // A document is only looked at; what is not asked and not told beforehand is not trusted.
  const isAgreed =
    options.yes === true ||
    (!context.json && change.kind === 'write' && (await askPerson(context, target, key)));
  const isWritten = change.kind === 'write' && isAgreed;
  if (isWritten) {
    await makeFolder(dirname(target.knownHosts));
    await writeWhole(target.knownHosts, change.text);
  }
  answer(context, {
    target,
    keys,
    key,
    state: isWritten ? 'written' : change.kind === 'known' ? 'known' : 'left',
  });
  return 0;
}

function refuseUnclear({ yes, fingerprint }: Options): void {
  if (yes && fingerprint === undefined)
    throw new AppError('usage', '--yes trusts nothing by itself', {
      hint: 'Say what the owner of the host told you: --yes --fingerprint SHA256:...',
    });
  if (fingerprint !== undefined && !/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(fingerprint))
    throw new AppError('usage', `--fingerprint ${fingerprint} is no fingerprint`, {
      hint: 'It is SHA256: and 43 characters, as ssh-keygen -lf prints it.',
    });
}

/** A configuration that is not there, or not whole yet, is no reason not to look at a host. */
async function configIfAny({ configPath, pathOf }: CliContext): Promise<LoadedConfig | undefined> {
  try {
    return await loadConfig(pathOf(configPath));
  } catch (thrown) {
    if (thrown instanceof AppError || thrown instanceof AppErrors) return undefined;
    throw thrown;
  }
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return '';
    throw diskError(`Cannot read ${path}`, cause);
  }
}

/** The one that was named, or else the kind that would be chosen first. */
function chooseKey(target: TrustTarget, keys: readonly ScannedKey[], named: string | undefined): ScannedKey {
  const wanted = named?.replace(/=$/, '');
  const key = wanted === undefined ? keys[0] : keys.find(({ fingerprint }) => fingerprint === wanted);
  if (key) return key;
  const shown = keys.map(({ fingerprint, type }) => `${fingerprint} (${type})`).join(', ');
  throw new AppError('host_key_changed', `${whereOf(target)} shows the key ${shown}, named was ${wanted}`, {
    hint: 'Nothing was written. Ask the owner of the host again, by another way than this line.',
  });
}

type Refused = Extract<ReturnType<typeof addKnownHost>, { kind: 'revoked' | 'differs' | 'shared' }>;

function refusal(target: TrustTarget, key: ScannedKey, change: Refused): AppError {
  const file = target.knownHosts;
  const shows = `${whereOf(target)} shows the key ${key.fingerprint} (${key.type})`;
  if (change.kind === 'revoked')
    return new AppError('host_key_changed', `${shows}, which ${file} has revoked`, {
      hint: 'Nothing was written. Ask the owner of the host: this key must not be used any more.',
    });
  if (change.kind === 'shared')
    return new AppError(
      'host_key_changed',
      `${shows}; line ${change.line} of ${file} has another key for this and other hosts`,
      {
        hint: 'Nothing was written. Mend that line by hand.',
      },
    );
  return new AppError('host_key_changed', `${shows}, ${file} has ${change.trusted.join(', ')}`, {
    hint: 'Nothing was written. If the owner of the host says that the key was changed, add --replace.',
  });
}

function printKeys(context: CliContext, target: TrustTarget, keys: readonly ScannedKey[]): void {
  printLine(context, `${whereOf(target)} shows:`);
  for (const { fingerprint, type } of keys) printLine(context, `  ${fingerprint}  ${type}`);
  if (target.pinned === undefined) return;
  const fits = keys.some(({ fingerprint }) => fingerprint === target.pinned);
  printLine(
    context,
    `host_key in the configuration ${fits ? 'is one of them' : `is another: ${target.pinned}`}`,
  );
}

/** As ssh asks: yes, or the fingerprint itself. */
async function askPerson(
  { signal, stdout }: CliContext,
  target: TrustTarget,
  key: ScannedKey,
): Promise<boolean> {
  if (!stdout.isTTY || !process.stdin.isTTY)
    throw new AppError('usage', 'Nothing was written: this is no terminal, so nobody can be asked', {
      hint: 'Give --yes --fingerprint SHA256:... with what the owner of the host told you.',
    });
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = `Is ${key.fingerprint} what the owner of the host told you, by another way than this line?\nType yes to write it into ${target.knownHosts}, or paste what you were told: `;
    const said = (await lines.question(question, { signal })).trim();
    return said.toLowerCase() === 'yes' || said.replace(/=$/, '') === key.fingerprint;
  } finally {
    lines.close();
  }
}

interface Outcome {
  target: TrustTarget;
  keys: readonly ScannedKey[];
  key: ScannedKey;
  state: 'written' | 'known' | 'left';
}

const SAID: Record<Outcome['state'], (file: string) => string> = {
  written: (file) => `Written into ${file}.`,
  known: (file) => `${file} has it already.`,
  left: (file) => `Nothing was written into ${file}.`,
};

function answer(context: CliContext, { target, keys, key, state }: Outcome): void {
  if (!context.json) printLine(context, SAID[state](target.knownHosts));
  else
    printJson(context, {
      host: target.host,
      port: target.port,
      keys: keys.map(({ type, fingerprint }) => ({ type, fingerprint })),
      trusted: { type: key.type, fingerprint: key.fingerprint },
      known_hosts: target.knownHosts,
      written: state === 'written',
    });
}
