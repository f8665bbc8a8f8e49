import { join } from 'node:path';
import type { Command } from 'commander';
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts';
import { AppError } from '../../errors/app-error.ts';
import { makeFolder, writeWhole } from '../../files/write-whole.ts';
import type { Report } from '../../report/schema.ts';
import { runConnection } from '../../run/run-connection.ts';
import { sampleConfig, sampleMappings } from '../../sample/config.ts';
import { writeNight } from '../../sample/write-district.ts';
import { addDays } from '../../time/calendar-date.ts';
import { runDayOf } from '../../time/run-day.ts';
import type { Totals } from '../../vocabulary/totals.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { printJson, printLine, printNote } from '../print.ts';
import { exitCodeOf } from '../print-report.ts';
import { printTable } from '../print-table.ts';

const STUDENTS = 5000;
const SEED = 2026;
const NAME = 'demo';

interface DemoNight {
  title: string;
  report: Report;
  folder: string;
}

export function registerDemo(program: Command, act: Act): void {
  program.command(NAME).action(act(demo));
}

async function demo(context: CliContext): Promise<number> {
  const config = await prepare(context);
  const zone = config.settings.timezone;
  const today = runDayOf(context.clock.now(), zone, '07-01').date;
  const first = await carryNight(context, config, {
    night: 0,
    today,
    businessDate: addDays(today, -1),
    title: 'first night',
  });
  const second = await carryNight(context, config, {
    night: 1,
    today,
    businessDate: today,
    title: 'second night',
  });
  if (context.json)
    printJson(context, { nights: [first, second].map(({ report, folder }) => ({ folder, report })) });
  else printNights(context, [first, second]);
  return exitCodeOf(second.report);
}

/** Configuration and mappings as `init` writes them, beside the mappings of the demo so that they can be read. */
async function prepare({ pathOf }: CliContext): Promise<LoadedConfig> {
  const folder = join('mappings', NAME);
  await makeFolder(pathOf(folder));
  for (const { path, content } of sampleMappings(NAME)) await writeWhole(pathOf(path), content);
  const path = join(folder, 'rosterferry.yaml');
  await writeWhole(pathOf(path), demoConfig());
  await makeFolder(pathOf(join('outbound', NAME)));
  return loadConfig(pathOf(path), path);
}

export function demoConfig(): string {
  const up = '../..';
  return sampleConfig({
    connection: NAME,
    inbound: `${up}/inbound/${NAME}`,
    outbound: `${up}/outbound/${NAME}`,
    archive: `${up}/archive`,
    mappings: '.',
    // Each file appears whole, so there is nothing to wait for.
    quiet: '100ms',
  });
}

interface NightOptions {
  night: 0 | 1;
  title: string;
  today: string;
  businessDate: string;
}

async function carryNight(
  context: CliContext,
  config: LoadedConfig,
  options: NightOptions,
): Promise<DemoNight> {
  const { night, today, businessDate, title } = options;
  const inbound = join('inbound', NAME);
  await writeNight(context.pathOf(inbound), { seed: SEED, students: STUDENTS, night, businessDate: today });
  printNote(context, `The extract of the ${title} lies in ${inbound}; carrying it ...`);
  const request = {
    connection: connectionOf(config, NAME),
    trigger: 'manual' as const,
    dryRun: false,
    businessDate,
  };
  const answer = await runConnection(request, openTools(context, config));
  if (answer.kind !== 'ran')
    throw new AppError('input_missing', `The extract in ${inbound} went away before it was carried`);
  return { title, report: answer.report, folder: answer.folder };
}

function printNights(context: CliContext, nights: readonly DemoNight[]): void {
  const columns = nights.flatMap(({ title, report }) =>
    Object.entries(report.totals).map(([file, totals]) => ({ title: `${title}: ${file}`, totals })),
  );
  const keys = Object.keys(columns[0]?.totals ?? {}) as (keyof Totals)[];
  const shown = keys.filter((key) => columns.some(({ totals }) => totals[key] > 0));
  printLine(context);
  printTable(
    context,
    ['rows', ...columns.map(({ title }) => title)],
    shown.map((key) => [key, ...columns.map(({ totals }) => totals[key])]),
  );
  for (const { title, report, folder } of nights) {
    printLine(context);
    const balance = report.balanced ? 'the books balance' : 'THE BOOKS DO NOT BALANCE';
    printLine(context, `The ${title}: ${report.run.outcome}, ${balance}.`);
    for (const { file, rows } of report.outputs)
      printLine(context, `  outbound  ${join('outbound', NAME, file)} (${rows} rows)`);
    printLine(context, `  archive   ${folder}`);
    printLine(context, `  report    ${join(folder, 'report.html')}`);
  }
}
