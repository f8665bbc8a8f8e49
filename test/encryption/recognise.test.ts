import { expect } from 'chai';
import { encryptedName, plainNameOf } from '../../src/encryption/encrypted-name.ts';
import { recogniseEncryption } from '../../src/encryption/recognise.ts';

const recognise = (...parts: (string | number[])[]) =>
  recogniseEncryption(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)))),
  );

describe('recogniseEncryption', () => {
  it('knows age and PGP by their first bytes, also armoured and behind a mark or blank lines', () => {
    expect(recognise('age-encryption.org/v1\n-> X25519 ')).to.deep.equal({
      scheme: 'age',
      isArmoured: false,
    });
    expect(recognise('-----BEGIN AGE ENCRYPTED FILE-----\n')).to.deep.equal({
      scheme: 'age',
      isArmoured: true,
    });
    const armoured = { scheme: 'pgp', isArmoured: true };
    expect(recognise('\r\n-----BEGIN PGP MESSAGE-----\r\n')).to.deep.equal(armoured);
    expect(recognise([0xef, 0xbb, 0xbf], '-----BEGIN PGP MESSAGE-----\n')).to.deep.equal(armoured);
    const binary = { scheme: 'pgp', isArmoured: false };
    expect(recognise([0x84, 0x5e, 3, 1, 2, 3]), 'a key packet, old form').to.deep.equal(binary);
    expect(recognise([0x85, 1, 0x0c, 3, 1, 2]), 'a longer one').to.deep.equal(binary);
    expect(recognise([0xc1, 0xc0, 0x4c, 3, 1]), 'new form').to.deep.equal(binary);
    expect(recognise([0x8c, 0x0d, 4, 9, 3]), 'a password').to.deep.equal(binary);
    expect(recognise([0xd2, 0xff, 0, 0, 1, 0, 1]), 'no key at all').to.deep.equal(binary);
  });

  it('takes no text, zip or workbook for encrypted', () => {
    for (const text of [
      'ID,Last\n',
      '',
      'PK\u0003\u0004',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
      'age,name\n',
    ])
      expect(recognise(text), text).to.equal(undefined);
    // In Windows-1252 a heading may well begin with a quotation mark, an ellipsis or a letter with an accent.
    for (const first of [0x84, 0x85, 0xc1, 0xd2, 0xff, 0xef])
      expect(recognise([first], 'ID,Last,First\n'), String(first)).to.equal(undefined);
    expect(recognise([0xff, 0xfe, 0x49, 0, 0x44, 0]), 'UTF-16').to.equal(undefined);
  });
});

describe('names of encrypted files', () => {
  it('have a plain name beneath', () => {
    const names = [
      'students.csv.pgp',
      'students.csv.GPG',
      'students.csv.asc',
      'drop.zip.age',
      'students.csv',
      '.age',
    ];
    expect(names.map(plainNameOf)).to.deep.equal([
      ...['students.csv', 'students.csv', 'students.csv', 'drop.zip'],
      ...[undefined, undefined],
    ]);
    expect(encryptedName('students.csv', 'age')).to.equal('students.csv.age');
  });
});
