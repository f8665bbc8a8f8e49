import type { Command } from 'commander';
import { findArchivedRun } from '../../run/replaying/replay-archived.ts';
import { replaceMappings } from '../../run/replaying/replay-mapping.ts';
import { replayRun } from '../../run/replaying/replay-run.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openSealing } from '../open-sealing.ts';
import { openTools } from '../open-tools.ts';
import { collectOption } from '../options.ts';
import { printJson } from '../print.ts';
import { printErrorLines } from '../print-error.ts';
import { printReplay } from '../print-replay.ts';
import { exitCodeOf, failureOf } from '../print-report.ts';
import { openProgressBar } from '../progress-bar.ts';
import { replayDocument } from '../replay-document.ts';

interface ReplayOptions {
  mapping?: string[];
  values?: boolean;
}

export function registerReplay(program: Command, act: Act): void {
  program
    .command('replay')
    .argument('<run>', 'id of a sealed run, or of one that is held')
    .option(
      '--mapping <file>',
      'a mapping to try instead of the configured one, or NAME=FILE where its record does not say for which file; may be repeated',
      collectOption,
    )
    .option('--values', 'show values before and after; they are of students')
    .action(act(replay, { endsItself: true }));
}

async function replay(context: CliContext, run: string, options: ReplayOptions): Promise<number> {
  const config = await loadForCommand(context);
  const { unseal } = openSealing(context, config);
  const archived = context.closing.use(await findArchivedRun(config.settings.archive.path, run, unseal));
  const connection = await replaceMappings(connectionOf(config, archived.report.run.connection), {
    written: options.mapping ?? [],
    folder: context.pathOf('.'),
    dropped: [...archived.inbound.keys()],
  });
  using bar = openProgressBar(context);
  const request = { archived, connection, ledger: config.settings.ledger };
  const answer = await replayRun(request, openTools(context, config, bar.progress));
  bar[Symbol.dispose]();
  const shown = { mappings: options.mapping ?? [], values: options.values === true };
  if (context.json) printJson(context, replayDocument(answer, shown));
  else printReplay(context, answer, shown);
  const { error } = answer.now;
  if (error) printErrorLines(context, [failureOf(error)]);
  return exitCodeOf(answer.now);
}
