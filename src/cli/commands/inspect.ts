import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.ts';
import { countCodes } from '../../inspect/count-codes.ts';
import { draftMapping, type MappingDraft } from '../../inspect/draft-mapping.ts';
import type { Preset } from '../../inspect/preset.ts';
import type { Profile, ValueCount } from '../../inspect/profile.ts';
import { type InspectedFile, profileFile } from '../../inspect/profile-file.ts';
import { renderLines } from '../../report/csv-lines.ts';
import type { Act, CliContext } from '../act.ts';
import { loadPresets } from '../load-preset.ts';
import { openInspected } from '../open-inspected.ts';
import { printFile, printJson, printNote } from '../print.ts';
import { printErrorLines } from '../print-error.ts';
import { printProfile } from '../print-profile.ts';
import { profileDocument } from '../profile-document.ts';

interface InspectOptions {
  codes?: string;
  draftMapping?: string;
  values?: boolean;
  decryptFor?: string;
}

export function registerInspect(program: Command, act: Act): void {
  program
    .command('inspect')
    .argument('<file>', 'an extract, as it was received')
    .option('--codes <column>', 'print the distinct values of one column as CSV, with how often each stands')
    .option('--draft-mapping <preset>', 'print a starter mapping to the fields of a preset, SYSTEM/RECORD')
    .option('--values', 'show values of people too, and not of codes alone')
    .option('--decrypt-for <connection>', 'the connection whose keys open the file, where it is encrypted')
    .action(act(inspect));
}

async function inspect(context: CliContext, written: string, options: InspectOptions): Promise<number> {
  const { codes, draftMapping: preset } = options;
  if (codes !== undefined && preset !== undefined)
    throw new AppError('usage', '--codes and --draft-mapping cannot be given together');
  const file = await openInspected(context, context.pathOf(written), options.decryptFor);
  if (codes !== undefined) return printCodes(context, file, codes);
  if (preset !== undefined) return printDraft(context, file, preset);
  const profile = await profileFile(file, { showsValues: options.values === true });
  if (context.json) printJson(context, profileDocument(profile));
  else printProfile(context, profile);
  return codeOf(context, profile);
}

/** What was read before the file broke off is shown; that it broke off is an error all the same. */
function codeOf(context: CliContext, { stopped }: Profile): number {
  return stopped ? printErrorLines(context, [stopped]) : 0;
}

async function printCodes(context: CliContext, file: InspectedFile, column: string): Promise<number> {
  const counted = await countCodes(file, column);
  if (context.json) printJson(context, { ...counted, codes: counted.codes.map(asCode) });
  else {
    const rows = counted.codes.map(({ value, count }) => [asNumber(value), count]);
    printFile(context, renderLines([['code', 'count'], ...rows]));
    if (counted.blank > 0) printNote(context, `blank in ${counted.blank} rows, which are not listed`);
  }
  if (counted.rejected > 0) printNote(context, `${counted.rejected} rows cannot be read and are not counted`);
  return 0;
}

function asCode({ value, count }: ValueCount): { code: string; count: number } {
  return { code: value, count };
}

/** -1 is a code of grades and of statuses, and no formula: with an apostrophe before it, it would be another code. */
function asNumber(code: string): string | number {
  return /^-[1-9]\d{0,14}$/.test(code) ? Number(code) : code;
}

async function printDraft(context: CliContext, file: InspectedFile, written: string): Promise<number> {
  const presets = await loadPresets(written, context);
  const profile = await profileFile(file);
  const { preset, draft } = nearestDraft(profile, presets);
  if (context.json) {
    const { text, open, unused } = draft;
    printJson(context, { preset: preset.name, mapping: text, open, unused });
  } else {
    printFile(context, draft.text);
    printNote(context, noteOf(draft, preset));
  }
  return codeOf(context, profile);
}

/** Of the records of a system the one that leaves the fewest columns of the file unread. */
function nearestDraft(profile: Profile, presets: readonly Preset[]): { preset: Preset; draft: MappingDraft } {
  const [first, ...others] = presets.map((preset) => ({ preset, draft: draftMapping(profile, preset) }));
  if (!first) throw new AppError('defect', 'No preset was loaded');
  return others.reduce(
    (best, one) => (one.draft.unused.length < best.draft.unused.length ? one : best),
    first,
  );
}

function noteOf({ open }: MappingDraft, preset: Preset): string {
  if (open.length === 0) return `drafted for ${preset.name}; nothing is left open`;
  return `drafted for ${preset.name}; left to you: ${open.map((one) => one.where).join(', ')}`;
}
