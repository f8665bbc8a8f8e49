import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Retention } from '../../archive/plan-purge.ts';
import { listConnections } from '../../archive/sealed-folders.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { writeCounted } from '../../report/plain-values.ts';
import { type PurgeAnswer, purgeConnection } from '../../run/purging/purge-connection.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { printJson, printLine } from '../print.ts';
import { unknownConnection } from '../unknown-connection.ts';

export function registerPurge(program: Command, act: Act): void {
  program
    .command('purge')
    .argument('[connection]', 'only this connection; every one that the archive has where it is left out')
    .option('--dry-run', 'say what would go, and destroy nothing')
    .action(
      act(
        async (context, name: string | undefined, { dryRun = false }: { dryRun?: boolean }) => {
          const config = await loadForCommand(context);
          const tools = openTools(context, config);
          const by = userInfo().username;
          const answers: PurgeAnswer[] = [];
          for (const connection of await chosen(config, name)) {
            context.signal.throwIfAborted();
            const order = { connection, retention: retentionOf(config, connection), by, dryRun };
            answers.push(await purgeConnection(order, tools));
          }
          if (context.json) printJson(context, { dry_run: dryRun, connections: answers.map(factsOf) });
          else for (const answer of answers) printAnswer(context, answer, dryRun);
          return 0;
        },
        { endsItself: true },
      ),
    );
}

/** Also connections that are configured no more, as long as the archive has their runs. */
async function chosen({ connections, settings }: LoadedConfig, name: string | undefined): Promise<string[]> {
  const known = await listConnections(settings.archive.path);
  if (name === undefined) return known;
  if (known.includes(name)) return [name];
  if (connections.has(name)) return [];
  throw unknownConnection(name, [...new Set([...connections.keys(), ...known])]);
}

/** What the connection says goes before what the service says. */
function retentionOf({ connections, settings }: LoadedConfig, name: string): Retention {
  const own = connections.get(name)?.settings.archive;
  const { files, reports } = settings.archive.retain;
  return {
    files: own?.retain?.files ?? files,
    reports: own?.retain?.reports ?? reports,
    hold: own?.hold ?? [],
  };
}

function factsOf({ connection, plan, purge, filesDestroyed, filesFinished }: PurgeAnswer): object {
  return {
    name: connection,
    purge: purge ?? null,
    files_destroyed: filesDestroyed,
    files_finished: filesFinished,
    runs: plan.runs.map(({ path: _, ...run }) => run),
    held: plan.held,
  };
}

function printAnswer(context: CliContext, answer: PurgeAnswer, dryRun: boolean): void {
  const { connection, plan, purge, filesFinished } = answer;
  const files = plan.runs.flatMap((run) => run.files);
  const runs = new Set(plan.runs.map(({ run }) => run)).size;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const what = `${writeCounted(files.length, 'file')} of ${writeCounted(runs, 'run')}, ${bytes} bytes`;
  if (filesFinished > 0)
    printLine(context, `${connection}: finished an earlier purge, ${writeCounted(filesFinished, 'file')}.`);
  if (files.length === 0) printLine(context, `${connection}: nothing is older than its retention.`);
  else if (dryRun) printLine(context, `${connection}: would destroy ${what}.`);
  else printLine(context, `${connection}: destroyed ${what}. Recorded in ${purge}.`);
  if (dryRun)
    for (const { run, files: own } of plan.runs)
      printLine(context, `  ${run}: ${own.map(({ path }) => path).join(', ')}`);
  for (const { run, reason } of plan.held) printLine(context, `  kept by a hold: ${run} (${reason})`);
}
