import { join } from 'node:path';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { ledgerContract } from '../contracts/ledger-contract.ts';
import { MemoryLedger } from '../doubles/memory-ledger.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const tempFolder = useTempFolders();

ledgerContract('sqlite', async () => openSqliteLedger(join(await tempFolder(), 'ledger.sqlite')));
ledgerContract('the double in memory', async () => new MemoryLedger());
