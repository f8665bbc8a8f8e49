import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { AppError, type Place } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';

export type TextRead = { text: string; mistake?: undefined } | { text?: undefined; mistake: AppError };

/**
 * A file that people write, as text.
 * @param shown the name under which errors speak of it
 * @param namedAt where another file names this one; left out where a person gave it
 */
export function readText(path: string, shown: string, namedAt?: () => Place): TextRead {
  let bytes: Buffer;
  try {
    // Nobody waits meanwhile, and a thousand small files one after the other take a third of the time.
    bytes = readFileSync(path);
  } catch (cause) {
    return { mistake: notThere(shown, namedAt, cause) };
  }
  return isUtf8(bytes) ? { text: bytes.toString() } : { mistake: notUtf8(bytes, shown) };
}

function notThere(shown: string, namedAt: (() => Place) | undefined, cause: unknown): AppError {
  const place = namedAt?.() ?? { file: shown };
  if (errnoOf(cause) === 'ENOENT') {
    const sentence = namedAt ? `the file ${shown} is not there` : 'the file is not there';
    return new AppError(
      'config_missing',
      sentence,
      namedAt ? { place, hint: 'Create it, or mend the path.' } : { place },
    );
  }
  const errno = errnoOf(cause);
  if (errno === 'EISDIR')
    return new AppError('config_missing', `${shown} is a folder and no file`, {
      place,
      hint: 'Mend the path.',
    });
  const hint = 'Give the account of Rosterferry the right to read it.';
  return new AppError('config_missing', `${shown} cannot be read (${errno})`, { place, hint, cause });
}

const NEW_LINE = 0x0a;

/** Read as UTF-8 all the same, a column named in another encoding would be missing in every file. */
function notUtf8(bytes: Buffer, shown: string): AppError {
  let line = 0;
  for (let at = 0, isText = true; isText; line++) {
    const end = bytes.indexOf(NEW_LINE, at);
    isText = end >= 0 && isUtf8(bytes.subarray(at, end));
    at = end + 1;
  }
  return new AppError('config_invalid', 'the file is no text in UTF-8 from here on', {
    place: { file: shown, line, column: 1 },
    hint: 'Save it as UTF-8.',
  });
}
