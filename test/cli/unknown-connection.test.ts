import { expect } from 'chai';
import { unknownConnection } from '../../src/cli/unknown-connection.ts';

describe('cli/unknown-connection', () => {
  const many = Array.from({ length: 200 }, (_, at) => `district-${at}`);
  const CASES: readonly [what: string, name: string, known: string[], hint: string][] = [
    ['the one that was meant', 'riversid', ['lakeside', 'riverside'], 'Did you mean riverside?'],
    ['all of a few', 'x', ['lakeside', 'riverside'], 'There is: lakeside, riverside'],
    [
      'some of very many',
      'x',
      many,
      `There are 200, such as ${many.slice(0, 12).join(', ')}; rosterferry status lists them.`,
    ],
    ['that there is none', 'x', [], 'No connection is configured.'],
  ];
  for (const [what, name, known, hint] of CASES)
    it(`names ${what}`, () => {
      expect(unknownConnection(name, known)).to.include({ code: 'unknown_connection', hint });
    });
});
