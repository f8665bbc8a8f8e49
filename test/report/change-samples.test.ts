import { expect } from 'chai';
import { openChangeSamples } from '../../src/report/change-samples.ts';

describe('report/change-samples', () => {
  it('counts the fields of each kind of change and keeps its first lines', () => {
    const samples = openChangeSamples();
    for (let at = 0; at < 30; at++)
      samples.add({
        studentId: `${at}`,
        change: 'updated',
        field: at % 3 ? 'phone' : 'city',
        before: 'a',
        after: 'b',
      });
    samples.add({ studentId: 'x', change: 'created', field: '', before: '', after: '' });
    const { groups, lines, isCut } = samples.summary(true);
    expect({ lines, isCut }).to.deep.equal({ lines: 31, isCut: true });
    const [updated, created] = groups;
    expect(updated).to.deep.include({
      change: 'updated',
      lines: 30,
      fields: [
        { field: 'phone', lines: 20 },
        { field: 'city', lines: 10 },
      ],
    });
    expect(updated?.first).to.have.length(12);
    expect(created).to.deep.include({ lines: 1, fields: [] });
  });
});
