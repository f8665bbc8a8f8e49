import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { openAppendFile } from '../../src/files/append-file.ts';
import { hashFile } from '../../src/files/hash-file.ts';
import { whyUnsafe } from '../../src/files/safe-name.ts';
import { makeFolder, writeWhole } from '../../src/files/write-whole.ts';

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describe('makeFolder, one folder after the other', () => {
    it('makes those above it too, for its owner only, and is content with one that is there', async () => {
      const path = join(folder, 'a/b/c');
      await Promise.all([makeFolder(path), makeFolder(path)]);
      await makeFolder(path);
      for (const one of ['a', 'a/b', 'a/b/c'])
        expect(statSync(join(folder, one)).mode & 0o777).to.equal(0o700);
    });

    it('gives up where a file stands, and where the file system makes no folders', async () => {
      writeFileSync(join(folder, 'file'), '');
      const codes = [join(folder, 'file/below'), join(folder, 'file')].map((path) =>
        makeFolder(path).then(
          () => 'made',
          (error: unknown) => (error instanceof AppError ? error.code : String(error)),
        ),
      );
      expect(await Promise.all(codes)).to.deep.equal(['local_io', 'local_io']);
      if (process.platform !== 'linux') return;
      const nowhere = await makeFolder('/proc/nowhere/below').catch((error: unknown) => error);
      expect(nowhere).to.be.instanceOf(AppError).with.property('code', 'local_io');
    });
  });

  describe('writeWhole', () => {
    it('replaces a file whole, for its owner only, and leaves nothing beside it', async () => {
      const path = join(folder, 'state.json');
      writeFileSync(path, 'old');
      await writeWhole(path, 'new');
      expect(readFileSync(path, 'utf8')).to.equal('new');
      expect(statSync(path).mode & 0o777).to.equal(0o600);
      expect(readdirSync(folder)).to.deep.equal(['state.json']);
    });

    it('leaves nothing behind where it cannot', async () => {
      const error = await writeWhole(join(folder, 'none', 'x'), 'new').catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(AppError).with.property('code', 'local_io');
      await makeFolder(join(folder, 'taken'));
      await writeWhole(join(folder, 'taken', 'x'), '');
      const other = await writeWhole(join(folder, 'taken'), 'new').catch((thrown: unknown) => thrown);
      expect(other).to.be.instanceOf(AppError);
      expect(readdirSync(folder)).to.deep.equal(['taken']);
    });
  });

  describe('makeFolder', () => {
    it('keeps every folder that it makes to its owner', async () => {
      await makeFolder(join(folder, 'a', 'b'));
      for (const path of ['a', 'a/b'])
        expect(statSync(join(folder, path)).mode & 0o777, path).to.equal(0o700);
    });
  });

  describe('openAppendFile', () => {
    it('reads back what was appended, on disk or not yet', () => {
      const file = openAppendFile(join(folder, 'spool'));
      const spans = ['a', 'é'.repeat(400_000), '', 'x'.repeat(3 << 20), 'end'].map(
        (text) => [text, file.appendText(text)] as const,
      );
      for (const [text, span] of spans) expect(file.read(span).toString() === text).to.equal(true);
      expect(file.sizeBytes()).to.equal(spans.reduce((sum, [, span]) => sum + span.length, 0));
      file.close();
      file.close();
    });
  });

  describe('hashFile', () => {
    it('hashes files of any size, and says which one it cannot read', async () => {
      const path = join(folder, 'file');
      writeFileSync(path, '');
      expect(await hashFile(path)).to.deep.equal({
        sizeBytes: 0,
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      });
      writeFileSync(path, 'a'.repeat((1 << 20) + 1));
      expect((await hashFile(path)).sizeBytes).to.equal((1 << 20) + 1);
      const error = await hashFile(join(folder, 'none')).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(AppError).with.property('message').that.includes(join(folder, 'none'));
    });
  });

  describe('whyUnsafe', () => {
    for (const name of ['students.csv', 'Schüler 1.csv', '-x.csv', '=1.csv', '.hidden', 'a'.repeat(200)]) {
      it(`takes ${JSON.stringify(name.slice(0, 20))}`, () => expect(whyUnsafe(name)).to.equal(undefined));
    }
    for (const name of [
      '',
      '.',
      '..',
      '../x',
      'a/b',
      'a\\b',
      'a\nb',
      'a\u0000',
      '\u202egpj.csv',
      '\ufffd.csv',
      'con',
      'NUL.csv',
      'é'.repeat(101),
    ]) {
      it(`refuses ${JSON.stringify(name.slice(0, 20))}`, () => expect(whyUnsafe(name)).to.be.a('string'));
    }
  });
});
