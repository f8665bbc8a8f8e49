import { expect } from 'chai';
import { activeWaivers } from '../../src/eligibility/waivers.ts';

const SETTINGS = { file: 'waivers.csv', id: 'student_id', reason: 'reason', until: 'expires' };
const TODAY = '2026-11-22';

function waiver(student_id: string, expires = '') {
  return { student_id, reason: 'board decision', expires };
}

describe('activeWaivers', () => {
  it('holds through the last day, and for ever without one', () => {
    const rows = [
      waiver('1', '2026-11-21'),
      waiver('2', '2026-11-22'),
      waiver('3', '11/23/2026'),
      waiver('4'),
      waiver(' 05 ', ' '),
    ];
    const { ids, problems } = activeWaivers(rows, SETTINGS, TODAY);
    expect([...ids]).to.deep.equal(['2', '3', '4', '05']);
    expect(problems).to.deep.equal([]);
  });

  it('holds for ever where no column of the last day is named', () => {
    const { ids } = activeWaivers([waiver('1', 'whenever')], { file: 'w.csv', id: 'student_id' }, TODAY);
    expect([...ids]).to.deep.equal(['1']);
  });

  it('holds as long as the longest of several rows of one student', () => {
    const { ids } = activeWaivers([waiver('1', '2027-06-30'), waiver('1', '2020-06-30')], SETTINGS, TODAY);
    expect([...ids]).to.deep.equal(['1']);
  });

  it('names each row that cannot be used, and no value of it', () => {
    const { ids, problems } = activeWaivers(
      [waiver('77', '2026-02-30'), waiver(' '), waiver('3')],
      SETTINGS,
      TODAY,
    );
    expect(problems).to.have.length(2);
    expect(problems[0]).to.match(/^Row 1: expires is no day/);
    expect(problems[1]).to.match(/^Row 2 has no student_id/);
    expect(problems.join()).not.to.match(/77|02-30/);
    expect([...ids]).to.deep.equal(['3']);
  });

  it('names the columns that the list lacks, once', () => {
    const rows = [
      { id: '1', expires: '' },
      { id: '2', expires: '' },
    ];
    const { ids, problems } = activeWaivers(rows, SETTINGS, TODAY);
    expect(ids.size).to.equal(0);
    expect(problems).to.deep.equal([
      'The list has no column student_id; it has id, expires.',
      'The list has no column reason; it has id, expires.',
    ]);
  });

  it('is empty for an empty list', () => {
    expect(activeWaivers([], SETTINGS, TODAY)).to.deep.equal({ ids: new Set(), problems: [] });
  });
});
