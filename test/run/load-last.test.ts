import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { copyLast, loadLast } from '../../src/run/load-last.ts';
import { TABLE_FORM } from '../../src/tally/copy-table.ts';
import type { LastTable } from '../../src/tally/last-table.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { ALL_CONNECTIONS, ALL_FILES, type Step, steps } from '../ledger/random-nights.ts';
import { delivered, fileEntry, nightly, recordEntry, removedEntry, told } from '../ledger/sample-memory.ts';

const tempFolder = useTempFolders();

async function newPath(): Promise<string> {
  return join(await tempFolder(), 'ledger.sqlite');
}

const open = (path: string) => openSqliteLedger(path, { leastCopied: 0 });

/** All that a table tells, number by number. */
function allOf(table: LastTable) {
  const { keys, mapped } = table.columns();
  return Array.from({ length: table.size() }, (_, number) => ({
    student: table.studentOf(number),
    found: table.findStudent(table.studentOf(number) ?? ''),
    key: [...keys.subarray(number * 4, number * 4 + 4)],
    mapped: [...mapped.subarray(number * 2, number * 2 + 2)],
    school: table.schoolOf(number),
    isGone: table.isGone(number),
  }));
}

async function expectSame(ledger: Ledger, connection: string, file: string): Promise<void> {
  const { copy, ...view } = await ledger.delivered(connection, file);
  const read = await loadLast(view, false);
  const copied = await loadLast({ ...view, ...(copy && { copy }) }, false);
  expect(allOf(copied)).to.deep.equal(allOf(read));
  const byContent = await loadLast(view, true);
  for (const table of [read, copied, byContent]) expect(table.present()).to.equal(view.count);
}

/** Whether a copy is there that is believed, and how many records have changed since. */
async function changedSince(ledger: Ledger, connection = 'riverside', file = 'students') {
  const { copy } = await ledger.delivered(connection, file);
  return (await copy?.read(TABLE_FORM))?.changed.length;
}

async function take(ledger: Ledger, step: Step): Promise<void> {
  if (step.kind === 'decide') await ledger.decide(step.connection, step.decision);
  else if (step.kind === 'give')
    await ledger.temporaryIds(step.connection, step.prefix, step.keys, { remember: true });
  else await ledger.apply(step.run, told(...step.entries));
}

const people = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => recordEntry(`${first + at}`));

async function makeLedger(path: string, ...more: readonly MemoryEntry[][]): Promise<Ledger> {
  const ledger = await open(path);
  await ledger.apply(nightly(1), told(fileEntry(), ...people(1, 9)));
  await expectSame(ledger, 'riverside', 'students');
  for (const [at, entries] of more.entries())
    await ledger.apply(nightly(at + 2), told(fileEntry(), ...entries));
  return ledger;
}

