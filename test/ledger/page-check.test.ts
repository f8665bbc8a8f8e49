import { open, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { markPath, openPageCheck } from '../../src/ledger/page-check.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { fileEntry, listed, nightly, recordEntry, told } from './sample-memory.ts';

describe('whether the pages of a ledger are looked at', () => {
  const newTempFolder = useTempFolders();
  const ANY_SIZE = 0;
  const PAGE_BYTES = 4096;

  const isDue = async (path: string) => (await openPageCheck(path, ANY_SIZE)).isDue;

  /** A ledger of some pages that this program has left. */
  async function leave(least = ANY_SIZE): Promise<string> {
    const path = join(await newTempFolder(), 'ledger.sqlite');
    const ledger = await openSqliteLedger(path, { leastTrustedBytes: least });
    await ledger.apply(nightly(1), told(fileEntry(), recordEntry('1')));
    await ledger.close();
    return path;
  }

  /** Writes over the last page, so that nothing but a look at every page would find it. */
  async function damage(path: string): Promise<void> {
    await using file = await open(path, 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, size - PAGE_BYTES);
  }

  it('is due of a new one, and not of the one that was left', async () => {
    const path = await leave();
    expect(await isDue(join(await newTempFolder(), 'new.sqlite'))).to.equal(true);
    expect(await isDue(path)).to.equal(false);
  });

  it('stays so over runs that write and others that only read', async () => {
    const path = await leave();
    const { checkedMs } = JSON.parse(await readFile(markPath(path), 'utf8'));
    for (const night of [2, 3]) {
      const ledger = await openSqliteLedger(path, { leastTrustedBytes: ANY_SIZE });
      if (night === 3) await ledger.apply(nightly(3), told(fileEntry(), recordEntry('2')));
      await ledger.close();
      expect(await isDue(path)).to.equal(false);
    }
    expect(JSON.parse(await readFile(markPath(path), 'utf8')).checkedMs).to.equal(checkedMs);
  });

  it('is due where a byte was written since, so that the damage is found', async () => {
    const path = await leave();
    await damage(path);
    expect(await isDue(path)).to.equal(true);
    const opening = openSqliteLedger(path, { leastTrustedBytes: ANY_SIZE });
    const { code, message } = await faultOf(opening);
    expect(code).to.equal('ledger_damaged');
    // SQLite tells it in two lines.
    expect(message).not.to.contain('\n');
  });

  it('is due where a damage was met meanwhile, though the file was trusted when it was opened', async () => {
    const path = await leave();
    const ledger = await openSqliteLedger(path, { leastTrustedBytes: ANY_SIZE });
    const { size } = await stat(path);
    await using file = await open(path, 'r+');
    await file.write(Buffer.alloc(size - PAGE_BYTES, 0xff), 0, size - PAGE_BYTES, PAGE_BYTES);
    expect((await faultOf(listed(ledger.runs()))).code).to.equal('ledger_damaged');
    await ledger.close();
    expect(await isDue(path)).to.equal(true);
  });

  it('is not answered by a second close for what others did after the first', async () => {
    const path = await leave();
    const ledger = await openSqliteLedger(path, { leastTrustedBytes: ANY_SIZE });
    await ledger.close();
    await damage(path);
    await ledger.close();
    expect(await isDue(path)).to.equal(true);
  });

  it('is due where another file lies there, with the times of the old one', async () => {
    const path = await leave();
    const { atime, mtime } = await stat(path);
    await writeFile(`${path}.copy`, await readFile(path));
    await utimes(`${path}.copy`, atime, mtime);
    await rename(`${path}.copy`, path);
    expect(await isDue(path)).to.equal(true);
  });

  it('is due where the ledger is open, or was not closed', async () => {
    const path = await leave();
    await using ledger = await openSqliteLedger(path, { leastTrustedBytes: ANY_SIZE });
    await ledger.apply(nightly(2), told(fileEntry(), recordEntry('2')));
    expect(await isDue(path)).to.equal(true);
  });

  const MARKS: readonly [what: string, change: (left: { looks: string; checkedMs: number }) => unknown][] = [
    ['a week has passed', (left) => ({ ...left, checkedMs: left.checkedMs - 7 * 86_400_000 })],
    ['the clock was put back', (left) => ({ ...left, checkedMs: left.checkedMs + 86_400_000 })],
    [
      'the machine was started anew',
      ({ looks, ...left }) => ({ ...left, looks: looks.replace(/\S+$/, 'x') }),
    ],
    ['the note is of another form', ({ looks }) => ({ looks })],
  ];
  for (const [what, change] of MARKS)
    it(`is due where ${what}`, async () => {
      const path = await leave();
      const left = JSON.parse(await readFile(markPath(path), 'utf8'));
      await writeFile(markPath(path), JSON.stringify(change(left)));
      expect(await isDue(path)).to.equal(true);
    });

  it('is due where the note cannot be read', async () => {
    const path = await leave();
    await writeFile(markPath(path), '{"looks');
    expect(await isDue(path)).to.equal(true);
  });

  it('is noted only once a later write would show in the times of the file', async () => {
    const path = await leave();
    const [{ ctimeMs }, { mtimeMs }] = [await stat(path), await stat(markPath(path))];
    expect(mtimeMs - ctimeMs).to.be.greaterThan(5);
  });

  it('is due of a small one each time, of which nothing is noted', async () => {
    const path = await leave(1 << 20);
    await setTimeout(25);
    expect(await isDue(path)).to.equal(true);
    expect(await stat(markPath(path)).catch(() => 'none')).to.equal('none');
  });
});
