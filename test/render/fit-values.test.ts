import { expect } from 'chai';
import { compileFit } from '../../src/render/fit-values.ts';
import { write } from './a-write.ts';

const TARGETS = ['id', 'name'];
const fitting = (settings: object) => compileFit(write(settings), TARGETS);

describe('compileFit', () => {
  it('leaves a row that fits as it is', () => {
    const values = ['1', 'a "b", c\nd'];
    expect(fitting({})(values)).to.equal(values);
  });

  it('refuses a character that the encoding lacks, and names the field and no value', () => {
    const lacks = fitting({ encoding: 'windows-1252' });
    expect(lacks(['1', 'O’Brien €'])).to.deep.equal(['1', 'O’Brien €']);
    expect(lacks(['1', 'Łukasz'])).to.deep.equal({
      code: 'not_encodable',
      message: 'The value has a character that windows-1252 lacks',
      field: 'name',
      value: 'Łukasz',
    });
  });

  it('refuses half a character in any encoding', () => {
    for (const encoding of ['utf-8', 'utf-16le', 'windows-1252'])
      expect(fitting({ encoding })(['1', 'a\ud83d']), encoding).to.include({ code: 'not_encodable' });
  });

  for (const [encoding, given, spelled] of [
    ['windows-1252', 'Łukasz Nuñez', 'Lukasz Nuñez'],
    ['iso-8859-1', 'O’Brien–“Őry”', 'O\'Brien-"Ory"'],
    ['ascii', 'Strauß Þóra', 'Strauss Thora'],
    ['windows-1252', 'Zoe\u0308', 'Zoë'],
  ] as const)
    it(`spells ${given} for ${encoding}`, () => {
      expect(fitting({ encoding, missing_characters: 'transliterate' })(['1', given])).to.deep.equal([
        '1',
        spelled,
      ]);
    });

  it('refuses what has no spelling, and puts a question mark only where that is asked for', () => {
    const ascii = { encoding: 'ascii' };
    expect(fitting({ ...ascii, missing_characters: 'transliterate' })(['1', '李 é'])).to.include({
      code: 'not_encodable',
    });
    expect(fitting({ ...ascii, missing_characters: 'replace' })(['1', '李 é'])).to.deep.equal(['1', '? ?']);
  });

  for (const [value, what] of [
    ['a|b', 'the delimiter'],
    ['a\nb', 'a line end'],
    ['a\rb', 'a line end'],
    ['"a"', 'a quote'],
  ] as const)
    it(`refuses ${what} where there are no quotes`, () => {
      const never = fitting({ quote: 'never', delimiter: 'pipe' });
      expect(never(['1', 'a,b'])).to.deep.equal(['1', 'a,b']);
      const found = never(['1', value]);
      expect(found).to.include({ code: 'not_writable', field: 'name' });
      expect('message' in found && found.message).to.include(what);
    });

  it('carries all of that behind backslashes', () => {
    const values = ['a|b', '"a\n\\'];
    expect(fitting({ quote: 'never', delimiter: 'pipe', escape: 'backslash' })(values)).to.equal(values);
  });

  it('refuses a value whose last character would be read as half of a line end', () => {
    const escaped = { quote: 'never', escape: 'backslash' };
    expect(fitting({ ...escaped, line_ending: 'lf' })(['1', 'a\r'])).to.include({ code: 'not_writable' });
    expect(fitting({ ...escaped, line_ending: 'crlf' })(['1', 'a\r'])).to.deep.equal(['1', 'a\r']);
  });

  it('refuses a row that would be an empty line', () => {
    expect(compileFit(write({ quote: 'never' }), ['id'])([''])).to.include({
      code: 'not_writable',
      field: '',
    });
    expect(compileFit(write({}), ['id'])([''])).to.deep.equal(['']);
    expect(
      fitting({
        fixed_width: [
          ['id', 3],
          ['name', 3],
        ],
      })(['', ' ']),
    ).to.include({ code: 'not_writable' });
  });

  it('keeps, escapes or refuses formulas', () => {
    const values = ['-5', ' =2'];
    expect(fitting({})(values)).to.equal(values);
    const defuse = fitting({ formulas: 'escape' });
    const escaped = defuse(values);
    expect(escaped).to.deep.equal(["'-5", "' =2"]);
    expect('code' in escaped ? [] : defuse(escaped)).to.equal(escaped);
    expect(fitting({ formulas: 'reject' })(['1', '@x'])).to.include({ code: 'formula', field: 'name' });
    expect(fitting({ formulas: 'reject' })(['1', 'x=1'])).to.deep.equal(['1', 'x=1']);
  });

  it('refuses a family called NULL where that means nothing', () => {
    expect(fitting({ null: 'NULL' })(['1', 'NULL'])).to.include({ code: 'not_writable', field: 'name' });
    expect(fitting({ null: 'NULL' })(['1', 'NULL '])).to.include({ code: 'not_writable' });
    expect(fitting({ null: 'NULL' })(['1', '  '])).to.deep.equal(['1', '']);
  });

  describe('at fixed places', () => {
    const fixed = fitting({
      fixed_width: [{ field: 'id', length: 4, align: 'right', pad: '0' }, ['name', 5]],
    });
    it('refuses what is too long, and cuts nothing', () => {
      expect(fixed(['1', 'abcdef'])).to.deep.equal({
        code: 'too_long',
        message: 'The value has 6 characters, and its place in the line has 5',
        field: 'name',
        value: 'abcdef',
      });
    });
    it('refuses a line end', () => {
      expect(fixed(['1', 'a\nb'])).to.include({ code: 'not_writable', field: 'name' });
    });
    it('counts characters, and takes white space at the padded side for padding', () => {
      expect(fixed(['12', ' 😀😀😀  '])).to.deep.equal(['0012', ' 😀😀😀']);
    });
    it('leaves a blank blank', () => {
      expect(fixed(['', 'a'])).to.deep.equal(['', 'a']);
    });
  });
});
