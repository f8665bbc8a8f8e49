import { oneOrAll } from './adapt-steps.ts';
import type { DraftContext } from './draft-context.ts';
import { isRecord, type Preset } from './preset.ts';
import type { ColumnProfile } from './profile.ts';
import { readFormats } from './read-formats.ts';
import { commentText, yamlText } from './yaml-text.ts';

/** Stands where a person must name a column; the file has none of this name, so that a run says so. */
const FILL_IN = 'FILL_IN';
const MOST_SHOWN_CODES = 30;

export function draftIdentity({ identity }: Preset, context: DraftContext): string[] {
  return Object.entries(identity).flatMap(([key, written]) => {
    const where = `identity.${key}`;
    const { column, isSure, others } = context.matches.get(where) ?? { isSure: false, others: [] };
    if (!column) return missing(key, others, context);
    const sure = isSure ? '' : context.ask({ where, why: 'is it this column?', candidates: others });
    if (key !== 'birth_date' && !isRecord(written))
      return [`${key}: ${yamlText(column.name)}${sure}`, ...(key === 'status' ? statusHint(column) : [])];
    const { formats, doubts } = readFormats(column, context.columns);
    const asked = doubts.map((why) => context.ask({ where, why, candidates: [] })).join('');
    const format = formats.length > 0 ? oneOrAll(formats) : 'yyyy-MM-dd';
    return [`${key}: ${yamlText({ column: column.name, format })}${sure}${asked}`];
  });
}

function missing(key: string, others: readonly string[], { ask }: DraftContext): string[] {
  const place = {
    where: `identity.${key}`,
    why: `no column looks like the ${wordOf(key)}`,
    candidates: others,
  };
  if (key === 'id') return [`id: ${FILL_IN}${ask(place)}`];
  return [ask(place).trim()];
}

function wordOf(key: string): string {
  return key.replace(/_/g, ' ');
}

function statusHint({ values, filled, fillRate }: ColumnProfile): string[] {
  if (values.length === 0 || values.length > MOST_SHOWN_CODES) return [];
  const codes = values.map(({ value, count }) => `${JSON.stringify(value)} (${count})`).join(', ');
  const blank = fillRate === 1 ? '' : `, blank (${Math.round(filled / fillRate) - filled})`;
  return [commentText(`# Its codes, for eligibility.statuses in rosterferry.yaml: ${codes}${blank}`)];
}
