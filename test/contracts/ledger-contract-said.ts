import { expect } from 'chai';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { MatchDecision, MemoryEntry } from '../../src/vocabulary/memory.ts';
import { listed, nightly, told } from '../ledger/sample-memory.ts';

export function aDecision(id: string, about: Partial<MatchDecision> = {}): MatchDecision {
  const at = '2026-11-22T08:00:00-06:00';
  return { file: 'students', id, choice: 'match:9001', by: 'kim', at, reason: 'twins', ...about };
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
