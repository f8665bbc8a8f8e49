import type { Command } from 'commander';
import { lockDaemon } from '../../ledger/daemon-lock.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { followReloads, listenForReloads } from '../serving/follow-reloads.ts';
import { enabledOf, openService } from '../serving/open-service.ts';

export function registerStart(program: Command, act: Act): void {
  program.command('start').action(act(startDaemon, { endsItself: true, logLevel: 'info' }));
}

async function startDaemon(context: CliContext): Promise<number> {
  using reloads = listenForReloads(context.signal);
  const config = await loadForCommand(context);
  const archive = config.settings.archive.path;
  using _lock = await lockDaemon(archive, process.pid);
  const service = await openService(context, config);
  context.logger.info({ connections: enabledOf(config).map(({ name }) => name), archive }, 'started');
  await service.follow(config);
  await Promise.all([service.ended(), followReloads(context, { service, reloads, first: config })]);
  context.logger.info({}, 'stopped');
  return 0;
}
