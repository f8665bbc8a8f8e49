import { AppError } from '../../src/errors/app-error.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { fileEntry, nightly, recordEntry } from './sample-memory.ts';

/** A process that runs out of disk: applies more than fits and says the code of the error. */
const [path = ''] = process.argv.slice(2);
const ledger = await openSqliteLedger(path);

async function* entries(): AsyncGenerator<MemoryEntry> {
  yield fileEntry();
  for (let at = 0; at < 400_000; at++) yield recordEntry(`much ${at}`);
}

try {
  await ledger.apply(nightly(2), entries());
  console.log('none');
} catch (error) {
  console.log(error instanceof AppError ? error.code : String(error));
}
