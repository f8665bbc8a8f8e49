/**
 * Rows judged as bytes beside the same rows judged by the ordinary forms: random mappings over random files, and what both
 * enter, byte for byte. A failure says its seed: BYTES_SEED=1175 mocha test/run/drafting/judge-bytes-differential.test.ts
 * judges that pair once more.
 */
import { expect } from 'chai';
import { TRANSFORMATIONS } from '../../../src/mapping/transforms/all.ts';
import { expectSame, isSame } from './random/both-ways.ts';
import { type Judged, judgePairs, ONLY_SEED } from './random/judge-pairs.ts';
import { judgeText } from './random/judge-text.ts';

const QUICK = 5000;
/** This half of the night, and the other one: judge-more-pairs.test.ts. */
const NIGHTLY = 500_000;
/** A test of a lane that is hardly ever taken would prove nothing. */
const LEAST_AS_BYTES = 0.2;
const LEAST_PAIRS_WITH_BYTES = 0.35;
const MOST_REFUSED = 0.03;
/** Its ids are those of the corridor, which sees to all rows of such a file. */
const NEVER_AS_BYTES = 'temporary_id';

describe('run/drafting/judge-bytes, beside the ordinary forms', () => {
  it(`enters the same of ${QUICK} random mappings and files`, async function () {
    this.timeout(120_000);
    const all = await judgePairs(1, QUICK);
    if (ONLY_SEED === undefined) expectBothLanes(all);
  });

  it(`and of ${NIGHTLY} more`, async function () {
    if (process.env.NIGHTLY !== '1') return this.skip();
    this.timeout(0);
    const { pairs, asBytes, ordinary } = await judgePairs(QUICK + 1, NIGHTLY);
    console.log(
      `      ${pairs} pairs; ${asBytes} rows went as bytes, ${ordinary} by the ordinary forms alone`,
    );
  });

  it('enters the same wherever the bytes are cut', async () => {
    const whole = await judgeText(MAPPING, TEXT);
    expect(whole.rows).to.deep.equal({ asBytes: 5, ordinary: 2 });
    expectSame(whole, 'whole');
    const length = Buffer.byteLength(TEXT);
    for (let at = 1; at < length; at++) {
      const { asBytes, ordinary } = await judgeText(MAPPING, TEXT, [at]);
      expect(isSame(asBytes, whole.ordinary), `cut at ${at}`).to.equal(true);
      expect(isSame(ordinary, whole.ordinary), `cut at ${at}`).to.equal(true);
    }
    for (let size = 1; size < 9; size++) {
      const cuts = Array.from({ length: Math.floor(length / size) }, (_, at) => (at + 1) * size);
      const { asBytes } = await judgeText(MAPPING, TEXT, cuts);
      expect(isSame(asBytes, whole.ordinary), `pieces of ${size}`).to.equal(true);
    }
  });

  it('enters the same where a column has more values than are remembered', async function () {
    if (process.env.NIGHTLY !== '1') return this.skip();
    this.timeout(120_000);
    const row = (at: number) => `${at},n${(at * 7919) % MANY},${at % 3 ? 'A' : 'Ä'},x${at % 20_000}\n`;
    const text = `ID,Last,Kind,Note\n${Array.from({ length: 2 * MANY }, (_, at) => row(at)).join('')}`;
    const both = await judgeText(MANY_MAPPING, text);
    expect(both.rows).to.deep.equal({ asBytes: 2 * MANY, ordinary: 0 });
    expectSame(both, 'many values');
  });
});

/** More than 16,384. */
const MANY = 30_000;
const MANY_MAPPING = `
record: students
write: { file: "out.csv" }
identity: { id: ID, grade: Note }
fields:
  last: { column: Last, apply: [title_case] }
  kind: { column: Kind, codes: { A: a, Ä: ä } }
  both: { apply: [ { join: [Last, Note] } ], unique: true }
`;

const MAPPING = `
record: students
write: { file: "out.csv" }
identity: { id: ID, school: School }
fields:
  id: ID
  last: { column: Last, apply: [trim], required: true }
  first: { column: First, apply: [upper] }
  kind: { column: Kind, codes: { A: Active, Ü: "ü, ü" } }
  mail: { column: Mail, unique: true, default: none }
`;
const TEXT = [
  '\ufeffID,Last,First,Kind,Mail,School',
  '1,Lee,Ann,A,a@x.org,10',
  '"2"," Ng, ""Zoë"" ",Éva,Ü,,10',
  '3,李,😀,A,,"Nord\r\nSüd"',
  '4,Cruz,Ana,B,,10',
  '5,Cruz,Ana,A',
  ' 6 ,"O\'Brien","",A,"",\t10',
  '7,"",Ana,A,,10',
  '8,=1,ñ,A,,10',
  '',
].join('\r\n');

function expectBothLanes({ pairs, refused, asBytes, ordinary, withBytes, steps }: Judged): void {
  expect(refused / pairs, 'files refused').to.be.below(MOST_REFUSED);
  expect(asBytes / (asBytes + ordinary), 'rows as bytes').to.be.above(LEAST_AS_BYTES);
  expect(withBytes / pairs, 'pairs with rows as bytes').to.be.above(LEAST_PAIRS_WITH_BYTES);
  for (const { name } of TRANSFORMATIONS) {
    const seen = steps.get(name);
    expect(seen?.ordinary, `${name} by the ordinary forms`).to.be.above(0);
    if (name === NEVER_AS_BYTES) expect(seen?.asBytes, name).to.equal(0);
    else expect(seen?.asBytes, `${name} as bytes`).to.be.above(0);
  }
}
