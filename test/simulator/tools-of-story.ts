/** The outside of a run, as RunTools: the ends over the host of the story, its clock, its disk and its ledger. */
import type { LoadedConnection } from '../../src/config/load-connection.ts';
import { openLocalDestination } from '../../src/deliver/local-destination.ts';
import { deliverOver } from '../../src/deliver/sftp-destination.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLogger } from '../../src/log/logger.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { openLocalSource } from '../../src/source/local-source.ts';
import { takeOver } from '../../src/source/sftp-source.ts';
import type { Project } from '../builders/project.ts';
import type { MemoryLedger } from '../doubles/memory-ledger.ts';
import type { Disk } from './disk.ts';
import type { World } from './world.ts';

interface Outside {
  connection: LoadedConnection;
  project: Project;
  world: World;
  disk: Disk;
  ledger: MemoryLedger;
}

/** What a run is handed, all of it from the story. */
export function toolsOf({ connection, project, world, disk, ledger }: Outside): RunTools {
  let runs = 0;
  const connect = async () => {
    if (world.line.fault('connect')) throw new AppError('host_unreachable', 'Cannot connect to host:22');
    return world.host.open(world.line);
  };
  const { source, destination } = connection.settings;
  return {
    archivePath: `${project.folder}/archive`,
    zone: 'America/Chicago',
    clock: world.clock,
    logger: openLogger('silent'),
    env: {},
    ledger: async () => stepwise(ledger, disk),
    openSource: async () => (source.type === 'local' ? openLocalSource(source) : takeOver(connect, source)),
    openDestination: async () =>
      destination.type === 'local'
        ? openLocalDestination(destination)
        : deliverOver(await connect(), destination),
    newSuffix: () => String(runs++).padStart(6, '0'),
    progress: () => undefined,
    signal: new AbortController().signal,
    program: { version: 'test', node: 'test' },
  };
}

/** The process may end right before the ledger has learned of a run, and right after. */
function stepwise(ledger: MemoryLedger, disk: Disk): Ledger {
  const apply: Ledger['apply'] = async (run, entries) => {
    disk.step('ledger asked', () => undefined);
    await ledger.apply(run, entries);
    disk.step('ledger answered', () => undefined);
  };
  return new Proxy(ledger, {
    get: (target, name) => {
      if (name === 'apply') return apply;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
