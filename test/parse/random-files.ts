import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { PlainDialect } from './plain-reader.ts';

const dialect: fc.Arbitrary<PlainDialect & { mark: boolean }> = fc.record({
  encoding: fc.constantFrom('utf-8', 'utf-8', 'windows-1252', 'utf-16le', 'utf-16be'),
  delimiter: fc.constantFrom(',', ',', '\t', ';', '|', '^', '||', '\u0001'),
  quote: fc.constantFrom('"', '"', "'", 'none'),
  escape: fc.constantFrom('double', 'double', 'backslash'),
  skip_lines: fc.constantFrom(0, 0, 0, 1, 2),
  header: fc.constantFrom<PlainDialect['header'][]>(true, true, ['id', 'name', 'grade']),
  null: fc.constantFrom<string[][]>([], ['NULL', '\\N', '-']),
  mark: fc.boolean(),
});

const PLAIN = [
  'a',
  'Lee',
  '0042',
  'é',
  '’',
  '李',
  '😀',
  ' ',
  '-',
  'NULL',
  '\\N',
  ' NULL ',
  '',
  'O’Brien',
  'x y',
];
const WILD = [
  '"',
  "'",
  '\\',
  '\\"',
  '""',
  "''",
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\ufeff',
  '\ufffd',
  '\u00a0',
  '\u001a',
  '\ud800',
];

/** A file that was written with care in its dialect, or one into which anything may have fallen. */
function text({ delimiter, quote, escape: how }: PlainDialect): fc.Arbitrary<string> {
  const mark = quote === 'none' ? '' : quote;
  const plain = fc.constantFrom(...PLAIN);
  const wild = fc.constantFrom(...PLAIN, ...WILD, delimiter);
  const quoted = fc.array(wild, { maxLength: 3 }).map((parts) => {
    const inner = parts.join('');
    if (mark === '') return inner.replaceAll(/[\r\n]/g, '').replaceAll(delimiter, '');
    const escaped =
      how === 'backslash' ? inner.replaceAll(/[\\"']/g, '\\$&') : inner.replaceAll(mark, mark + mark);
    return mark + escaped + mark;
  });
  const value = fc.oneof(
    { weight: 100, arbitrary: plain },
    { weight: 40, arbitrary: quoted },
    { weight: 2, arbitrary: wild },
  );
  const row = fc.oneof(
    { weight: 9, arbitrary: fc.array(value, { minLength: 3, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(value, { maxLength: 5 }) },
  );
  const tails = fc.constantFrom('', '', '', delimiter);
  const ends = fc.constantFrom('\n', '\r\n', '\r');
  return fc
    .tuple(
      fc.array(row, { maxLength: 7 }),
      tails,
      ends,
      ends,
      fc.constantFrom('', 'same'),
      fc.nat(9),
      fc.boolean(),
    )
    .map(([rows, tail, end, odd, last, oddAt, hasTailedHeader]) =>
      rows
        .map((fields, at) => {
          const hasTail = at > 0 || hasTailedHeader;
          const isLast = at === rows.length - 1;
          return (
            fields.join(delimiter) +
            (hasTail ? tail : '') +
            (isLast && last === '' ? '' : at === oddAt ? odd : end)
          );
        })
        .join(''),
    );
}

export interface RandomFile {
  dialect: PlainDialect;
  bytes: Buffer;
  /** By which the bytes come to the reader. */
  chunk: number;
}

export const randomFile: fc.Arbitrary<RandomFile> = dialect.chain(({ mark, ...some }) =>
  fc
    .record({
      text: text(some),
      stray: fc.option(
        fc.record({ at: fc.nat(60), byte: fc.constantFrom(0xe9, 0x92, 0xff, 0xc3, 0x81, 0x00) }),
        { freq: 6 },
      ),
      chunk: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ text: written, stray, chunk }) => {
      const whole = (mark && some.encoding !== 'windows-1252' ? '\ufeff' : '') + written;
      const bytes = iconv.encode(whole, some.encoding, { addBOM: false });
      if (stray && !some.encoding.startsWith('utf-16') && stray.at < bytes.length)
        bytes[stray.at] = stray.byte;
      return { dialect: some, bytes, chunk };
    }),
);
