import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { printJson, printLine } from '../print.ts';

export function registerWake(program: Command, act: Act): void {
  program.command('wake').argument('<connection>', 'name of a sandbox connection').action(act(wake));
}

async function wake(context: CliContext, name: string): Promise<number> {
  const config = await loadForCommand(context);
  const connection = connectionOf(config, name);
  if (connection.settings.environment !== 'sandbox')
    throw new AppError(
      'usage',
      `The schedule of ${name} never switches off, because it is no sandbox connection`,
    );
  const { service } = await openTools(context, config).ledger();
  const { offSince } = await service.schedule(name);
  await service.switchOff(name, null);
  if (context.json) printJson(context, { connection: name, was_off_since: offSince ?? null });
  else if (offSince === undefined) printLine(context, `The schedule of ${name} was on.`);
  else printLine(context, `The schedule of ${name} is on again, for one run. It was off since ${offSince}.`);
  return 0;
}
