import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectionFolder, MONTH, YEAR } from './layout.ts';
import { byCode, isThere } from './read-entries.ts';
import type { SealedFolder } from './sealed-folders.ts';

/**
 * Sealed folders of a connection, the newest first, of as many months back as are asked for: whoever wants few reads
 * few folders, however long the history is.
 */
