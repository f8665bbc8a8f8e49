import { stateAgeTableSchema } from '../eligibility/schema.ts';
import { chooseStateRule, type StateRule } from '../eligibility/state-rules.ts';
import { AppError, type Place } from '../errors/app-error.ts';
import { packagePath } from '../package/package-path.ts';
import type { ConnectionSettings } from './config-schema.ts';
import { explainIssues } from './explain-issue.ts';
import type { Path } from './fit-schema.ts';
import { readYaml } from './read-yaml.ts';

const TABLE = packagePath('data/age-rules/us-states.yaml');

/** The row of the dated table of age rules that `age: { state }` names; no rule where none is named. */
export async function loadStateRule(
  { eligibility: { age } }: ConnectionSettings,
  placeOf: (path: Path) => Place,
): Promise<{ rule?: StateRule; mistakes: AppError[] }> {
  if (!age || !('state' in age)) return { mistakes: [] };
  const file = await readYaml(TABLE, TABLE);
  if (file.mistakes.length > 0) return { mistakes: file.mistakes };
  const table = stateAgeTableSchema.safeParse(file.value);
  if (!table.success) {
    const checked = { schema: stateAgeTableSchema, value: file.value, file, prefix: [] };
    return { mistakes: explainIssues(table.error.issues, checked) };
  }
  const rule = chooseStateRule(table.data, age.state);
  if (typeof rule !== 'string') return { rule, mistakes: [] };
  const hint = 'The table names a source and a year for each state.';
  const place = placeOf(['eligibility', 'age', 'state']);
  return { mistakes: [new AppError('config_invalid', rule, { place, hint })] };
}
