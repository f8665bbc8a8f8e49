import { expect } from 'chai';
import { headerNotices } from '../../../src/run/drafting/header-notices.ts';

describe('run/drafting/header-notices', () => {
  const header = {
    unused: () => ['Spare'],
    absent: () => ['fields.username', 'fields.phone', 'identity.status'],
    alike: () => [],
  };

  it('calls no field blank that has one of its columns', () => {
    const rules = { targets: ['username', 'phone'], absent: [false, true] };
    expect(headerNotices(header, 's.csv', rules)).to.deep.equal([
      { code: 'unused_columns', message: 'The mapping uses none of: Spare', file: 's.csv' },
      {
        code: 'absent_columns',
        message: 'Blank, because the file has no column for them: phone, identity.status',
        file: 's.csv',
      },
    ]);
  });
});
