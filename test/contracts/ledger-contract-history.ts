import { expect } from 'chai';
import type { FieldChange, Ledger } from '../../src/ledger/ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { delivered, fileEntry, nightly, recordEntry, removedEntry, told } from '../ledger/sample-memory.ts';

import { indexOf } from './ledger-contract-delivered.ts';

async function toldOf(ledger: Ledger, id: string): Promise<unknown[]> {
  const entries = await ledger.history(id);
  return entries.map(({ run, id: at, change, note, fields }) => [
    run.businessDate.slice(-2),
    at,
    change,
    note,
    shown(fields),
  ]);
}

function shown(fields: readonly FieldChange[]): string[] {
  return fields.map(({ field, before, after }) => `${field.split('.')[1]}: ${before} > ${after}`).sort();
}

const CREATED = (id: string) => ['grade: null > 5', `id: null > ${id}`, 'last: null > Moss'];
const FORGOTTEN = (id: string) => ['grade: 5 > null', `id: ${id} > null`, 'last: Moss > null'];

export function historyOf(ledger: () => Ledger): void {
  it('tells each run that changed something, with the values before and after', async () => {
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1'), recordEntry('2')));
    await ledger().apply(nightly(2), told(fileEntry(), recordEntry('1', 'promoted', { grade: '6' })));
    await ledger().apply(nightly(3), told(fileEntry(), removedEntry('1', ['1', 'Moss', 'left'])));
    await ledger().apply(nightly(4), told(fileEntry(), recordEntry('1', 'reactivated')));
    await ledger().apply(nightly(5), told(fileEntry(), removedEntry('1')));
    await ledger().apply(nightly(6), told(fileEntry(), recordEntry('1')));
    expect(await toldOf(ledger(), '1')).to.deep.equal([
      ['01', '1', 'created', '', CREATED('1')],
      ['02', '1', 'promoted', '', ['grade: 5 > 6']],
      ['03', '1', 'removed', 'absent', ['grade: 6 > left']],
      ['04', '1', 'reactivated', '', ['grade: left > 5']],
      ['05', '1', 'removed', 'absent', FORGOTTEN('1')],
      ['06', '1', 'created', '', CREATED('1')],
    ]);
    expect(await toldOf(ledger(), '2')).to.deep.equal([['01', '2', 'created', '', CREATED('2')]]);
  });

  it('is told of each connection that knows the student, or of one', async () => {
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1')));
    await ledger().apply(nightly(1, { connection: 'lakeside' }), told(fileEntry(), recordEntry('1')));
    const connections = async (connection?: string) =>
      (await ledger().history('1', connection)).map(({ run }) => run.connection);
    expect(await connections()).to.deep.equal(['lakeside', 'riverside']);
    expect(await connections('riverside')).to.deep.equal(['riverside']);
    expect(await connections('hillside')).to.deep.equal([]);
  });

  it('names a field that came later as one that was not there', async () => {
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1')));
    const targets = ['students.id', 'students.email'];
    await ledger().apply(
      nightly(2),
      told(fileEntry(targets), recordEntry('1', 'updated', { values: ['1', 'moss@example.org'] })),
    );
    expect(await toldOf(ledger(), '1')).to.deep.equal([
      ['01', '1', 'created', '', CREATED('1')],
      ['02', '1', 'updated', '', ['email: null > moss@example.org', 'grade: 5 > null', 'last: Moss > null']],
    ]);
  });

  it('goes on under the id that a temporary one became', async () => {
    const link: MemoryEntry = { kind: 'link', file: 'students', from: 'T1', to: '1' };
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('T1'), recordEntry('2')));
    await ledger().apply(
      nightly(2),
      told(fileEntry(), link, recordEntry('1', 'updated', { values: ['1', 'Moss', '5'] })),
    );
    expect(await indexOf(ledger())).to.deep.equal(['1', '2']);
    const whole = [
      ['01', 'T1', 'created', '', CREATED('T1')],
      ['02', 'T1', 'linked', '1', FORGOTTEN('T1')],
      ['02', '1', 'linked', 'T1', CREATED('T1')],
      ['02', '1', 'updated', '', ['id: T1 > 1']],
    ];
    expect(await toldOf(ledger(), '1')).to.deep.equal(whole);
    expect(await toldOf(ledger(), 'T1')).to.deep.equal(whole);
  });

  it('is also that of the contacts of a student, whatever the student was called, and of nobody else', async () => {
    const contact = (id: string): MemoryEntry => ({
      kind: 'record',
      file: 'contacts',
      change: 'created',
      record: delivered(id),
    });
    const contacts = { ...fileEntry(), file: 'contacts' } as MemoryEntry;
    const link: MemoryEntry = { kind: 'link', file: 'students', from: 'T1', to: '1' };
    await ledger().apply(
      nightly(1),
      told(
        ...[fileEntry(), recordEntry('T1'), recordEntry('12'), recordEntry('1 ')],
        ...[contacts, contact('T1\u001faa'), contact('12\u001faa'), contact('1 \u001faa'), contact('T')],
      ),
    );
    await ledger().apply(
      nightly(2),
      told(
        ...[fileEntry(), link],
        ...[contacts, { ...removedEntry('T1\u001faa'), file: 'contacts' } as MemoryEntry],
        ...[contact('1\u001fbb'), contact('1\u001faa')],
      ),
    );
    for (const id of ['1', 'T1']) {
      const entries = await ledger().history(id);
      expect(
        entries.map((one) => `${one.run.businessDate.slice(-2)} ${one.file} ${one.id} ${one.change}`),
      ).to.have.members([
        '01 contacts T1\u001faa created',
        '01 students T1 created',
        '02 contacts T1\u001faa removed',
        '02 contacts 1\u001faa created',
        '02 contacts 1\u001fbb created',
        '02 students T1 linked',
        '02 students 1 linked',
      ]);
      expect(entries.map(({ file }) => file).slice(0, 2)).to.deep.equal(['contacts', 'students']);
    }
    expect((await ledger().history('12')).map(({ file }) => file)).to.deep.equal(['contacts', 'students']);
  });

  it('keeps one record where both ids had been delivered', async () => {
    const link: MemoryEntry = { kind: 'link', file: 'students', from: 'T1', to: '1' };
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('T1'), recordEntry('1')));
    await ledger().apply(nightly(2), told(fileEntry(), link));
    expect(await indexOf(ledger())).to.deep.equal(['1']);
    expect(await toldOf(ledger(), '1')).to.have.deep.members([
      ['01', 'T1', 'created', '', CREATED('T1')],
      ['01', '1', 'created', '', CREATED('1')],
      ['02', 'T1', 'linked', '1', FORGOTTEN('T1')],
      ['02', '1', 'linked', 'T1', []],
    ]);
  });
}
