import { readFile } from 'node:fs/promises';
import { diskError } from '../files/disk-error.ts';

export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}
