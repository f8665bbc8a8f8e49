import { randomBytes } from 'node:crypto';
import type { LoadedConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { resolveAccess } from '../config/resolve-secrets.ts';
import { openDestination } from '../deliver/open-destination.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunTools } from '../run/run-tools.ts';
import { openSource } from '../source/open-source.ts';
import type { CliContext } from './act.ts';
import { openSealing } from './open-sealing.ts';
import { packageVersion } from './package-version.ts';
import { openNoticeLog } from './tell-notices.ts';

/** The real outside for runs: the machine's clock, chance, folders and hosts. */
export function openTools(
  context: Pick<CliContext, 'clock' | 'logger' | 'signal' | 'closing' | 'env'>,
  config: LoadedConfig,
  progress: RunTools['progress'] = () => undefined,
): RunTools {
  const { clock, logger, signal, closing, env } = context;
  let ledger: Promise<Ledger> | undefined;
  const tellOf = openNoticeLog(logger);
  return {
    archivePath: config.settings.archive.path,
    zone: config.settings.timezone,
    clock,
    logger,
    signal,
    env,
    progress,
    openSource: async (connection) =>
      openSource(
        connection.settings.source,
        await accessOf(context, connection, 'source'),
        tellOf(connection.name),
      ),
    openDestination: async (connection) =>
      openDestination(connection.settings.destination, await accessOf(context, connection, 'destination')),
    ledger() {
      ledger ??= import('../ledger/open-ledger.ts')
        .then(({ openLedger }) => openLedger(config.settings.ledger))
        .then(
          (opened) => closing.use(opened),
          (cause: unknown) => {
            // A daemon asks again later: by then it may have been rebuilt.
            ledger = undefined;
            throw cause;
          },
        );
      return ledger;
    },
    sealing: openSealing(context, config),
    newSuffix: () => newSuffix(clock.now()),
    program: { version: packageVersion(), node: process.version },
  };
}

/** The name of a run begins with its second; the milliseconds that follow keep names in order where a second has several. */
export function newSuffix(nowMs: number): string {
  const milliseconds = (nowMs % 1000).toString(16).padStart(3, '0');
  return `${milliseconds}${randomBytes(2).toString('hex').slice(1)}`;
}

/** Secrets are read when a session is opened, so that a changed password needs no restart. */
async function accessOf(
  context: Pick<CliContext, 'env'>,
  connection: LoadedConnection,
  end: 'source' | 'destination',
) {
  const endpoint = connection.settings[end];
  if (endpoint.type !== 'sftp') return undefined;
  return resolveAccess(endpoint, connection.folder, context.env, (key) => connection.placeOf([end, key]));
}
