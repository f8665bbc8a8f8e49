import { expect } from 'chai';
import { recogniseBrokenRow } from '../../src/compare/recognise-broken-row.ts';

const DELIVERED = new Set(['7', '00417', '900001', '900002']);
const wasDelivered = (id: string) => DELIVERED.has(id);

describe('recogniseBrokenRow', () => {
  for (const [what, values, id] of [
    ['the id in its place', ['900001', 'Ortiz', 'Ana', '12 Elm St', ' Apt 4', '5'], '900001'],
    ['a short id in its place', [' 7 ', 'Ortiz'], '7'],
    ['the id moved by a stray comma', ['Ortiz', 'Ana', '900001', '5'], '900001'],
    ['the same id twice', ['x', '00417', '00417'], '00417'],
    ['two ids of students', ['x', '900001', '900002'], undefined],
    ['a short number that many columns have', ['x', 'y', '7'], undefined],
    ['nobody known', ['900003', 'Ortiz'], undefined],
    ['a row without fields', [], undefined],
  ] as const)
    it(`${what}: ${id}`, () => {
      expect(recogniseBrokenRow(values, values[0]?.trim() ?? '', wasDelivered)).to.equal(id);
    });
});
