import { AppError } from '../errors/app-error.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { ColumnFinder, ColumnReader } from '../vocabulary/row.ts';
import type { RunDay } from '../vocabulary/run.ts';
import type { IneligibleReason } from '../vocabulary/verdict.ts';
import { type AgeRule, compileAgeRule } from './age-rule.ts';
import { DEFAULT_AGE } from './age-settings.ts';
import { compileSchoolRule } from './categories.ts';
import type { EligibilitySettings } from './schema.ts';
import type { StateRule } from './state-rules.ts';
import { compileStatuses, type StatusAnswer } from './statuses.ts';

export interface EligibilityContext {
  identity: {
    id: ColumnReader;
    status?: ColumnReader;
    /** `toDate` answers yyyy-MM-dd, or undefined where the text is no day. */
    birthDate?: { read: ColumnReader; toDate: (text: string) => string | undefined };
    school?: ColumnReader;
  };
  find: ColumnFinder;
  day: RunDay;
  /** Ids, trimmed, of waivers that hold on the day of the run. */
  waivers: { always: ReadonlySet<string>; never: ReadonlySet<string> };
  /** The row of the table that `age: { state }` names. */
  stateRule?: StateRule;
  /** Formats in which the file writes its dates; conditions try them before yyyy-MM-dd and M/d/yyyy. */
  dateFormats?: readonly string[];
}

export type Decision =
  | {
      kind: 'carried';
      /** The status is listed as active; true where no statuses are configured. */
      active: boolean;
    }
  | {
      kind: 'left_out';
      reason: IneligibleReason;
      /** The rule that said no, as a sentence without any value of the student. */
      rule: string;
    }
  | { kind: 'rejected'; finding: Finding };

type Decide = (values: readonly string[]) => Decision;
type ReadStatus = (values: readonly string[]) => StatusAnswer;
/** Undefined where age says nothing against the student. */
type JudgeAge = (values: readonly string[]) => Decision | undefined;

const CARRIED_ACTIVE: Decision = { kind: 'carried', active: true };
const CARRIED_INACTIVE: Decision = { kind: 'carried', active: false };
const NEVER: Decision = {
  kind: 'left_out',
  reason: 'never_include',
  rule: 'The student is listed in never_include.',
};
const NOT_ACTIVE: Decision = { kind: 'left_out', reason: 'status', rule: 'The status is not an active one.' };

/**
 * Who is carried: made once for a file, asked for each row. The first of these that says no is the reason:
 * never_include, school, status, age; always_include is asked right after never_include and settles the rest.
 * Throws `config_invalid` where the settings ask for something that the mapping does not read; see `whyIncomplete`.
 */
export function compileEligibility(settings: EligibilitySettings, context: EligibilityContext): Decide {
  const readStatus = compileStatusReader(settings, context.identity.status);
  const decideByRules = compileRules(settings, context, readStatus);
  const { never, always } = context.waivers;
  if (never.size === 0 && always.size === 0) return decideByRules;
  const readId = context.identity.id;
  return (values) => {
    const id = readId(values).trim();
    if (never.has(id)) return NEVER;
    return always.has(id) ? carried(readStatus(values)) : decideByRules(values);
  };
}

function carried(status: StatusAnswer): Decision {
  return status === 'active' ? CARRIED_ACTIVE : CARRIED_INACTIVE;
}

function compileRules(
  settings: EligibilitySettings,
  context: EligibilityContext,
  readStatus: ReadStatus,
): Decide {
  const decide = compilePolicy(settings, context, readStatus);
  if (!settings.schools) return decide;
  const school = needed(context.identity.school, 'school');
  const { find, dateFormats } = context;
  const formats = dateFormats ? { dateFormats } : {};
  const askSchool = compileSchoolRule(settings, { find, today: context.day.date, ...formats, school });
  const refusals = rememberRefusals('school');
  return (values) => {
    const rule = askSchool(values);
    return rule === undefined ? decide(values) : refusals(rule);
  };
}

function compilePolicy(
  settings: EligibilitySettings,
  context: EligibilityContext,
  readStatus: ReadStatus,
): Decide {
  if (settings.policy === 'everyone') return (values) => carried(readStatus(values));
  const readText = needed(context.identity.status, 'status');
  if (!settings.statuses) throw new AppError('config_invalid', 'The policy of eligibility needs statuses');
  const rejectStatus = (status: StatusAnswer, values: readonly string[]) =>
    rejected(status === 'blank' ? 'blank_status' : 'unknown_status', readText(values));
  const judgeAge = settings.policy === 'active_only' ? undefined : compileAge(settings, context);
  const activeToo = settings.policy === 'active_and_age_eligible';
  return (values) => {
    const status = readStatus(values);
    if (status === 'active') return (activeToo && judgeAge?.(values)) || CARRIED_ACTIVE;
    if (status !== 'inactive') return rejectStatus(status, values);
    if (activeToo || !judgeAge) return NOT_ACTIVE;
    return judgeAge(values) ?? CARRIED_INACTIVE;
  };
}

function compileStatusReader(settings: EligibilitySettings, read: ColumnReader | undefined): ReadStatus {
  if (!settings.statuses || !read) return () => 'active';
  const meaningOf = compileStatuses(settings.statuses);
  return (values) => meaningOf(read(values).trim());
}

/** Without a birth date in the mapping and without an age rule that was written, there is none. */
function compileAge(settings: EligibilitySettings, context: EligibilityContext): JudgeAge | undefined {
  const { birthDate } = context.identity;
  if (!birthDate && !settings.age && settings.policy === 'active_or_age_eligible') return undefined;
  const { read, toDate } = needed(birthDate, 'birth_date');
  const ask: AgeRule = compileAgeRule(settings.age ?? DEFAULT_AGE, context);
  const refusals = rememberRefusals('age');
  return (values) => {
    const text = read(values);
    const birth = toDate(text);
    if (birth === undefined || birth > context.day.date) return rejected('bad_birth_date', text);
    const rule = ask(birth, values);
    return rule === undefined ? undefined : refusals(rule);
  };
}

/** There are a handful of rules and a million rows: each sentence becomes one answer. */
function rememberRefusals(reason: IneligibleReason): (rule: string) => Decision {
  const known = new Map<string, Decision>();
  return (rule) => {
    const before = known.get(rule);
    if (before) return before;
    const decision: Decision = { kind: 'left_out', reason, rule };
    known.set(rule, decision);
    return decision;
  };
}

type IdentityFault = 'blank_status' | 'unknown_status' | 'bad_birth_date';

const FAULTS: Record<IdentityFault, { field: string; message: string }> = {
  blank_status: { field: 'identity.status', message: 'The status is blank, and a blank is not listed.' },
  unknown_status: {
    field: 'identity.status',
    message: 'The status is listed neither as active nor as inactive.',
  },
  bad_birth_date: {
    field: 'identity.birth_date',
    message: 'The birth date is blank, impossible or in the future, and age decides about this student.',
  },
};

function rejected(code: IdentityFault, value: string): Decision {
  return { kind: 'rejected', finding: { code, ...FAULTS[code], value } };
}

function needed<Reader>(reader: Reader | undefined, name: string): Reader {
  if (reader !== undefined) return reader;
  throw new AppError(
    'config_invalid',
    `Eligibility needs identity.${name}, which the mapping does not name or the file lacks`,
  );
}
