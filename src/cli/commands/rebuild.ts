import type { Command } from 'commander';
import type { RebuiltConnection } from '../../ledger/apply-runs.ts';
import { writeCounted } from '../../report/plain-values.ts';
import { rebuildFromArchive } from '../../run/rebuild-from-archive.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openSealing } from '../open-sealing.ts';
import { printJson, printLine } from '../print.ts';
import { printTable } from '../print-table.ts';

export function registerRebuild(program: Command, act: Act): void {
  program.command('rebuild').action(
    act(async (context) => {
      const config = await loadForCommand(context);
      const { archive, ledger } = config.settings;
      const rebuilt = await rebuildFromArchive(archive.path, ledger, openSealing(context, config).unseal);
      printRebuilt(context, ledger.path, rebuilt);
      return 0;
    }),
  );
}

function printRebuilt(context: CliContext, path: string, rebuilt: readonly RebuiltConnection[]): void {
  const runs = sumOf(rebuilt, 'runs');
  const records = sumOf(rebuilt, 'records');
  if (context.json) {
    const connections = rebuilt.map(({ connection, ...counts }) => ({ name: connection, ...counts }));
    printJson(context, { ledger: path, runs, records, connections });
    return;
  }
  const read = `${writeCounted(runs, 'sealed run')} of ${writeCounted(rebuilt.length, 'connection')}`;
  printLine(context, `Read ${read}; ${writeCounted(records, 'record')} known as delivered.`);
  printTable(
    context,
    ['connection', 'runs', 'records'],
    rebuilt.map((one) => [one.connection, one.runs, one.records]),
  );
  printLine(context, `Ledger: ${path}`);
}

function sumOf(rebuilt: readonly RebuiltConnection[], key: 'runs' | 'records'): number {
  return rebuilt.reduce((sum, one) => sum + one[key], 0);
}
