import { expect } from 'chai';
import { GRADE_LISTS, LEVELS, readUsualGrade } from '../../../src/mapping/transforms/grade-names.ts';
import { codeOf } from './a-step.ts';

describe('mapping/transforms/grade-level', () => {
  it('reads what districts write', () => {
    const read: Readonly<Record<string, string>> = {
      '0': 'K',
      '00': 'K',
      KF: 'K',
      'Kinder.': 'K',
      '1.0': '1',
      '01': '1',
      ' 1st ': '1',
      'GRADE 12': '12',
      'Gr. 4': '4',
      g7: '7',
      'Eleventh grade': '11',
      Freshman: '9',
      '13': '13',
      'Pre-K': 'PK',
      'Pre-Kindergarten': 'PK',
      PK4: 'PK',
      'PK 3': 'PK3',
      TK: 'TK',
      'Infant/Toddler': 'IT',
      Ungraded: 'UG',
      'Post-Graduate': 'PS',
    };
    for (const [written, level] of Object.entries(read))
      expect(readUsualGrade(written), written).to.equal(level);
  });

  it('guesses nothing', () => {
    for (const written of ['-1', '-2', '14', '99', '1.5', 'PS', 'T1', 'K5', '1-2', 'constructor', '١'])
      expect(readUsualGrade(written), written).to.equal(undefined);
  });

  it('comes back from every list to the grade it set out from', () => {
    for (const [list, names] of Object.entries(GRADE_LISTS)) {
      for (const level of LEVELS) {
        const name = names[level];
        if (name === undefined) continue;
        expect(codeOf('grade_level', { from: list, to: 'short' })(name), `${list} ${name}`).to.equal(
          GRADE_LISTS.short?.[level],
        );
      }
    }
  });

  it('takes a list at its word', () => {
    const clever = codeOf('grade_level', { from: 'clever', to: 'short' });
    expect(clever('prekindergarten')).to.equal('PK');
    expect(clever('PK')).to.equal('bad_value');
    expect(codeOf('grade_level', { from: 'ceds', to: 'number' })('5')).to.equal('5');
    expect(codeOf('grade_level', { from: 'ceds', to: 'short' })('PS')).to.equal('PG');
  });

  it('writes three years old as plain pre-kindergarten where a list knows no other', () => {
    expect(codeOf('grade_level', { to: 'ceds' })('PK3')).to.equal('PK');
    expect(codeOf('grade_level', { to: 'openapply' })('PK3')).to.equal('Pre-K3');
    expect(codeOf('grade_level', { to: 'xello' })('PK3')).to.equal('bad_value');
  });

  it('refuses codes of no grade and lists of no name', () => {
    expect(() => codeOf('grade_level', { to: 'clver' })).to.throw();
    expect(() => codeOf('grade_level', { from: { X: 'Y' }, to: 'ceds' })).to.throw(/no grade/);
    expect(() => codeOf('grade_level', { to: { Y: 'X' } })).to.throw(/no grade/);
    expect(() => codeOf('grade_level', { from: 'usual' })).to.throw();
  });
});
