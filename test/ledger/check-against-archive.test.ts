import { expect } from 'chai';
import { type ArchiveHead, checkAgainstArchive } from '../../src/ledger/check-against-archive.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { MemoryLedger } from '../doubles/memory-ledger.ts';
import { nightly, told } from './sample-memory.ts';

/** The head of a chain of nightly runs up to this night. */
function headOf(night: number, about: Partial<ArchiveHead> = {}): ArchiveHead {
  const { id, connection, manifestSha256 } = nightly(night);
  const before = nightly(night - 1);
  const previous = night > 1 ? { run: before.id, sha256: before.manifestSha256 } : null;
  return { connection, run: id, sha256: manifestSha256, previous, count: night, ...about };
}

async function ledgerOf(...nights: number[]): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  for (const night of nights) await ledger.apply(nightly(night), told());
  return ledger;
}

describe('ledger/check-against-archive', () => {
  it('believes a ledger that has followed the chain to its end', async () => {
    expect(await checkAgainstArchive(await ledgerOf(1, 2), [headOf(2)])).to.deep.equal({ behind: [] });
    expect(await checkAgainstArchive(await ledgerOf(), [])).to.deep.equal({ behind: [] });
  });

  it('names the run that a crash kept from being applied, of each connection', async () => {
    const lakeside = nightly(1, { connection: 'lakeside' });
    const first = headOf(1, { connection: 'lakeside', run: lakeside.id });
    expect(await checkAgainstArchive(await ledgerOf(1, 2), [headOf(3), first])).to.deep.equal({
      behind: [nightly(3).id, lakeside.id],
    });
  });

  it('believes a ledger that knows more than the archive, where runs were taken out of it', async () => {
    expect(await checkAgainstArchive(await ledgerOf(1, 2, 3), [headOf(2)])).to.deep.equal({ behind: [] });
    expect(await checkAgainstArchive(await ledgerOf(1, 2, 3), [headOf(3, { count: 1 })])).to.deep.equal({
      behind: [],
    });
  });

  const refused: [what: string, nights: number[], head: ArchiveHead][] = [
    ['empty beside a fuller archive', [], headOf(2)],
    ['an older copy', [1, 2], headOf(4)],
    ['of another history', [1, 2], headOf(2, { sha256: 'f'.repeat(64) })],
    ['of another history, one run behind', [1, 9], headOf(3)],
    [
      'of another history in the run before',
      [1, 2],
      headOf(3, { previous: { run: nightly(2).id, sha256: 'f'.repeat(64) } }),
    ],
    ['of another history from the start', [1], headOf(2, { previous: null })],
    ['of another connection', [1, 2], headOf(2, { connection: 'lakeside' })],
  ];
  for (const [what, nights, head] of refused) {
    it(`refuses one that is ${what}`, async () => {
      const fault = await faultOf(checkAgainstArchive(await ledgerOf(...nights), [head]));
      expect(fault.code).to.equal('ledger_younger');
      expect(fault.hint).to.contain('rosterferry rebuild');
      expect(fault.message).to.contain(head.run);
    });
  }
});
