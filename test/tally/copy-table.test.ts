import { expect } from 'chai';
import fc from 'fast-check';
import { type CopiedTable, copyTable, openCopiedTable } from '../../src/tally/copy-table.ts';
import { type LastRecord, type LastTable, openLastTable } from '../../src/tally/last-table.ts';

function tableOf(records: Iterable<LastRecord>): LastTable {
  const table = openLastTable('by_student');
  for (const record of records) table.add(record);
  return table;
}

function columnsOf(table: LastTable): Uint8Array {
  return new Uint8Array(Buffer.concat(copyTable(table) ?? expect.fail('it cannot be copied')));
}

function opened(copied: CopiedTable) {
  return openCopiedTable(copied) ?? expect.fail('it cannot be told');
}

const record = (student: string, school = '410'): LastRecord => ({
  student,
  mapped: '00112233445566aa',
  school,
  isGone: student.endsWith('3'),
});

const stateUpTo = (max: number) =>
  fc.dictionary(
    fc.integer({ min: 1, max }).map(String),
    fc.record({
      suffix: fc.constantFrom('', 'x', ' and more than sixteen bytes'),
      mapped: fc.constantFrom('', '00112233445566aa', 'ff'.repeat(8)),
      school: fc.constantFrom('', '410', '500', 'Ö'),
      isGone: fc.boolean(),
    }),
  );

type State = ReadonlyMap<number, LastRecord>;

function asState(made: Record<string, { suffix: string } & Omit<LastRecord, 'student'>>): State {
  const all = Object.entries(made).map(([number, { suffix, ...rest }]): [number, LastRecord] => [
    Number(number),
    { student: `${number}${suffix}`, ...rest },
  ]);
  return new Map(all.sort(([one], [other]) => one - other));
}

function changesOf(before: State, now: State): CopiedTable['changed'] {
  const numbers = [...new Set([...before.keys(), ...now.keys()])].sort((one, other) => one - other);
  return numbers
    .map((number) => ({ number, record: now.get(number) }))
    .filter(({ number, record: is }) => JSON.stringify(before.get(number)) !== JSON.stringify(is));
}

/** As where a number that was free is given again: then the records are to be read anew. */
function isAddedAmong(before: State, now: State): boolean {
  const kept = [...before.keys()].filter((number) => now.has(number));
  return [...now.keys()].some((number) => !before.has(number) && number < (kept.at(-1) ?? 0));
}

describe('tally/copy-table', () => {
  it('makes of a copy and its changes what the records make', () => {
    fc.assert(
      fc.property(stateUpTo(20), stateUpTo(40), fc.nat(3), (earlier, later, dice) => {
        const before = asState(earlier);
        const isUsual = dice > 0;
        const now = new Map(
          [...asState(later)].filter(([number]) => !isUsual || number > 20 || before.has(number)),
        );
        const made = openCopiedTable({
          numbers: Uint32Array.from(before.keys()),
          columns: columnsOf(tableOf(before.values())),
          changed: changesOf(before, now),
        });
        expect(made === undefined).to.equal(isAddedAmong(before, now));
        if (!made) return;
        const { table, numbers } = made;
        const anew = tableOf(now.values());
        expect([...numbers]).to.deep.equal([...now.keys()]);
        const { schools: _, school: __, ...columns } = table.columns();
        const { schools: ___, school: ____, ...same } = anew.columns();
        expect(columns).to.deep.equal(same);
        for (const [at, { student, school }] of [...now.values()].entries()) {
          expect([table.findStudent(student), table.schoolOf(at)]).to.deep.equal([at, school]);
        }
        for (const [, { student }] of before)
          expect(table.findStudent(student)).to.equal(anew.findStudent(student));
      }),
      { numRuns: 500 },
    );
  });

  it('goes on as any other table', () => {
    const ids = Array.from({ length: 3000 }, (_, at) => `${at}`);
    const copied = { numbers: Uint32Array.from(ids.keys()), changed: [] };
    const { table } = opened({ ...copied, columns: columnsOf(tableOf(ids.map((id) => record(id)))) });
    for (let at = 3000; at < 9000; at++) table.add(record(`${at}`, `${at}`));
    for (let at = 0; at < 9000; at++) expect(table.findStudent(`${at}`)).to.equal(at);
    expect([table.schoolOf(2999), table.schoolOf(8999), table.isGone(3), table.isGone(4)]).to.deep.equal([
      '410',
      '8999',
      true,
      false,
    ]);
  });

  it('is not for more schools than a table would tell apart', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => record(`${at}`, `school ${at}`));
    expect(copyTable(tableOf(many(0x8000)))).to.equal(undefined);
    const columns = columnsOf(tableOf(many(0x7000)));
    const numbers = Uint32Array.from({ length: 0x7000 }, (_, at) => at + 1);
    const changed = many(0x9001).map((one, at) => ({ number: at + 1, record: one }));
    expect(openCopiedTable({ numbers, columns, changed })).to.equal(undefined);
  });
});
