import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readText } from '../../src/config/read-text.ts';

describe('readText', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rosterferry-text-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async (content: string | Uint8Array) => {
    const path = join(folder, 'a.yaml');
    await writeFile(path, content);
    return readText(path, 'a.yaml');
  };

  it('reads UTF-8', async () => {
    expect(await read('título: Ñ\n')).to.deep.equal({ text: 'título: Ñ\n' });
  });

  it('names the first line that is in another encoding', async () => {
    const { mistake } = await read(Buffer.from('a: 1\nb: café\nc: 2\n', 'latin1'));
    expect(mistake?.message).to.equal('the file is no text in UTF-8 from here on');
    expect(mistake?.place).to.deep.equal({ file: 'a.yaml', line: 2, column: 1 });
    expect(mistake?.hint).to.equal('Save it as UTF-8.');
  });

  it('refuses UTF-16, and a last line without a line end', async () => {
    expect((await read(Buffer.from('\ufeffa: 1\n', 'utf16le'))).mistake?.place?.line).to.equal(1);
    expect((await read(Buffer.from('a: 1\nb: é', 'latin1'))).mistake?.place?.line).to.equal(2);
  });

  it('tells a folder, a file that is not there and one that may not be read apart', async () => {
    expect((await readText(folder, 'x')).mistake?.message).to.equal('x is a folder and no file');
    expect((await readText(join(folder, 'none'), 'x')).mistake?.message).to.equal('the file is not there');
    if (process.getuid?.() === 0) return;
    await writeFile(join(folder, 'closed'), '');
    await chmod(join(folder, 'closed'), 0o000);
    const { mistake } = await readText(join(folder, 'closed'), 'x');
    expect(mistake?.message).to.equal('x cannot be read (EACCES)');
    expect(mistake?.hint).to.match(/the right to read/);
  });
});
