import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { lockConnection } from '../../src/ledger/connection-lock.ts';

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
});
