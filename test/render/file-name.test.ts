import { expect } from 'chai';
import fc from 'fast-check';
import { isBySchool, renderFileName, renderSchoolName } from '../../src/render/file-name.ts';

const TOKENS = {
  date: '2026-11-22',
  time: '033000',
  school_year: '2026',
  run: 'r1',
  connection: 'north',
  sequence: '17',
};

describe('render/file-name', () => {
  it('fills in every token but the school', () => {
    const pattern = '{connection}_{school}_{date}_{time}_{school_year}_{run}_{sequence}.csv';
    expect(renderFileName(pattern, TOKENS)).to.equal('north_{school}_2026-11-22_033000_2026_r1_17.csv');
    expect(isBySchool(pattern)).to.equal(true);
    expect(isBySchool('students_{date}.csv')).to.equal(false);
  });

  it('names the file of a school by its code', () => {
    expect(renderSchoolName('s_{school}.csv', ' 410 ')).to.equal('s_410.csv');
    expect(renderSchoolName('s_{school}.csv', 'East High')).to.equal('s_East High.csv');
    expect(renderSchoolName('s_{school}.csv', '')).to.equal('s_no_school.csv');
  });

  it('lets no school name a way out of the folder', () => {
    expect(renderSchoolName('{school}.csv', '../x')).to.equal('..%2Fx.csv');
    expect(renderSchoolName('{school}.csv', "O'Brien (K-5)*")).to.equal('O%27Brien %28K-5%29%2A.csv');
  });

  it('gives two schools two names', () => {
    const school = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.trim());
    fc.assert(
      fc.property(school, school, (a, b) => {
        fc.pre(a !== b && ![a, b].includes('no_school'));
        const names = [a, b].map((one) => renderSchoolName('{school}.csv', one));
        expect(names[0]).to.not.equal(names[1]);
        for (const name of names) expect(name).to.match(/^[A-Za-z0-9 ._%-]+$/);
      }),
    );
  });
});
