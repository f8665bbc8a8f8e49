import { expect } from 'chai';
import { AppError, AppErrors, asAppError, describePlace, throwAll } from '../../src/errors/app-error.ts';
import { CATALOGUE } from '../../src/errors/catalogue.ts';

describe('AppError', () => {
  it('takes hint and transience from the catalogue, and a better hint where one is given', () => {
    const error = new AppError('host_unreachable', 'nobody answers');
    expect(error).to.include({
      code: 'host_unreachable',
      transient: true,
      hint: CATALOGUE.host_unreachable.hint,
    });
    expect(new AppError('host_unreachable', 'x', { hint: 'Ask Ann.' }).hint).to.equal('Ask Ann.');
  });

  it('takes any thrown thing that is none of ours for a defect', () => {
    const fault = new TypeError('oops');
    expect(asAppError(fault)).to.include({ code: 'defect', message: 'TypeError', cause: fault });
    expect(asAppError('text').code).to.equal('defect');
    const own = new AppError('usage', 'x');
    expect(asAppError(own)).to.equal(own);
    expect(asAppError(new AppErrors([own]))).to.equal(own);
  });

  it('says what all of them say where only one can be shown', () => {
    const place = { file: 'a.csv', line: 1 };
    const errors = ['Name', 'DOB'].map(
      (column) =>
        new AppError('missing_column', `There is no column ${column}. It has: ID, Grade`, { place }),
    );
    const one = asAppError(new AppErrors(errors));
    expect(one).to.include({ code: 'missing_column', place });
    expect(one.message).to.equal('There is no column Name. It has: ID, Grade. There is no column DOB.');
  });

  it('throws nothing, the one mistake, or all of them together', () => {
    const one = new AppError('usage', 'x');
    expect(() => throwAll([])).not.to.throw();
    expect(() => throwAll([one])).to.throw(AppError, 'x');
    expect(() => throwAll([one, one])).to.throw(AppErrors, '2 mistakes');
  });

  it('writes a place as editors link it', () => {
    expect(describePlace({ file: 'a.yaml', line: 3, column: 5 })).to.equal('a.yaml:3:5');
    expect(describePlace({ file: 'a.yaml' })).to.equal('a.yaml');
  });
});

describe('the catalogue', () => {
  for (const [code, { meaning, hint }] of Object.entries(CATALOGUE)) {
    it(`says of ${code} what it means and what to do, in sentences`, () => {
      expect(meaning).to.match(/^[A-Z].*\.$/);
      expect(hint).to.match(/^[A-Za-z].*[.]$/);
    });
  }
});
