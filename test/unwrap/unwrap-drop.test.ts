import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { hashFile } from '../../src/files/hash-file.ts';
import { ZIP_LIMITS } from '../../src/unwrap/open-zip.ts';
import { type UnwrapOptions, unwrapDrop } from '../../src/unwrap/unwrap-drop.ts';
import { buildZip, type ZipMember } from '../builders/zip.ts';

const FILES = { students: { required: true }, contacts: { required: false } };
const STUDENTS = { name: 'students.csv', data: 'id,name\n1,Ann\n' };
const CONTACTS = { name: 'contacts.csv', data: 'id,phone\n1,555\n' };

describe('unwrapDrop', () => {
  let inbound: string;
  beforeEach(async () => {
    inbound = await mkdtemp(join(tmpdir(), 'unwrap-'));
  });
  afterEach(() => rm(inbound, { recursive: true }));

  const options = (more: Partial<UnwrapOptions> = {}): UnwrapOptions => ({
    inbound,
    plain: join(inbound, 'plain'),
    files: FILES,
    namesOf: (file) => Object.keys(FILES).filter((name) => file.startsWith(name) && file.endsWith('.csv')),
    ...more,
  });

  async function receive(content: Buffer | string, as: { name?: string; file?: string } = {}) {
    const { name = '(zip)', file = 'drop.zip' } = as;
    await writeFile(join(inbound, file), content);
    return { name, file, ...(await hashFile(join(inbound, file))), listed: `listed ${file}` };
  }

  async function unwrap(members: readonly ZipMember[], more: Partial<UnwrapOptions> = {}) {
    return unwrapDrop([await receive(buildZip(members))], options(more));
  }

  async function refusal(work: Promise<unknown>): Promise<AppError> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error;
    }
    throw new Error('was taken');
  }
  const codeOf = async (members: readonly ZipMember[], more: Partial<UnwrapOptions> = {}) =>
    (await refusal(unwrap(members, more))).code;

  const read = (file: string) => readFile(join(inbound, file), 'utf8');

  it('answers the members by the names of the connection, in its order, each with its digest', async () => {
    const { files, ignored } = await unwrap([CONTACTS, { name: 'readme.txt' }, { ...STUDENTS, method: 0 }]);
    expect(files).to.deep.equal([
      {
        name: 'students',
        file: 'students.csv',
        ...(await hashFile(join(inbound, 'students.csv'))),
        listed: 'listed drop.zip',
      },
      { name: 'contacts', file: 'contacts.csv', ...(await hashFile(join(inbound, 'contacts.csv'))) },
    ]);
    expect([await read('students.csv'), await read('contacts.csv')]).to.deep.equal([
      STUDENTS.data,
      CONTACTS.data,
    ]);
    expect(ignored).to.deep.equal(['readme.txt']);
    expect((await stat(join(inbound, 'students.csv'))).mode & 0o777).to.equal(0o600);
  });

  it('keeps the zip, and answers the same when asked again', async () => {
    const received = [await receive(buildZip([STUDENTS]))];
    const first = await unwrapDrop(received, options());
    await writeFile(join(inbound, 'students.csv'), 'half of i');
    expect(await unwrapDrop(received, options())).to.deep.equal(first);
    expect((await readdir(inbound)).toSorted()).to.deep.equal(['drop.zip', 'students.csv']);
    expect(await read('students.csv')).to.equal(STUDENTS.data);
  });

  it('leaves alone what came plain, whatever its bytes are', async () => {
    const workbook = await receive(buildZip([STUDENTS]), { name: 'students', file: 'students.csv' });
    expect(await unwrapDrop([workbook], options())).to.deep.equal({ files: [workbook], ignored: [] });
  });

  it('unpacks a zip that is one file of the connection', async () => {
    const packed = await receive(buildZip([{ ...STUDENTS, name: 'EXPORT.TXT' }, { name: 'manifest.csv' }]), {
      name: 'students',
      file: 'students.ZIP',
    });
    const { files, ignored } = await unwrapDrop([packed], options());
    expect(files).to.have.length(1);
    expect(files[0]).to.deep.include({ name: 'students', file: 'EXPORT.TXT', listed: 'listed students.ZIP' });
    expect(ignored).to.deep.equal(['manifest.csv']);
    const two = await receive(buildZip([STUDENTS, CONTACTS]), { name: 'students', file: 'students.ZIP' });
    expect((await refusal(unwrapDrop([two], options()))).code).to.equal('ambiguous_drop');
  });

  it('takes files out of folders, from Windows too, and leaves what a Mac adds', async () => {
    const members = [
      { name: 'export/' },
      { name: 'export/students.csv', data: 'a' },
      { name: 'export\\contacts.csv', data: 'b' },
      { name: '__MACOSX/export/._students.csv' },
      { name: 'export/.DS_Store' },
    ];
    const { files, ignored } = await unwrap(members);
    expect(files.map(({ file }) => file)).to.deep.equal(['students.csv', 'contacts.csv']);
    expect(ignored).to.deep.equal([]);
  });

  it('reads names of old programs', async () => {
    const { files } = await unwrap([{ name: Buffer.from('students_\x81.csv', 'latin1'), data: 'x' }]);
    expect(files[0]?.file).to.equal('students_ü.csv');
  });

  const wrong: [what: string, code: string, members: ZipMember[]][] = [
    ['a way out of the folder', 'unsafe_name', [STUDENTS, { name: '../students.csv' }]],
    ['a way out that is written otherwise', 'unsafe_name', [STUDENTS, { name: 'a\\..\\..\\students.csv' }]],
    ['an absolute name', 'unsafe_name', [STUDENTS, { name: '/etc/students.csv' }]],
    ['a drive', 'unsafe_name', [STUDENTS, { name: 'C:\\students.csv' }]],
    ['a name with a control character', 'unsafe_name', [{ name: 'students\u0000.csv' }]],
    ['a name of a device', 'unsafe_name', [STUDENTS, { name: 'nul.csv' }]],
    ['a link', 'zip_refused', [{ ...STUDENTS, mode: 0o120777 }]],
    ['one member twice', 'zip_refused', [STUDENTS, STUDENTS]],
    ['two members for one file', 'ambiguous_drop', [STUDENTS, { name: 'students_2.csv' }]],
    ['one name in two folders', 'ambiguous_drop', [STUDENTS, { name: 'old/students.csv' }]],
    ['none that is required', 'zip_incomplete', [CONTACTS]],
    ['none at all', 'zip_incomplete', []],
    ['a password', 'zip_encrypted', [{ ...STUDENTS, flags: 1 }]],
    ['a strong password', 'zip_encrypted', [{ ...STUDENTS, flags: 0x41 }]],
    ['a password on a member that nobody wants', 'zip_encrypted', [STUDENTS, { name: 'x.txt', flags: 1 }]],
    ['an unknown method', 'zip_unreadable', [{ ...STUDENTS, method: 12 }]],
    ['a wrong checksum', 'zip_unreadable', [{ ...STUDENTS, crc: 1 }]],
    ['more bytes than it says', 'zip_unreadable', [{ ...STUDENTS, size: 3 }]],
    ['fewer bytes than it says', 'zip_unreadable', [{ ...STUDENTS, size: 300 }]],
    ['a wrong checksum in a later member', 'zip_unreadable', [STUDENTS, { ...CONTACTS, crc: 1 }]],
    ['bytes that cannot be unpacked', 'zip_unreadable', [{ ...STUDENTS, packed: Buffer.from('??????') }]],
  ];
  for (const [what, code, members] of wrong)
    it(`refuses a zip with ${what}, and leaves nothing`, async () => {
      expect(await codeOf(members)).to.equal(code);
      expect(await readdir(inbound)).to.deep.equal(['drop.zip']);
    });

  it('says what the zip has where a file is missing', async () => {
    const error = await refusal(unwrap([{ name: 'Students.csv' }, CONTACTS]));
    expect(error.message).to.equal('The zip has no students: it has Students.csv, contacts.csv');
    expect(error.place).to.deep.equal({ file: 'drop.zip' });
  });

  it('refuses bombs by what they say, and by what they are', async () => {
    const zeros = Buffer.alloc(9 << 20);
    expect(await codeOf([{ ...STUDENTS, data: zeros }])).to.equal('zip_refused');
    expect(await codeOf([{ ...STUDENTS, data: zeros, size: 1000 }])).to.equal('zip_unreadable');
    expect((await readdir(inbound)).length).to.equal(1);
    const limits = { ...ZIP_LIMITS, memberBytes: 20, totalBytes: 30, members: 3 };
    expect(await codeOf([{ ...STUDENTS, data: 'x'.repeat(21) }], { limits })).to.equal('zip_refused');
    const three = ['a', 'b', 'c'].map((name) => ({ name, data: 'x'.repeat(11) }));
    expect(await codeOf(three, { limits })).to.equal('zip_refused');
    const many = Array.from({ length: 4 }, (_, at) => ({ name: `${at}` }));
    expect(await codeOf(many, { limits })).to.equal('zip_refused');
  });

  it('refuses a zip that was cut anywhere, or is none', async () => {
    const whole = buildZip([STUDENTS, CONTACTS]);
    for (let length = 0; length < whole.length; length += 7) {
      const cut = unwrapDrop([await receive(whole.subarray(0, length))], options());
      expect((await refusal(cut)).code, String(length)).to.equal('zip_unreadable');
    }
    expect((await refusal(unwrapDrop([await receive('id,name\n')], options()))).code).to.equal(
      'zip_unreadable',
    );
  });

  it('refuses a member that would lie over another file of the drop', async () => {
    const plain = await receive('x', { name: 'contacts', file: 'Students.csv' });
    const error = await refusal(unwrapDrop([plain, await receive(buildZip([STUDENTS]))], options()));
    expect(error.code).to.equal('ambiguous_drop');
    expect(await read('Students.csv')).to.equal('x');
  });

  it('stops when it is asked to', async () => {
    const signal = AbortSignal.abort();
    const zip = [await receive(buildZip([STUDENTS]))];
    const fault = await unwrapDrop(zip, options({ signal })).catch((thrown: unknown) => thrown);
    expect(fault).to.equal(signal.reason);
    expect(await readdir(inbound)).to.deep.equal(['drop.zip']);
  });

  describe('with a manifest of OneRoster', () => {
    const manifest = (kind: string, file = 'students') => ({
      name: 'manifest.csv',
      data: `propertyName,value\r\nmanifest.version,1.0\r\n"file.${file}","${kind}"\r\nfile.orgs,delta\r\n`,
    });

    it('takes a whole set', async () => {
      const { files, ignored } = await unwrap([manifest('bulk'), STUDENTS, { name: 'orgs.csv' }]);
      expect(files).to.have.length(1);
      expect(ignored).to.deep.equal(['manifest.csv', 'orgs.csv']);
    });

    it('refuses a file that has changes only', async () => {
      expect(await codeOf([manifest('delta'), STUDENTS])).to.equal('delta_drop');
    });

    it('lets the files win over their manifest', async () => {
      expect((await unwrap([manifest('absent'), STUDENTS])).files).to.have.length(1);
      expect((await unwrap([manifest('delta', 'contacts'), STUDENTS])).files).to.have.length(1);
    });
  });
});
