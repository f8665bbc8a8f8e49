import { expect } from 'chai';
import fc from 'fast-check';
import {
  compileMatch,
  isTemporaryName,
  markedBy,
  markerOf,
  matchingNames,
} from '../../src/source/match-name.ts';

describe('names of a drop folder', () => {
  it('fit a pattern as a whole, case counting, the star standing for anything', () => {
    const names = [
      'students.csv',
      'students_1.csv',
      'Students.csv',
      'students.csv.bak',
      'xstudents.csv',
      'studentsXcsv',
    ];
    expect(matchingNames('students*.csv', names)).to.deep.equal(['students.csv', 'students_1.csv']);
    expect(matchingNames('students.csv', names)).to.deep.equal(['students.csv']);
    expect(matchingNames('*', names)).to.deep.equal(names);
    expect(matchingNames('a+(b)[c].*', ['a+(b)[c].x', 'aab.x'])).to.deep.equal(['a+(b)[c].x']);
    expect(matchingNames('é*😀.csv', ['é1😀.csv', 'e1😀.csv'])).to.deep.equal(['é1😀.csv']);
  });

  it('tell what the stars stood for', () => {
    expect(compileMatch('students*.csv')('students_1121.csv')).to.equal('_1121');
    expect(compileMatch('*_*.csv')('a_b.csv')).to.equal(compileMatch('x*y_*.csv')('xay_b.csv'));
    expect(compileMatch('students.csv')('students.csv')).to.equal('');
  });

  it('fit as a regular expression would have them, and no name keeps it busy', () => {
    const few = (characters: string, maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...characters), maxLength });
    fc.assert(
      fc.property(few('*ab.', 8), few('ab.', 12), (pattern, name) => {
        const source = pattern.replaceAll('.', '\\.').replace(/\*+/g, '(.*)');
        const expected = new RegExp(`^${source}$`, 'su').exec(name)?.slice(1).join('\0');
        expect(compileMatch(pattern)(name)).to.equal(expected);
      }),
      { numRuns: 2000 },
    );
    const startMs = performance.now();
    expect(compileMatch('*_'.repeat(30))(`${'_'.repeat(199)}x`)).to.equal(undefined);
    expect(performance.now() - startMs).to.be.below(2000);
  });

  it('are temporary by their beginning or their ending', () => {
    for (const name of ['.a', 'a.part', 'a.csv.PART', 'a.filepart', 'a.tmp', 'a.crdownload'])
      expect(isTemporaryName(name), name).to.equal(true);
    for (const name of ['a.csv', 'part.csv', 'a.partial', 'tmp'])
      expect(isTemporaryName(name), name).to.equal(false);
  });

  it('lead from file to marker and back', () => {
    for (const marker of ['{name}.done', 'ok-{name}', '.{name}.$&'])
      expect(markedBy(marker, markerOf(marker, 'students.csv')), marker).to.equal('students.csv');
    for (const name of ['students.csv', '.done', 'students.csv.DONE'])
      expect(markedBy('{name}.done', name)).to.equal(undefined);
  });
});
