import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../../src/errors/app-error.ts';
import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import { openDatabase } from '../../../src/ledger/open-database.ts';
import { openIndexCopy } from '../../../src/ledger/snapshot/open-index-copy.ts';
import { faultOf } from '../../doubles/fault-of.ts';
import { useTempFolders } from '../../doubles/temp-folder.ts';

const tempFolder = useTempFolders();
const MADE = { numbers: Uint32Array.from([1]), columns: [Buffer.from('x')] };

async function keptWhere(fault: AppError | undefined) {
  const path = join(await tempFolder(), 'ledger.sqlite');
  using database = await openDatabase(path);
  const copy = openIndexCopy(database, {
    ...{ connection: 'north', file: 1, count: 1 },
    keep: async () => {
      if (fault) throw fault;
      return false;
    },
  });
  if (!copy) throw new Error('There is a file, so there can be a copy');
  return { keep: () => copy.keep('a form', MADE), files: () => readdir(dirname(path)) };
}

describe('ledger/snapshot/open-index-copy', () => {
  for (const code of ['ledger_in_use', 'local_disk_full', 'local_io'] satisfies ErrorCode[])
    it(`goes on without a copy where the ledger answers ${code}`, async () => {
      const { keep } = await keptWhere(new AppError(code, 'Not now'));
      await keep();
    });

  it('hides no other fault', async () => {
    const { keep } = await keptWhere(new AppError('ledger_damaged', 'It is damaged'));
    expect((await faultOf(keep())).code).to.equal('ledger_damaged');
  });

  it('leaves no file behind that the ledger did not take', async () => {
    const { keep, files } = await keptWhere(undefined);
    await keep();
    expect((await files()).filter((name) => name.includes('snapshot'))).to.deep.equal([]);
  });
});
