import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AheadRun, Ledger } from '../../src/ledger/ledger.ts';
import { openDatabase } from '../../src/ledger/open-database.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { openTransactions } from '../../src/ledger/transactions.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { fileEntry, listed, nightly, recordEntry, removedEntry, TARGETS, told } from './sample-memory.ts';

const tempFolder = useTempFolders();

const FIRST = told(fileEntry(), recordEntry('1'), recordEntry('2'), recordEntry('3'));
const CHANGED = [
  fileEntry(TARGETS, 900),
  recordEntry('1', 'updated', { values: ['1', 'Moss', '6'], grade: '6' }),
  removedEntry('2'),
];
const REST = { kind: 'recipient', title: 'Riverside', destination: '/out' } as const;

async function makeLedger(): Promise<{ ledger: Ledger; path: string }> {
  const path = join(await tempFolder(), 'ledger.sqlite');
  const ledger = await openSqliteLedger(path);
  await ledger.apply(nightly(1), FIRST);
  return { ledger, path };
}

async function begin(ledger: Ledger, night = 2): Promise<AheadRun> {
  const { id, connection } = nightly(night);
  const ahead = await ledger.ahead?.({ id, connection });
  if (!ahead) throw new Error('nothing was begun');
  return ahead;
}

/** As if nobody had begun before the seal. */
async function expectApplied(ledger: Ledger): Promise<void> {
  const { ledger: plain } = await makeLedger();
  await plain.apply(nightly(2), told(...CHANGED, REST));
  expect(await listed(ledger.dump())).to.deep.equal(await listed(plain.dump()));
  await plain.close();
  await ledger.close();
}

describe('a run that the ledger is told of before it is sealed', () => {
  it('is remembered with the seal, as one that is applied', async () => {
    const { ledger } = await makeLedger();
    const ahead = await begin(ledger);
    await ahead.tell(told(...CHANGED));
    await ahead.tell(told(REST));
    expect(await ahead.seal(nightly(2))).to.equal(true);
    ahead.giveUp();
    await ledger.apply(nightly(2), told(...CHANGED, REST));
    await expectApplied(ledger);
  });

  it('is known to nobody until then, and not at all when it is given up', async () => {
    const { ledger } = await makeLedger();
    const before = await listed(ledger.dump());
    const ahead = await begin(ledger);
    await ahead.tell(told(...CHANGED));
    expect(await listed(ledger.dump())).to.deep.equal(before);
    expect((await ledger.delivered('riverside', 'students')).count).to.equal(3);
    ahead.giveUp();
    expect(await ahead.seal(nightly(2))).to.equal(false);
    expect(await listed(ledger.dump())).to.deep.equal(before);
    await ledger.close();
  });

  const others: [what: string, ask: (ledger: Ledger) => Promise<unknown>][] = [
    [
      'a run of another connection',
      (ledger) => ledger.apply(nightly(1, { connection: 'hills', id: 'h' }), told()),
    ],
    ['the service', (ledger) => ledger.service.noteLooked('riverside', 1)],
    [
      'a person who decides',
      (ledger) =>
        ledger.decide('riverside', {
          ...{ file: 'students', id: '3', field: '', choice: 'approve', value: '', about: '', shown: [] },
          ...{ by: 'rita', at: '2026-11-22T04:00:00-06:00', reason: '' },
        }),
    ],
  ];
  for (const [what, ask] of others)
    it(`gives way to ${what}, also while it is told`, async () => {
      const { ledger } = await makeLedger();
      const { ledger: plain } = await makeLedger();
      const ahead = await begin(ledger);
      const many = Array.from({ length: 2000 }, (_, at) => recordEntry(`new ${at}`));
      const telling = ahead.tell(told(fileEntry(), ...many));
      await ask(ledger);
      await telling;
      expect(await ahead.seal(nightly(2))).to.equal(false);
      for (const one of [ledger, plain]) await one.apply(nightly(2), told(...CHANGED, REST));
      if (what !== 'the service') await ask(plain);
      const known = (lines: string[]) => lines.filter((line) => !line.includes('hills')).toSorted();
      expect(known(await listed(ledger.dump()))).to.deep.equal(known(await listed(plain.dump())));
      for (const one of [ledger, plain]) await one.close();
    });

  it('gives way to whoever closes the ledger', async () => {
    const { ledger, path } = await makeLedger();
    const ahead = await begin(ledger);
    await ahead.tell(told(...CHANGED));
    await ledger.close();
    await using again = await openSqliteLedger(path);
    expect((await again.generation('riverside')).runs).to.equal(1);
  });

  it('is not begun while another process writes, nor twice, nor again', async () => {
    const { ledger, path } = await makeLedger();
    const other = await openDatabase(path);
    other.exec('BEGIN IMMEDIATE');
    expect(await ledger.ahead?.(nightly(2))).to.equal(undefined);
    other.exec('ROLLBACK');
    other.close();
    expect(await ledger.ahead?.(nightly(1))).to.equal(undefined);
    const ahead = await begin(ledger);
    expect(await ledger.ahead?.(nightly(3))).to.equal(undefined);
    await ahead.tell(told(...CHANGED, REST));
    expect(await ahead.seal(nightly(2))).to.equal(true);
    await expectApplied(ledger);
  });

  it('is not remembered where an entry does not fit, and apply() says why', async () => {
    const { ledger } = await makeLedger();
    const ahead = await begin(ledger);
    await ahead.tell(told(recordEntry('4')));
    expect(await ahead.seal(nightly(2))).to.equal(false);
    await ledger.apply(nightly(2), told(...CHANGED, REST));
    await expectApplied(ledger);
  });

  it('leaves no number behind that means other fields later', async () => {
    const { ledger } = await makeLedger();
    const ahead = await begin(ledger);
    const other = [
      recordEntry('1', 'updated', { values: ['1', 'x'] }),
      recordEntry('1', 'updated', { values: ['1', 'y'] }),
    ];
    await ahead.tell(told(fileEntry(['id', 'lost']), ...other));
    ahead.giveUp();
    const more = [...TARGETS, 'students.school'];
    const values = (school: string) => ({ values: ['1', 'Moss', '5', school] });
    await ledger.apply(nightly(2), told(fileEntry(more), recordEntry('1', 'updated', values('410'))));
    await ledger.apply(nightly(3), told(fileEntry(more), removedEntry('1')));
    const [removed] = (await ledger.history('1')).toReversed();
    expect(removed?.fields.map(({ field }) => field)).to.deep.equal(more);
    await ledger.close();
  });

  it('lets go after a while, for other processes', async () => {
    const { ledger, path } = await makeLedger();
    await ledger.close();
    const database = await openDatabase(path);
    const held = openTransactions(database, 20).hold();
    expect(held?.isOpen()).to.equal(true);
    await new Promise((go) => setTimeout(go, 60));
    expect([held?.isOpen(), database.isTransaction, held?.commit()]).to.deep.equal([false, false, false]);
    database.close();
  });

  it('is as if it had never begun where the process is killed', async () => {
    const { ledger, path } = await makeLedger();
    const before = await listed(ledger.dump());
    await ledger.close();
    const script = join(import.meta.dirname, 'ahead-forever.ts');
    const child = spawn(process.execPath, [script, path, '60000'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const again = await openSqliteLedger(path);
    expect(await listed(again.dump())).to.deep.equal(before);
    await again.apply(nightly(2), told(...CHANGED, REST));
    await expectApplied(again);
  });
});
