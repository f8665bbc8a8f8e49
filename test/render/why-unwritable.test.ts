import { expect } from 'chai';
import { whyUnwritable } from '../../src/render/why-unwritable.ts';
import { write } from './a-write.ts';

const FIELDS = { all: ['id', 'name', 'locker'], targets: ['id', 'name'] };
const mistakes = (settings: object) =>
  whyUnwritable(write(settings), FIELDS).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('whyUnwritable', () => {
  it('finds nothing wrong with what is usual', () => {
    expect(mistakes({})).to.deep.equal([]);
    expect(
      mistakes({
        fixed_width: [
          ['id', 6],
          ['locker', 3],
          ['name', 20],
        ],
      }),
    ).to.deep.equal([]);
  });

  for (const [settings, sentence] of [
    [{ encoding: 'windows-1252', bom: true }, 'bom: windows-1252 has no byte order mark'],
    [{ encoding: 'ascii', delimiter: '§' }, 'encoding: lacks a character of delimiter or null'],
    [{ delimiter: "'", quote_char: 'single' }, 'delimiter: the same character as quote_char'],
    [{ delimiter: '\\', escape: 'backslash' }, 'delimiter: the character that escapes others'],
    [{ fixed_width: [['id', 6]] }, 'fixed_width: has no place for name'],
    [
      {
        fixed_width: [
          ['id', 6],
          ['name', 6],
          ['nmae', 6],
        ],
      },
      'fixed_width.2: "nmae" is no field of this mapping',
    ],
    [{ header: { nmae: 'Name' } }, 'header.nmae: "nmae" is no field of this mapping'],
    [{ header: { name: 'a,b' }, quote: 'never' }, 'header: the name "a,b" cannot be written'],
    [
      {
        fixed_width: [
          ['id', 6],
          ['name', 3],
        ],
      },
      'header: the name "name" cannot be written',
    ],
  ] as const)
    it(`says ${sentence}`, () => {
      const [first, ...more] = mistakes(settings);
      expect(first).to.include(sentence);
      expect(more).to.deep.equal([]);
    });

  for (const fixed_width of [
    [
      ['id', 6],
      ['id', 9, 2],
    ],
    [
      ['id', 1, 6],
      ['name', 6, 2],
    ],
    [['id', 0]],
    [{ field: 'id', length: 3, pad: '00' }],
  ])
    it(`refuses places ${JSON.stringify(fixed_width)}`, () => {
      expect(() => write({ fixed_width })).to.throw();
    });

  it('refuses what is no encoding of text', () => {
    for (const encoding of ['base64', 'hex', 'nonsense'])
      expect(() => write({ encoding }), encoding).to.throw();
  });
});
