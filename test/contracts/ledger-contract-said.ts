import { expect } from 'chai';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { MemoryEntry, RecordDecision } from '../../src/vocabulary/memory.ts';
import { fileEntry, listed, nightly, recordEntry, removedEntry, told } from '../ledger/sample-memory.ts';

export function aDecision(id: string, about: Partial<RecordDecision> = {}): RecordDecision {
  const at = '2026-11-22T08:00:00-06:00';
  const record = { file: 'students', id, field: '', choice: 'match:9001', value: '', about: '' } as const;
  return { ...record, shown: [], by: 'kim', at, reason: 'twins', ...about };
}

export function decisionsOf(ledger: () => Ledger): void {
  it('are remembered at once, the later one about a record in place of the earlier', async () => {
    await ledger().decide('riverside', aDecision('2'));
    await ledger().decide('riverside', aDecision('1'));
    const later = aDecision('2', { choice: 'new', at: '2026-11-22T08:05:00-06:00', reason: '' });
    await ledger().decide('riverside', later);
    await ledger().decide('lakeside', aDecision('3'));
    expect(await ledger().decisions('riverside')).to.deep.equal([aDecision('1'), later]);
  });

  it('are one for each field, and one for the record as a whole', async () => {
    const whole = aDecision('1', { choice: 'new', shown: ['9001', '9002'] });
    const phone = aDecision('1', { field: 'students.phone', choice: 'value', value: '555-0100', about: '5' });
    const email = aDecision('1', { field: 'students.email', choice: 'keep_existing', about: 'a@b' });
    for (const one of [phone, whole, email]) await ledger().decide('riverside', one);
    const later = { ...phone, choice: 'new', value: '', about: '6' } as const;
    await ledger().decide('riverside', later);
    expect(await ledger().decisions('riverside')).to.deep.equal([whole, email, later]);
    await ledger().apply(nightly(1), told(...(await listed(ledger().unsealed('riverside')))));
    await ledger().decide('riverside', phone);
    expect(await ledger().decisions('riverside')).to.deep.equal([whole, email, phone]);
  });

  it('to approve a record are spent by the run that sends it again', async () => {
    const approved = aDecision('1', { choice: 'approve' });
    const left = aDecision('2', { choice: 'leave_out' });
    const field = aDecision('1', { field: 'students.last', choice: 'new' });
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('1'), recordEntry('2')));
    await ledger().apply(nightly(2), told(fileEntry(), removedEntry('1', ['1', 'Moss', 'left'])));
    for (const one of [approved, left, field, { ...approved, file: 'contacts' }])
      await ledger().decide('riverside', one);
    await ledger().decide('lakeside', approved);
    const carried = await listed(ledger().unsealed('riverside'));
    await ledger().apply(nightly(3), told(...carried, fileEntry(), recordEntry('2', 'reactivated')));
    expect(await ledger().decisions('riverside')).to.deep.include(approved);
    await ledger().decide('riverside', { ...approved, reason: 'said twice' });
    await ledger().apply(nightly(4), told(fileEntry(), recordEntry('1', 'reactivated')));
    expect(await ledger().decisions('riverside')).to.deep.equal([
      { ...approved, file: 'contacts' },
      field,
      left,
    ]);
    expect(await ledger().decisions('lakeside')).to.deep.equal([approved]);
    expect(await listed(ledger().unsealed('riverside'))).to.deep.equal([]);
  });

  it('are unsealed until a run has carried them', async () => {
    await ledger().decide('riverside', aDecision('1'));
    const unsealed = await listed(ledger().unsealed('riverside'));
    expect(unsealed).to.deep.equal([{ kind: 'decision', decision: aDecision('1') }]);
    await ledger().apply(nightly(1, { outcome: 'cancelled' }), told(...unsealed));
    expect(await listed(ledger().unsealed('riverside'))).to.deep.equal([]);
    expect(await ledger().decisions('riverside')).to.deep.equal([aDecision('1')]);
  });

  it('stand against a sealed one that was made before', async () => {
    await ledger().decide('riverside', aDecision('1'));
    const carried = await listed(ledger().unsealed('riverside'));
    const later = aDecision('1', { choice: 'new', at: '2026-11-22T09:00:00-06:00' });
    await ledger().decide('riverside', later);
    await ledger().apply(nightly(1), told(...carried));
    expect(await ledger().decisions('riverside')).to.deep.equal([later]);
    expect(await listed(ledger().unsealed('riverside'))).to.deep.equal([
      { kind: 'decision', decision: later },
    ]);
  });
}

export function temporaryIdsOf(ledger: () => Ledger): void {
  const given = async (keys: string[], { prefix = 'T', connection = 'riverside', remember = true } = {}) => [
    ...(await ledger().temporaryIds(connection, prefix, keys, { remember })).values(),
  ];

  it('are the same for ever, and nobody else has them', async () => {
    expect(await given(['b', 'a', 'b'])).to.deep.equal(['T1', 'T2']);
    expect(await given(['c', 'a'])).to.deep.equal(['T3', 'T2']);
    expect(await given(['a'], { prefix: 'P-' })).to.deep.equal(['P-1']);
    expect(await given(['z'], { connection: 'lakeside' })).to.deep.equal(['T1']);
  });

  it('never meet one of another prefix', async () => {
    expect(await given(['x'], { prefix: 'T1' })).to.deep.equal(['T11']);
    const ids = await given(Array.from({ length: 12 }, (_, at) => `k${at}`));
    expect(ids).to.not.include('T11');
    expect(new Set(ids).size).to.equal(12);
  });

  it('are only looked up where nothing is to be remembered', async () => {
    await given(['a']);
    expect(await given(['b', 'a'], { remember: false })).to.deep.equal(['T1']);
    expect(await given(['c'])).to.deep.equal(['T2']);
  });

  it('are unsealed until a run has carried them, and count on from there', async () => {
    await given(['a', 'b']);
    const unsealed = await listed(ledger().unsealed('riverside'));
    expect(unsealed).to.deep.equal([
      { kind: 'temporary_id', prefix: 'T', key: 'a', id: 'T1' },
      { kind: 'temporary_id', prefix: 'T', key: 'b', id: 'T2' },
    ]);
    await given(['c']);
    const other: MemoryEntry = { kind: 'temporary_id', prefix: 'T', key: 'x', id: 'T40' };
    await ledger().apply(nightly(1), told(...unsealed, other));
    expect(await listed(ledger().unsealed('riverside'))).to.deep.equal([
      { kind: 'temporary_id', prefix: 'T', key: 'c', id: 'T3' },
    ]);
    expect(await given(['x', 'd', 'a'])).to.have.members(['T40', 'T41', 'T1']);
  });

  it('give way to one that went out', async () => {
    await given(['a', 'b']);
    const sealed: MemoryEntry = { kind: 'temporary_id', prefix: 'T', key: 'x', id: 'T1' };
    await ledger().apply(nightly(1), told(sealed));
    expect(await given(['x', 'b', 'a'])).to.have.members(['T1', 'T2', 'T3']);
  });
}
