import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { CATALOGUE } from '../../src/errors/catalogue.ts';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import { mountTinyDisk } from '../doubles/tiny-disk.ts';

let archive: string;
function refusal(): string {
  try {
    lockConnection(archive, 'riverside').release();
    return 'none';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('lockConnection', () => {
  before(() => {
    archive = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  after(() => rmSync(archive, { recursive: true }));

  it('lets one run of a connection work at a time', () => {
    const first = lockConnection(archive, 'riverside');
    expect(refusal()).to.equal('already_running');
    lockConnection(archive, 'lakeside').release();
    first.release();
    first.release();
    expect(refusal()).to.equal('none');
  });

  it('is free at once when the process that holds it is killed', async () => {
    const module = new URL('../../src/ledger/connection-lock.ts', import.meta.url).href;
    const code = `const { lockConnection } = await import('${module}'); globalThis.held = lockConnection('${archive}', 'riverside'); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(refusal()).to.equal('already_running');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(refusal()).to.equal('none');
  });

  describe('where the archive can keep no lock', () => {
    function faultIn(archivePath: string): AppError {
      try {
        lockConnection(archivePath, 'riverside').release();
      } catch (error) {
        if (error instanceof AppError) return error;
        throw error;
      }
      throw new Error('it was locked');
    }

    function expectLocalFault(archivePath: string, words: RegExp): void {
      const fault = faultIn(archivePath);
      expect(fault.code, fault.message).to.equal('local_io');
      expect(CATALOGUE[fault.code].exit).to.equal(3);
      expect(fault.message).to.match(words);
      expect(fault.hint).to.match(/right to write|archive\.path/);
    }

    it('says that the archive is a file, or lies in one', () => {
      const file = join(archive, 'a-file');
      writeFileSync(file, '');
      expectLocalFault(file, /a-file cannot be written: ENOTDIR: not a directory/);
      expectLocalFault(join(file, 'archive'), /ENOTDIR: not a directory/);
      mkdirSync(join(archive, 'taken'));
      writeFileSync(join(archive, 'taken/.state'), '');
      expectLocalFault(join(archive, 'taken'), /EEXIST: file already exists/);
    });

    it('says that the lock itself is no file, or no lock', () => {
      const folder = join(archive, 'odd');
      mkdirSync(join(folder, '.state/riverside.lock'), { recursive: true });
      expectLocalFault(folder, /riverside\.lock is no file/);
      rmSync(join(folder, '.state'), { recursive: true });
      mkdirSync(join(folder, '.state'));
      writeFileSync(join(folder, '.state/riverside.lock'), 'no database '.repeat(100));
      expectLocalFault(folder, /riverside\.lock: file is not a database/);
    });

    it('ends on a file system that makes no folders', function () {
      if (process.platform !== 'linux') return this.skip();
      expectLocalFault('/proc/rosterferry/archive', /cannot be written: ENOENT: no such file or directory/);
    });

    it('says that the disk is read-only, with a lock file on it or without', function () {
      const disk = mountTinyDisk();
      if (!disk) return this.skip();
      try {
        mkdirSync(join(disk.folder, 'empty'));
        mkdirSync(join(disk.folder, 'begun/.state'), { recursive: true });
        mkdirSync(join(disk.folder, 'used'));
        lockConnection(join(disk.folder, 'used'), 'riverside').release();
        disk.makeReadOnly();
        for (const name of ['empty', 'begun', 'used'])
          expectLocalFault(join(disk.folder, name), /EROFS: read-only file system/);
      } finally {
        disk.unmount();
      }
    });
  });
});
