import { expect } from 'chai';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { fileEntry, listed, nightly, recordEntry, removedEntry, told } from '../ledger/sample-memory.ts';
import { answersOf } from './ledger-contract-answers.ts';
import { indexOf, whatWasDelivered } from './ledger-contract-delivered.ts';
import { disclosuresOf } from './ledger-contract-disclosures.ts';
import { historyOf } from './ledger-contract-history.ts';
import { aDecision, decisionsOf, temporaryIdsOf } from './ledger-contract-said.ts';
import { whatTheServiceRemembers } from './ledger-contract-service.ts';

/** What every ledger must do. `open` gives an empty one, which the suite closes. */
export function ledgerContract(engine: string, open: () => Promise<Ledger>): void {
  describe(`the contract of a ledger, ${engine}`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    describe('where nothing is known', () => whereNothingIsKnown(() => ledger));
    describe('what was delivered', () => whatWasDelivered(() => ledger));
    describe('a run that cannot be applied', () => whatCannotBeApplied(() => ledger));
    describe('runs', () => runsOf(() => ledger));
    describe('history', () => historyOf(() => ledger));
    describe('disclosures', () => disclosuresOf(() => ledger));
    describe('what was answered', () => answersOf(() => ledger));
    describe('decisions', () => decisionsOf(() => ledger));
    describe('temporary ids', () => temporaryIdsOf(() => ledger));
    describe('what the service remembers', () => whatTheServiceRemembers(() => ledger));

    it('may be closed twice', async () => {
      await ledger.close();
      await ledger.close();
    });
  });
}

type Given = () => Ledger;

function whereNothingIsKnown(ledger: Given): void {
  it('answers with nothing, never with an error', async () => {
    const view = await ledger().delivered('riverside', 'students');
    expect(view).to.deep.include({ count: 0, targets: [], bytes: undefined });
    expect(await listed(view.index())).to.deep.equal([]);
    expect((await view.fetch(['1'])).size).to.equal(0);
    expect(await listed(ledger().runs())).to.deep.equal([]);
    expect(await ledger().findRun('none')).to.equal(undefined);
    expect(await ledger().generation('riverside')).to.deep.equal({ runs: 0, last: undefined });
    expect(await ledger().history('1')).to.deep.equal([]);
    expect(await ledger().decisions('riverside')).to.deep.equal([]);
    expect(await listed(ledger().unsealed('riverside'))).to.deep.equal([]);
    expect(await listed(ledger().dump())).to.deep.equal([]);
  });
}

function whatCannotBeApplied(ledger: Given): void {
  const wrong: [what: string, entries: MemoryEntry[]][] = [
    ['an entry before its file', [recordEntry('1')]],
    [
      'a standing before its file',
      [{ kind: 'same', file: 'students', id: '8', mapped: 'ff', active: true, school: '', grade: '' }],
    ],
    ['a removal of another file', [fileEntry(), { ...removedEntry('1'), file: 'contacts' } as MemoryEntry]],
    ['values for other fields', [fileEntry(), recordEntry('1'), recordEntry('2', 'created', { values: [] })]],
  ];
  for (const [what, entries] of wrong) {
    it(`leaves all as it was: ${what}`, async () => {
      await ledger().apply(nightly(1), told(fileEntry(), recordEntry('8')));
      const before = await listed(ledger().dump());
      expect(await faultOf(ledger().apply(nightly(2), told(...entries)))).to.include({
        code: 'memory_unreadable',
      });
      expect(await listed(ledger().dump())).to.deep.equal(before);
    });
  }

  it('leaves all as it was where its entries break off, and what was said meanwhile stands', async () => {
    await ledger().apply(nightly(1), told(fileEntry(), recordEntry('8')));
    const said: Promise<unknown>[] = [];
    async function* breaksOff() {
      yield fileEntry();
      yield recordEntry('1');
      said.push(ledger().decide('riverside', aDecision('1')));
      said.push(ledger().temporaryIds('riverside', 'T', ['a'], { remember: true }));
      expect(await indexOf(ledger())).to.deep.equal(['8']);
      throw new RangeError('no more');
    }
    const thrown = await ledger()
      .apply(nightly(2), breaksOff())
      .catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(RangeError);
    await Promise.all(said);
    expect(await indexOf(ledger())).to.deep.equal(['8']);
    expect(await ledger().findRun(nightly(2).id)).to.equal(undefined);
    expect(await ledger().decisions('riverside')).to.deep.equal([aDecision('1')]);
    await ledger().apply(nightly(2), told(fileEntry(), recordEntry('1')));
    expect(await indexOf(ledger())).to.deep.equal(['1', '8']);
  });
}

function runsOf(ledger: Given): void {
  it('are listed as they were applied, the last first', async () => {
    const failed = nightly(3, { outcome: 'failed', totals: {} });
    await ledger().apply(nightly(2), told());
    // A clock that was set back: the chain decides, not the name.
    await ledger().apply(nightly(1), told(fileEntry()));
    await ledger().apply(failed, told());
    await ledger().apply(nightly(2, { connection: 'lakeside' }), told());
    expect(await listed(ledger().runs('riverside'))).to.deep.equal([failed, nightly(1), nightly(2)]);
    expect((await listed(ledger().runs())).map(({ id }) => id)).to.deep.equal([
      failed.id,
      nightly(2).id,
      nightly(2, { connection: 'lakeside' }).id,
      nightly(1).id,
    ]);
    expect(await ledger().findRun(failed.id)).to.deep.equal(failed);
    expect(await ledger().generation('riverside')).to.deep.equal({ runs: 3, last: failed });
  });

  it('may be listed by halves', async () => {
    await ledger().apply(nightly(1), told());
    await ledger().apply(nightly(2), told());
    for await (const run of ledger().runs()) {
      expect(run).to.deep.equal(nightly(2));
      break;
    }
    await ledger().apply(nightly(3), told());
    expect(await listed(ledger().runs())).to.have.length(3);
  });
}
