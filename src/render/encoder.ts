import iconv from 'iconv-lite';

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

export function openEncoder(encoding: string, withMark: boolean): Encoder {
  const name = encoding.toLowerCase();
  if (name === 'utf-8' || name === 'utf8') {
    return {
      isUtf8: true,
      encode: (text) => Buffer.from(text),
      has: () => true,
      mark: withMark ? UTF8_MARK : Buffer.alloc(0),
    };
  }
  const plain = (text: string) => iconv.encode(text, name, { addBOM: false });
  return {
    isUtf8: false,
    encode: plain,
    has: (text) => isAsciiText(text) || iconv.decode(plain(text), name, { stripBOM: false }) === text,
    mark: withMark && name.startsWith('utf-16') ? plain('\ufeff') : Buffer.alloc(0),
  };
}

function isAsciiText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return false;
  }
  return true;
}

export function isWritableEncoding(name: string): boolean {
  return iconv.encodingExists(name);
}
