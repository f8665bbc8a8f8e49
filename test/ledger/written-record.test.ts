import { expect } from 'chai';
import fc from 'fast-check';
import { asMemoryEntry } from '../../src/ledger/memory-entry.ts';
import { memoryLine } from '../../src/ledger/read-memory.ts';
import { asRecordEntry, openWrittenReader } from '../../src/ledger/written-record.ts';
import { delivered, recordEntry } from './sample-memory.ts';

const read = openWrittenReader('students');

function lineOf(values: readonly string[], about: Partial<ReturnType<typeof delivered>> = {}): string {
  // As the corridor writes it: the values last.
  const { values: _, ...facts } = delivered('1', about);
  const entry = {
    kind: 'record',
    file: 'students',
    change: 'created',
    record: { ...facts, values },
  } as const;
  return memoryLine(entry).trimEnd();
}

/** As any other line is read. */
function readPlain(line: string): unknown {
  try {
    return asMemoryEntry(JSON.parse(line));
  } catch {
    return undefined;
  }
}

const texts = fc.array(
  fc.oneof(
    fc.constantFrom('', ',', ']', '}', ']}}', ',"values":[', '"', '\\', '\n', '\u2028', 'é', '學', '😀', ' '),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
  { maxLength: 5 },
);

describe('ledger/written-record', () => {
  it('leaves the values of a new record as they were written', () => {
    const written = read(lineOf(['1', 'Müller, 學', '']));
    expect(written).to.deep.include({ json: '["1","Müller, 學",""]', count: 3 });
    expect(written && asRecordEntry(written)).to.deep.equal(
      recordEntry('1', 'created', { values: ['1', 'Müller, 學', ''] }),
    );
  });

  const irregular: [what: string, line: string][] = [
    ['a change of another kind', lineOf(['1']).replace('created', 'updated')],
    ['another file', lineOf(['1']).replace('students', 'contacts')],
    ['values that are not last', memoryLine(recordEntry('1')).trimEnd()],
    ['an escaped text', lineOf(['"'])],
    ['no values', lineOf([])],
    ['a value that is none', lineOf(['1']).replace('["1"]', '["1",]')],
    ['a value that is no text', lineOf(['1']).replace('["1"]', '["1",7]')],
    ['values within values', lineOf(['1']).replace('["1"]', '[["1"]]')],
    ['a space', lineOf(['1', '2']).replace('"1","2"', '"1", "2"')],
    ['a tab in a text', lineOf(['1 2']).replace('1 2', '1\t2')],
    ['values twice', lineOf(['1']).replace('"grade":"5"', '"grade":"5","values":["2"]')],
    ['values of something else', lineOf(['1']).replace('"grade":"5"', '"grade":"5","more":{"a":1')],
    ['more behind the values', lineOf(['1']).replace(']}}', '],"more":1}}')],
    ['a line that is cut', lineOf(['1', '2']).slice(0, -4)],
    ['no grade', lineOf(['1']).replace(',"grade":"5"', '')],
  ];
  for (const [what, line] of irregular)
    it(`leaves to others a line with ${what}`, () => {
      expect(read(line)).to.equal(undefined);
    });

  it('reads every text as any other reader does, or leaves it to others', () => {
    fc.assert(
      fc.property(texts, fc.string({ maxLength: 4 }), (values, id) => {
        const line = lineOf(values, { id, school: id, grade: values[0] ?? '' });
        const written = read(line);
        if (written) expect(asRecordEntry(written)).to.deep.equal(readPlain(line));
        if (written) expect(JSON.stringify(JSON.parse(written.json))).to.equal(written.json);
        if (!/[\\\p{Cc}]/u.test(JSON.stringify(values)) && values.length > 0)
          expect(written).to.not.equal(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('never reads a line otherwise than any other reader, whatever became of it', () => {
    const piece = fc.constantFrom(
      '"',
      ',',
      '[',
      ']',
      '{',
      '}',
      ':',
      '\\',
      ' ',
      'a',
      '\u0001',
      ',"values":["x"]',
    );
    const spoilt = fc.array(fc.tuple(fc.nat(), fc.nat(4), piece), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(texts, spoilt, (values, spoils) => {
        let line = lineOf(values);
        for (const [where, length, put] of spoils) {
          const at = where % line.length;
          line = line.slice(0, at) + put + line.slice(at + length);
        }
        const written = read(line);
        if (written) expect(asRecordEntry(written)).to.deep.equal(readPlain(line));
      }),
      { numRuns: 5000 },
    );
  });
});
