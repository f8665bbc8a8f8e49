import iconv from 'iconv-lite';
import { mayBeText } from '../vocabulary/encoding.ts';

/** Text as bytes of the outbound encoding. */
export interface Encoder {
  encode(text: string): Buffer;
  /** Then text may go into a draft as it is. */
  isUtf8: boolean;
  /** Whether every character of the text exists in the encoding. */
  has(text: string): boolean;
  mark: Buffer;
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const NOTHING = Buffer.alloc(0);
const UNICODE = /^(?:utf|ucs)/;

export function openEncoder(encoding: string, withMark: boolean): Encoder {
  const name = encoding.toLowerCase();
  // Half of a character of two units is in no encoding: it would arrive as a replacement character.
  if (name === 'utf-8' || name === 'utf8') {
    return {
      isUtf8: true,
      encode: (text) => Buffer.from(text),
      has: (text) => text.isWellFormed(),
      mark: withMark ? UTF8_MARK : NOTHING,
    };
  }
  const encode = (text: string) => iconv.encode(text, name, { addBOM: false });
  if (hasMark(name))
    return {
      isUtf8: false,
      encode,
      has: (text) => text.isWellFormed(),
      mark: withMark ? encode('\ufeff') : NOTHING,
    };
  return {
    isUtf8: false,
    encode,
    has: (text) => isAsciiText(text) || iconv.decode(encode(text), name, { stripBOM: false }) === text,
    mark: NOTHING,
  };
}

function isAsciiText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return false;
  }
  return true;
}

/** Whether a byte order mark may stand in front. */
export function hasMark(encoding: string): boolean {
  return UNICODE.test(encoding.toLowerCase()) && !/^utf-?7/.test(encoding.toLowerCase());
}

export function isWritableEncoding(name: string): boolean {
  return iconv.encodingExists(name) && mayBeText(name);
}
