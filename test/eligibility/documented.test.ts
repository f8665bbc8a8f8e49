import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { conditionSchema } from '../../src/conditions/schema.ts';
import { compileAgeRule } from '../../src/eligibility/age-rule.ts';
import { eligibilitySchema } from '../../src/eligibility/schema.ts';
import { dayOf, find } from './sample-rows.ts';

const PAGE = join(import.meta.dirname, '../../docs/eligibility.md');
const exampleSchema = z.strictObject({ eligibility: eligibilitySchema });

describe('docs/eligibility.md', () => {
  let page = '';

  before(async () => {
    page = await readFile(PAGE, 'utf8');
  });

  it('shows settings that are allowed', () => {
    const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(examples.length).to.be.greaterThan(4);
    for (const text of examples) expect(exampleSchema.safeParse(parse(text)).error, text).to.equal(undefined);
  });

  it('shows conditions that are allowed', () => {
    const cells = [...page.matchAll(/^\| `(\{ column: .*?\})` \|/gm)].map(([, text = '']) => text);
    expect(cells).to.have.length(6);
    for (const text of cells) expect(conditionSchema.safeParse(parse(text)).error, text).to.equal(undefined);
  });

  it('shows birth dates as they are decided', () => {
    const rows = [...page.matchAll(/^\| (\d{4}-\d\d-\d\d) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)];
    expect(rows).to.have.length(7);
    for (const [row, birth = '', included, excluded] of rows)
      expect([judge(birth, 'included'), judge(birth, 'excluded')], row).to.deep.equal([included, excluded]);
  });

  it('shows the last birth dates that each until leaves out', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| on or before (\d{4})-(\d\d)-(\d\d) \|$/gm)];
    expect(rows).to.have.length(3);
    for (const [row, until, year, month, day] of rows) {
      const judgeDay = (one: number) =>
        judge(`${year}-${month}-${String(one).padStart(2, '0')}`, 'included', until);
      expect([judgeDay(Number(day)), judgeDay(Number(day) + 1)], row).to.deep.equal(['too old', 'of age']);
    }
  });
});

function judge(birth: string, turning: string, until = 'reference_date'): string {
  const written = { age: { min: 5, max: 20, as_of: '09-01', turning, until } };
  const { age } = eligibilitySchema.parse(written);
  if (!age) throw new Error('no age');
  const rule = compileAgeRule(age, { day: dayOf('2026-11-22'), find })(birth, []);
  if (rule === undefined) return 'of age';
  return rule.startsWith('Fewer') ? 'too young' : 'too old';
}
