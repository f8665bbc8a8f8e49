/** docs/inspecting.md, typed as it stands, and held against the program. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { VALUE_TYPES } from '../../src/inspect/profile.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const MARK = '@@ end of block';

describe('docs/inspecting.md', () => {
  const newTempFolder = useTempFolders();
  let page: string;
  before(async () => {
    page = await readFile(join(ROOT, 'docs/inspecting.md'), 'utf8');
  });

  it('can be typed as it stands, and shows what it promises', async () => {
    const blocks: { typed: string; promised: string[] }[] = [];
    for (const [, kind, body = ''] of page.matchAll(/^```(sh|text)\n(.*?)^```$/gms)) {
      if (kind === 'sh') blocks.push({ typed: body, promised: [] });
      else blocks.at(-1)?.promised.push(...body.trimEnd().split('\n'));
    }
    expect(blocks).to.have.length(3);
    const script = [
      'set -e',
      `rosterferry() { '${process.execPath}' '${join(ROOT, 'src/main.ts')}' "$@"; }`,
      ...blocks.flatMap(({ typed }) => [typed, `echo '${MARK}'`]),
    ].join('\n');
    const { PATH = '', HOME = '' } = process.env;
    const cwd = await newTempFolder();
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env: { PATH, HOME } });
    const outputs = stdout.split(`${MARK}\n`);
    for (const [index, { promised }] of blocks.entries())
      for (const line of promised) expect(outputs[index]).to.include(line);
  });

  it('has every type of a column', () => {
    for (const type of VALUE_TYPES) expect(page).to.match(new RegExp(`^\\| \`${type}\` \\|`, 'm'));
  });

  it('has every remark', async () => {
    const room = join(ROOT, 'src/inspect');
    const texts = await Promise.all((await readdir(room)).map((name) => readFile(join(room, name), 'utf8')));
    const said = texts.flatMap((text) => [...text.matchAll(/(?:code: |say\(\s*)'([a-z_]+)'/g)]);
    const codes = [...new Set(said.map(([, code = '']) => code))];
    expect(codes.length).to.be.greaterThan(12);
    for (const code of codes) expect(page, code).to.match(new RegExp(`^\\| \`${code}\` \\|`, 'm'));
  });
});