describe('run/load-last', () => {
  it('makes the same table from a copy as from all records, after whatever happened', async () => {
    const folder = await tempFolder();
    let made = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.infiniteStream(fc.boolean()), async (walked, looks) => {
        await using ledger = await open(join(folder, `${made++}.sqlite`));
        for (const step of walked) {
          await take(ledger, step);
          // Some copies grow older than a night.
          if (looks.next().value === true)
            for (const connection of ALL_CONNECTIONS)
              for (const file of ALL_FILES) await expectSame(ledger, connection, file);
        }
        for (const connection of ALL_CONNECTIONS)
          for (const file of ALL_FILES) await expectSame(ledger, connection, file);
      }),
      { numRuns: 80 },
    );
  });

  it('is copied at the end of the first night, and not again while that copy is in force', async () => {
    const path = await newPath();
    await using ledger = await open(path);
    await ledger.apply(nightly(1), told(fileEntry(), ...people(1, 9)));
    const copied = async () => copyLast(await ledger.delivered('riverside', 'students'));
    await copied();
    expect(await changedSince(ledger)).to.equal(0);
    await ledger.apply(
      nightly(2),
      told(fileEntry(), recordEntry('3', 'updated', { mapped: 'ff'.repeat(8) })),
    );
    await copied();
    expect(await changedSince(ledger)).to.equal(1);
    await expectSame(ledger, 'riverside', 'students');
  });

  it('reads no record that has not changed', async () => {
    await using ledger = await makeLedger(await newPath(), [
      recordEntry('3', 'updated', { mapped: 'ff'.repeat(8) }),
    ]);
    expect(await changedSince(ledger)).to.equal(1);
    const { index: _, copy, ...view } = await ledger.delivered('riverside', 'students');
    const walk = () => expect.fail('all records were read');
    const table = await loadLast({ ...view, index: walk, ...(copy && { copy: { ...copy, walk } }) }, false);
    expect(table.size()).to.equal(9);
  });

  const changes: [what: string, entries: MemoryEntry[], changed: number][] = [
    ['nothing', [], 0],
    ['a record that was added', people(10, 10), 1],
    ['one that was removed', [removedEntry('4')], 1],
    ['the last one, removed', [removedEntry('9')], 1],
    ['the last one, and another in its place', [removedEntry('9'), recordEntry('10')], 1],
    [
      'all but one, and others in their place',
      [...[2, 3, 4, 5, 6, 7, 8, 9].map((id) => removedEntry(`${id}`)), ...people(10, 20)],
      11,
    ],
    [
      'all of them',
      [...Array.from({ length: 9 }, (_, at) => removedEntry(`${at + 1}`)), ...people(10, 20)],
      11,
    ],
    ['one that was deactivated', [removedEntry('4', ['4', 'Moss', ''])], 1],
    ['a link', [{ kind: 'link', file: 'students', from: '5', to: 'X5' }], 1],
    ['a link to one that is there', [{ kind: 'link', file: 'students', from: '5', to: '6' }], 1],
    [
      'a new hash of what is the same',
      [
        {
          kind: 'same',
          file: 'students',
          id: '2',
          mapped: '11'.repeat(8),
          active: true,
          school: '500',
          grade: '5',
        },
      ],
      1,
    ],
    ['a long id', [recordEntry('an id of more than sixteen bytes')], 1],
    [
      'another school',
      [
        {
          kind: 'record',
          file: 'students',
          change: 'transferred',
          record: delivered('7', { school: '999' }),
        },
      ],
      1,
    ],
  ];
  for (const [what, entries, changed] of changes)
    it(`follows ${what}`, async () => {
      await using ledger = await makeLedger(await newPath(), entries);
      expect(await changedSince(ledger)).to.equal(changed);
      await expectSame(ledger, 'riverside', 'students');
    });

  it('follows many nights with one copy', async () => {
    const nights = Array.from({ length: 8 }, (_, at) => [
      removedEntry(`${at + 1}`),
      recordEntry(`${at + 10}`),
    ]);
    await using ledger = await makeLedger(await newPath(), ...nights);
    expect(await changedSince(ledger)).to.equal(16);
    await expectSame(ledger, 'riverside', 'students');
  });

  it('writes a new copy where much has changed', async () => {
    const path = await newPath();
    await using ledger = await open(path);
    await ledger.apply(nightly(1), told(fileEntry(), ...people(1, 5000)));
    await expectSame(ledger, 'riverside', 'students');
    const updated = (last: number) =>
      people(1, last).map((_, at) => recordEntry(`${at + 1}`, 'updated', { school: '7' }));
    await ledger.apply(nightly(2), told(fileEntry(), ...updated(1001)));
    expect(await changedSince(ledger)).to.equal(1001);
    await expectSame(ledger, 'riverside', 'students');
    expect(await changedSince(ledger)).to.equal(0);
    await ledger.apply(nightly(3), told(fileEntry(), ...updated(2000)));
    expect(await changedSince(ledger)).to.equal(undefined);
    await expectSame(ledger, 'riverside', 'students');
    expect(await changedSince(ledger)).to.equal(0);
  });

  it('copies no small file, and none of dependants', async () => {
    const path = await newPath();
    await using ledger = await openSqliteLedger(path);
    await ledger.apply(nightly(1), told(fileEntry(), ...people(1, 9)));
    expect((await ledger.delivered('riverside', 'students')).copy).to.equal(undefined);
    await using other = await open(path);
    await loadLast(await other.delivered('riverside', 'students'), true);
    expect((await readdir(dirname(path))).filter((name) => name.includes('snapshot'))).to.deep.equal([]);
  });

  it('copies a file of 20,000', async () => {
    const path = await newPath();
    await using ledger = await openSqliteLedger(path);
    await ledger.apply(nightly(1), told(fileEntry(), ...people(1, 20_000)));
    await expectSame(ledger, 'riverside', 'students');
    expect(await changedSince(ledger)).to.equal(0);
    expect((await stat(`${path}-snapshot-1`)).mode & 0o777).to.equal(0o600);
  });

  it('goes on without a copy where the disk takes none', async () => {
    const path = await newPath();
    const ledger = await makeLedger(path);
    await ledger.close();
    const copy = `${path}-snapshot-1`;
    await rm(copy);
    // A folder of that name: no file can be written there.
    await mkdir(join(copy, 'in the way'), { recursive: true });
    await using again = await open(path);
    await expectSame(again, 'riverside', 'students');
    expect((await readdir(dirname(path))).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });
});
