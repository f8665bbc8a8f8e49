import { expect } from 'chai';
import { compiled } from './a-mapping.ts';

const birth = { column: 'DOB', format: 'M/d/yy' };
const fields = {
  dob: { type: 'transformation', column: ['DOB', 'BirthDate'], apply: [{ date: 'M/d/yy' }] },
  entered: { type: 'transformation', column: 'Entered', apply: [{ date: 'M/d/yy' }] },
  fixed: { type: 'transformation', column: 'DOB', apply: [{ date: { from: 'M/d/yy', pivot: 99 } }] },
};

describe('mapping/compile-field', () => {
  it('never lets the birth date of the identity lie in the future, and follows luxon elsewhere', () => {
    const { map } = compiled(fields, ['DOB', 'Entered'], { identity: { id: 'ID', birth_date: birth } });
    expect(map(['3/9/30', '3/9/30'])).to.deep.equal(['1930-03-09', '2030-03-09', '2030-03-09']);
    expect(map(['3/9/15', '3/9/61'])).to.deep.equal(['2015-03-09', '1961-03-09', '2015-03-09']);
  });

  it('completes the years of the birth date as the identity says', () => {
    const identity = { id: 'ID', birth_date: { ...birth, pivot: 5 } };
    const { map } = compiled(fields, ['DOB', 'Entered'], { identity });
    expect(map(['3/9/15', '3/9/15'])).to.deep.equal(['1915-03-09', '2015-03-09', '2015-03-09']);
  });

  it('shows all columns that a field without one of its own is made of', () => {
    const { explain } = compiled(
      { phone: { apply: [{ pick: ['Cell', 'Home'] }, 'phone'] }, day: { apply: ['today'] } },
      ['Cell', 'Home'],
    );
    const [phone, day] = explain(['', '12']);
    expect(phone).to.deep.equal({
      target: 'phone',
      type: 'transformation',
      source: ' | 12',
      mapped: {
        code: 'bad_phone',
        field: 'phone',
        message: 'The value is no phone number of the country US.',
        value: ' | 12',
      },
    });
    expect(day).to.include({ source: '', mapped: '2026-11-22' });
  });
});
