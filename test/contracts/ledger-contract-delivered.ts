import { expect } from 'chai';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { ToldEntry } from '../../src/ledger/written-record.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { faultOf } from '../doubles/fault-of.ts';
import {
  delivered,
  fileEntry,
  listed,
  nightly,
  recordEntry,
  removedEntry,
  TARGETS,
  told,
} from '../ledger/sample-memory.ts';

/** What was delivered, and how a run changes it. */
export function whatWasDelivered(ledger: () => Ledger): void {
  it('is every record, with the targets and the size of the file', async () => {
    await ledger().apply(
      nightly(1),
      told(fileEntry(TARGETS, 4711), recordEntry('1'), recordEntry('2', 'created', { active: false })),
    );
    const view = await ledger().delivered('riverside', 'students');
    expect(view).to.deep.include({ count: 2, targets: TARGETS, bytes: 4711 });
    const index = (await listed(view.index())).flat();
    const look = { mapped: '00112233445566aa', school: '410', grade: '5', deactivated: false };
    expect(index).to.have.deep.members([
      { id: '1', active: true, ...look },
      { id: '2', active: false, ...look },
    ]);
    expect([...(await view.fetch(['2', '3', '1']))].sort()).to.deep.equal([
      ['1', delivered('1')],
      ['2', delivered('2', { active: false })],
    ]);
    expect((await ledger().delivered('lakeside', 'students')).count).to.equal(0);
    expect((await ledger().delivered('riverside', 'contacts')).count).to.equal(0);
  });

  it('stays as it was for whoever is not spoken of', async () => {
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1'), recordEntry('2')));
    await ledger().apply(
      nightly(2),
      told(fileEntry(TARGETS, 5), recordEntry('2', 'promoted', { grade: '6' })),
    );
    const view = await ledger().delivered('riverside', 'students');
    expect(view).to.deep.include({ count: 2, bytes: 5 });
    expect([...(await view.fetch(['1', '2'])).values()]).to.have.deep.members([
      delivered('1'),
      delivered('2', { grade: '6' }),
    ]);
  });

  it('forgets who was removed, and knows as gone who was deactivated', async () => {
    const last = ['2', 'Moss', 'left'];
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1'), recordEntry('2'), recordEntry('3')));
    await ledger().apply(nightly(2), told(fileEntry(), removedEntry('1'), removedEntry('2', last)));
    const view = await ledger().delivered('riverside', 'students');
    expect(view.count).to.equal(1);
    expect(await indexOf(ledger())).to.deep.equal(['2 gone', '3']);
    expect((await view.fetch(['1', '2'])).get('2')).to.deep.equal(
      delivered('2', { active: false, values: last }),
    );
    await ledger().apply(nightly(3), told(fileEntry(), recordEntry('2', 'reactivated'), removedEntry('9')));
    expect((await ledger().delivered('riverside', 'students')).count).to.equal(2);
    expect(await indexOf(ledger())).to.deep.equal(['2', '3']);
  });

  it('knows more of a record that was delivered as before, and has no other sign of it', async () => {
    const last = told(fileEntry(), removedEntry('2', delivered('2').values));
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1'), recordEntry('2')));
    await ledger().apply(nightly(2), last);
    const history = await ledger().history('2');
    const known = { mapped: 'ff', active: false, school: '77', grade: '9' };
    const same = (id: string): MemoryEntry => ({ kind: 'same', file: 'students', id, ...known });
    await ledger().apply(nightly(3), told(fileEntry(), same('2'), same('9')));
    const view = await ledger().delivered('riverside', 'students');
    const records = await view.fetch(['1', '2', '9']);
    expect([...records.values()]).to.have.deep.members([delivered('1'), { ...delivered('2'), ...known }]);
    expect([view.count, await indexOf(ledger())]).to.deep.equal([2, ['1', '2']]);
    expect(await ledger().history('2')).to.deep.equal(history);
  });

  it('is told in the fields of today, also where it was delivered with others', async () => {
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1'), recordEntry('2')));
    const targets = ['students.grade', 'students.email', 'students.id'];
    const values = ['5', 'moss@example.org', '2'];
    await ledger().apply(nightly(2), told(fileEntry(targets), recordEntry('2', 'updated', { values })));
    const view = await ledger().delivered('riverside', 'students');
    expect(view.targets).to.deep.equal(targets);
    const records = await view.fetch(['1', '2']);
    expect(records.get('1')?.values).to.deep.equal(['5', '', '1']);
    expect(records.get('2')?.values).to.deep.equal(values);
  });

  it('keeps any text as it is, and many more records than one batch', async () => {
    const odd = ['Ünal "Ö", 學生\n\u2028', "x'); DROP TABLE records; --", '', ' 007 ', '😀', '__proto__'];
    const entries: MemoryEntry[] = odd.map((text, at) =>
      recordEntry(`id ${text} ${at}`, 'created', { values: [text, text, text], school: text, grade: text }),
    );
    for (let at = 0; at < 12_000; at++) entries.push(recordEntry(`n${at}`));
    await ledger().apply(nightly(1), told(fileEntry(), ...entries));
    const view = await ledger().delivered('riverside', 'students');
    const index = (await listed(view.index())).flat();
    expect(new Set(index.map(({ id }) => id)).size).to.equal(entries.length);
    const records = await view.fetch(index.map(({ id }) => id));
    expect(records.size).to.equal(entries.length);
    for (const [at, text] of odd.entries())
      expect(records.get(`id ${text} ${at}`)).to.deep.include({ school: text, values: [text, text, text] });
  });

  it('is the same where records come as they were written', async () => {
    const written = (id: string, values: readonly string[]): ToldEntry => {
      const { values: _, ...record } = delivered(id);
      return {
        kind: 'written',
        file: 'students',
        record,
        json: JSON.stringify(values),
        count: values.length,
      };
    };
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1')));
    await ledger().apply(
      nightly(2),
      told(fileEntry(), written('2', ['2', 'é', '5']), written('1', ['1', 'Moss', '6'])),
    );
    const records = await (await ledger().delivered('riverside', 'students')).fetch(['1', '2']);
    expect([...records.values()]).to.have.deep.members([
      delivered('1', { values: ['1', 'Moss', '6'] }),
      delivered('2', { values: ['2', 'é', '5'] }),
    ]);
    const changes = async (id: string) => (await ledger().history(id)).map(({ change }) => change);
    expect([await changes('1'), await changes('2')]).to.deep.equal([['created', 'created'], ['created']]);
    const fault = await faultOf(ledger().apply(nightly(3), told(fileEntry(), written('3', ['3']))));
    expect(fault.code).to.equal('memory_unreadable');
  });

  it('is the same where a run is applied a second time, and its entries are not asked for', async () => {
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1')));
    await ledger().apply(nightly(2), told(fileEntry(), removedEntry('1')));
    const before = await listed(ledger().dump());
    const untouchable: AsyncIterable<MemoryEntry> = {
      [Symbol.asyncIterator]() {
        throw new Error('asked for');
      },
    };
    await ledger().apply(nightly(1), untouchable);
    expect(await listed(ledger().dump())).to.deep.equal(before);
  });
}

/** Ids of the index, each with a mark where it is deactivated. */
export async function indexOf(ledger: Ledger, connection = 'riverside'): Promise<string[]> {
  const view = await ledger.delivered(connection, 'students');
  const batches = await listed(view.index());
  return batches.flatMap((batch) => batch.map((one) => one.id + (one.deactivated ? ' gone' : ''))).sort();
}
