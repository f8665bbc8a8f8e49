/** Names that every object of the language has already: as columns, ids, codes, fields, files, categories and connections. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { rosterferry } from '../cli/rosterferry.ts';

const NAMES = [
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__proto__',
  '__defineGetter__',
] as const;

const MAPPING = `
version: 1
record: students
write: { file: "students_{date}.csv" }
identity: { id: __proto__, status: constructor, birth_date: { column: toString, format: M/d/yyyy }, school: valueOf }
fields:
  id: { type: direct, column: __proto__, required: true }
  constructor: { type: match_codes, column: hasOwnProperty, codes: { F: Female, constructor: C } }
  toString: { type: transformation, column: hasOwnProperty, apply: [ { lookup: { file: codes.csv, key: Key, value: Value, otherwise: keep } } ] }
  valueOf: { type: match_codes, column: hasOwnProperty, codes: { file: codes.csv, from: Key, to: Value }, otherwise: keep }
  hasOwnProperty: { type: transformation, apply: [ { template: "{valueOf}/{__proto__}" } ] }
`;
const CONNECTION = `
source: { type: local, path: inbound, ready: { quiet: 1ms } }
files: { constructor: { match: "*.csv", mapping: students.yaml } }
eligibility:
  statuses: { active: [A, constructor], inactive: [toString] }
  categories: { constructor: { column: __defineGetter__, is: x }, toString: { column: __defineGetter__, empty: true } }
  schools: { default: [constructor, toString], constructor: [constructor], valueOf: [] }
safeguards: { max_rejected: 100%, max_updated: 100% }
destination: { type: local, path: outbound }
`;
/** Of the second night; those without a category that the school carries are left out. */
const DELIVERED = [
  'id,constructor,toString,valueOf,hasOwnProperty',
  ...NAMES.map((id) => `${id},C,Con,Con,11/${id}`),
  ...['a', 'b'].map((id) => `${id},Female,F,F,10/${id}`),
  '',
].join('\r\n');
const HEADER = '__proto__,constructor,toString,hasOwnProperty,valueOf,__defineGetter__';

function drop(school: string): string {
  const rows = NAMES.map((id) => `${id},A,5/1/2015,constructor,${school},x`);
  return [
    HEADER,
    ...rows,
    'a,constructor,5/1/2015,F,10,',
    'b,toString,5/1/2015,F,10,',
    'c,valueOf,5/1/2015,F,10,',
    'd,A,5/1/2015,F,valueOf,x',
    'e,A,5/1/2015,F,constructor,',
    '',
  ].join('\n');
}

describe('names that every object has', () => {
  let project: Project;
  before(async () => {
    project = await makeProject({
      connection: CONNECTION,
      mappings: {
        'students.yaml': MAPPING,
        'codes.csv': 'Key,Value\nconstructor,Con\ntoString,Str\n__proto__,Pro\n',
      },
    });
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(yaml, (await project.read(yaml)).replace('  north:', '  constructor:'));
  });
  after(() => project.remove());

  const type = (...args: string[]) => rosterferry(args, { cwd: project.folder });

  it('are names like any other, from the drop to the ledger', async () => {
    for (const [school, created] of [
      ['10', 8],
      ['11', 0],
    ] as const) {
      await project.drop({ 'constructor.csv': drop(school) });
      const { exit, stdout, stderr } = await type('--json', 'run', 'constructor', '--as-of', '2026-11-22');
      expect(exit, stderr).to.equal(0);
      const { balanced, totals, ineligible, rejected } = JSON.parse(stdout);
      expect([balanced, totals.constructor.created, totals.constructor.transferred]).to.deep.equal([
        true,
        created,
        6 - (created && 6),
      ]);
      expect([ineligible.constructor.school, rejected.constructor]).to.deep.equal([2, { unknown_status: 1 }]);
    }
    expect(await project.read(join(project.outbound, 'students_2026-11-22.csv'))).to.equal(DELIVERED);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });

  it('are found again: by history, why, preview, and from the archive alone', async () => {
    for (const id of NAMES) {
      const history = JSON.parse((await type('--json', 'history', id)).stdout);
      expect(history.runs ?? history.history, id).to.have.length(2);
    }
    for (const args of [['check'], ['status'], ['rebuild'], ['verify'], ['purge']])
      expect((await type(...args)).exit, args.join(' ')).to.equal(0);
    await writeFile(join(project.folder, 'x.csv'), drop('12'));
    const { stdout } = await type(
      'preview',
      'constructor',
      '--file',
      'constructor=x.csv',
      '--student',
      '__proto__',
    );
    expect(stdout).to.match(/^hasOwnProperty +transformation .*12\/__proto__$/m);
  });
});
