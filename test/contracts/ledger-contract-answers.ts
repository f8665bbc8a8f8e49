import { expect } from 'chai';
import type { AppliedRun, Ledger } from '../../src/ledger/ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { fileEntry, listed, nightly, recordEntry, removedEntry, told } from '../ledger/sample-memory.ts';

/** An answer that was read in the n-th night, to the run of that night or of an earlier one. */
function answeredIn(night: number): AppliedRun {
  const run = nightly(night);
  return { ...run, id: `${run.id.slice(0, -6)}ack${night}`, outcome: 'acknowledged', totals: {} };
}

function answers(night: number, ...said: [id: string, verdict: 'accepted' | 'refused', message?: string][]) {
  const [accepted = 0, refused = 0] = ['accepted', 'refused'].map(
    (verdict) => said.filter((one) => one[1] === verdict).length,
  );
  const about = { run: nightly(night).id, name: `result${night}.csv`, sha256: 'ab'.repeat(32) };
  const entries: MemoryEntry[] = [{ kind: 'acknowledged', ...about, accepted, refused }];
  for (const [id, verdict, message = ''] of said)
    entries.push({ kind: 'answered', id, verdict, status: verdict === 'accepted' ? 'OK' : 'ERR', message });
  return told(...entries);
}

export function answersOf(ledger: () => Ledger): void {
  const send = (night: number, ...entries: MemoryEntry[]) =>
    ledger().apply(nightly(night), told(fileEntry(), ...entries));

  it('tells of a student what was answered to which run', async () => {
    await send(1, recordEntry('1'), recordEntry('2'));
    await ledger().apply(answeredIn(1), answers(1, ['1', 'refused', 'no such school'], ['2', 'accepted']));
    await send(2, recordEntry('1', 'updated', { grade: '6' }));
    await ledger().apply(answeredIn(2), answers(2, ['1', 'accepted']));
    const about = await ledger().answers.about('1');
    expect(about.map((one) => [one.acknowledgement.run, one.verdict, one.status, one.message])).to.deep.equal(
      [
        [nightly(1).id, 'refused', 'ERR', 'no such school'],
        [nightly(2).id, 'accepted', 'OK', ''],
      ],
    );
    expect(await ledger().answers.about('1', 'lakeside')).to.deep.equal([]);
    expect(about[0]?.acknowledgement).to.deep.include({ file: 'result1.csv', accepted: 1, refused: 1 });
    const all = await ledger().answers.acknowledgements('riverside');
    expect(all.map(({ run, at }) => [run, at])).to.deep.equal([
      [nightly(2).id, nightly(2).finishedAt],
      [nightly(1).id, nightly(1).finishedAt],
    ]);
  });

  it('lists who was refused until they are accepted, or no longer delivered', async () => {
    await send(1, recordEntry('1'), recordEntry('2'), recordEntry('3'));
    await ledger().apply(
      answeredIn(1),
      answers(1, ['1', 'refused'], ['2', 'refused'], ['3', 'refused', 'why']),
    );
    await ledger().apply(answeredIn(2), answers(1, ['1', 'accepted'], ['3', 'refused', 'still']));
    await send(3, removedEntry('2'));
    const refused = await ledger().answers.refused('riverside');
    expect(refused.map(({ id, message, since, sinceRun }) => [id, message, since, sinceRun])).to.deep.equal([
      ['3', 'still', nightly(1).finishedAt, nightly(1).id],
    ]);
    expect(await ledger().answers.refused('lakeside')).to.deep.equal([]);
  });

  it('follows a student whose temporary id became another one', async () => {
    await send(1, recordEntry('T1'));
    await ledger().apply(answeredIn(1), answers(1, ['T1', 'refused']));
    await send(2, { kind: 'link', file: 'students', from: 'T1', to: '7' }, recordEntry('7', 'updated'));
    expect((await ledger().answers.about('7')).map(({ id }) => id)).to.deep.equal(['T1']);
  });

  it('knows who was ever delivered, and whom a run changed', async () => {
    await send(1, recordEntry('1'), recordEntry('2'), recordEntry('3'));
    await ledger().apply(answeredIn(1), answers(1, ['1', 'refused', 'why']));
    await send(2, recordEntry('2', 'updated', { grade: '6' }), removedEntry('3'));
    const known = await ledger().answers.known('riverside', nightly(2).id, ['1', '2', '3', '4']);
    expect([...known].sort()).to.deep.equal([
      ['1', { isTouched: false, last: { verdict: 'refused', status: 'ERR', message: 'why' } }],
      ['2', { isTouched: true, last: undefined }],
      ['3', { isTouched: true, last: undefined }],
    ]);
    const born = await ledger().answers.known('riverside', nightly(1).id, ['1']);
    expect(born.get('1')?.isTouched).to.equal(true);
  });

  it('keeps them through a checkpoint, and without their words where the file is destroyed', async () => {
    await send(1, recordEntry('1'));
    await ledger().apply(answeredIn(1), answers(1, ['1', 'refused', 'why']));
    const lines = await listed(ledger().checkpoint('riverside'));
    expect(lines.join('\n')).to.not.equal('');
    const purge: AppliedRun = { ...nightly(2), id: 'purge', outcome: 'purged', totals: {} };
    await ledger().apply(purge, told({ kind: 'destroyed', runs: [answeredIn(1).id] }));
    const [one] = await ledger().answers.about('1');
    expect(one).to.deep.include({ verdict: 'refused', status: '', message: '' });
  });
}
