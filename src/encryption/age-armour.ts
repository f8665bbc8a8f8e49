import { AppError } from '../errors/app-error.ts';
import { AGE_ARMOUR } from './recognise.ts';

const END = '-----END AGE ENCRYPTED FILE-----';
const FULL_LINE = 64;
const LINE = /^[A-Za-z0-9+/]+={0,2}$/;

/** The bytes within age's armour, line by line: the library takes it only as one text. Throws encrypted_truncated, encrypted_altered. */
export async function* removeAgeArmour(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let rest = '';
  const at: { state: 'before' | 'within' | 'last' | 'after' } = { state: 'before' };
  const take = (line: string): string => {
    if (line === '' && (at.state === 'before' || at.state === 'after')) return '';
    if (at.state === 'before') {
      if (line !== AGE_ARMOUR) throw broken();
      at.state = 'within';
      return '';
    }
    if (line === END && at.state !== 'after') {
      at.state = 'after';
      return '';
    }
    if (at.state !== 'within' || line.length > FULL_LINE || line.length % 4 !== 0 || !LINE.test(line))
      throw broken();
    if (line.length < FULL_LINE || line.endsWith('=')) at.state = 'last';
    return line;
  };
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > 2 * FULL_LINE) throw broken();
    const base64 = lines.map((line) => take(line.trim())).join('');
    if (base64 !== '') yield Buffer.from(base64, 'base64');
  }
  if (rest.trim() !== '' && rest.trim() !== END && at.state !== 'after') throw cut();
  const base64 = take(rest.trim());
  if (base64 !== '') yield Buffer.from(base64, 'base64');
  if (at.state !== 'after') throw cut();
}

function cut(): AppError {
  return new AppError('encrypted_truncated', 'The armour has no last line');
}

function broken(): AppError {
  return new AppError('encrypted_altered', 'The armour has a line that age never writes');
}
