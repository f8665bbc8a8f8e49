import { expect } from 'chai';
import { stepOf } from './a-step.ts';

const row = { First: 'Maria', Last: 'Cruz', Blank: ' ' };

describe('mapping/transforms/columns', () => {
  it('fills a template with the values as they stand', () => {
    expect(stepOf('template', '{Last}, {First}!', row)('ignored')).to.equal('Cruz, Maria!');
    expect(stepOf('template', '[{ Last }][{Blank}]', row)('')).to.equal('[Cruz][ ]');
    expect(stepOf('template', '{{{First}}} {{}}', row)('')).to.equal('{Maria} {}');
    expect(stepOf('template', '{Last}', { Last: '$& {First}' })('')).to.equal('$& {First}');
  });

  it('takes lists of names in join and pick', () => {
    expect(stepOf('join', { columns: [['Surname', 'Last'], 'First'], with: '-' }, row)('')).to.equal(
      'Cruz-Maria',
    );
    expect(stepOf('join', { columns: ['Blank', 'First'], with: '-' }, row)('')).to.equal('Maria');
    expect(stepOf('pick', ['Blank', ['Surname', 'Last']], row)('')).to.equal('Cruz');
  });
});
