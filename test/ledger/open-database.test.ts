import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openDatabase } from '../../src/ledger/open-database.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { fileEntry, listed, nightly, recordEntry, told } from './sample-memory.ts';

const tempFolder = useTempFolders();

async function newPath(): Promise<string> {
  return join(await tempFolder(), 'deep', 'state', 'ledger.sqlite');
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

describe('ledger/open-database', () => {
  it('lets nobody else read the ledger, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const path = await newPath();
      await using ledger = await openSqliteLedger(path);
      await ledger.apply(nightly(1), told(fileEntry(), recordEntry('1')));
      const names = await readdir(dirname(path));
      expect(names).to.have.members(['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm']);
      for (const name of names) expect(await modeOf(join(dirname(path), name))).to.equal('600');
      expect(await modeOf(dirname(path))).to.equal('700');
      expect(await modeOf(dirname(dirname(path)))).to.equal('700');
    } finally {
      process.umask(before);
    }
  });

  it('writes each commit through to the disk and trusts nothing in the file', async () => {
    const database = await openDatabase(await newPath());
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(
      ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'busy_timeout'].map(pragma),
    ).to.deep.equal(['wal', 2, 1, 0, 5000]);
    database.close();
  });

  it('refuses a ledger of a newer version, in words, and leaves it as it is', async () => {
    const path = await newPath();
    await (await openSqliteLedger(path)).close();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    const fault = await faultOf(openSqliteLedger(path));
    expect(fault.code).to.equal('ledger_newer');
    expect(fault.message).to.contain('the format 99, and this version of Rosterferry knows those up to ');
    const after = new DatabaseSync(path);
    expect(after.prepare('PRAGMA user_version').get()).to.deep.include({ user_version: 99 });
    after.close();
  });

  it('opens a new ledger for several at once', async () => {
    const path = await newPath();
    const ledgers = await Promise.all([1, 2, 3].map(() => openLedger({ type: 'sqlite', path })));
    for (const [at, ledger] of ledgers.entries())
      await ledger.apply(nightly(at + 1), told(fileEntry(), recordEntry(`${at}`)));
    for (const ledger of ledgers) {
      expect(await listed(ledger.runs())).to.have.length(3);
      await ledger.close();
    }
  });

  it('waits for another process that is writing', async () => {
    const path = await newPath();
    await using ledger = await openSqliteLedger(path);
    const code = `const { DatabaseSync } = await import('node:sqlite'); const d = new DatabaseSync('${path}'); d.exec('BEGIN IMMEDIATE'); console.log('held'); setTimeout(() => d.exec('COMMIT'), 300);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(other, 'exit');
    await once(other.stdout, 'data');
    await ledger.apply(nightly(1), told(fileEntry(), recordEntry('1')));
    expect((await ledger.delivered('riverside', 'students')).count).to.equal(1);
    await ended;
  });

  it('names the path where it cannot be opened', async () => {
    const path = await tempFolder();
    const fault = await faultOf(openSqliteLedger(path));
    expect([fault.code, fault.message.includes(path)]).to.deep.equal(['local_io', true]);
  });

  it('says that the disk is full, and is as before', async () => {
    const path = await newPath();
    const ledger = await openSqliteLedger(path);
    await ledger.apply(nightly(1), told(fileEntry(), recordEntry('1')));
    await ledger.close();
    const small = spawnLimited(path);
    const [said] = await once(small.stdout, 'data');
    await once(small, 'exit');
    expect(String(said).trim()).to.be.oneOf(['local_disk_full', 'local_io']);
    await using again = await openSqliteLedger(path);
    expect((await again.delivered('riverside', 'students')).count).to.equal(1);
    expect(await listed(again.runs())).to.have.length(1);
  });
});

/** A process that may write no file larger than 2 MiB, as it would be on a disk that is nearly full. */
function spawnLimited(path: string) {
  const script = join(import.meta.dirname, 'apply-much.ts');
  const command = `ulimit -f 2048; exec '${process.execPath}' '${script}' '${path}'`;
  return spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
}
