/** docs/getting-started.md, typed as it stands: each `sh` block in turn, and what the `text` block behind it promises. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { MAIN } from './rosterferry.ts';

const PAGE = new URL('../../docs/getting-started.md', import.meta.url);
const MARK = '@@ end of block';

interface Block {
  typed: string;
  promised: string[];
}

function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  for (const [, kind, body = ''] of page.matchAll(/^```(sh|text)\n(.*?)^```$/gms)) {
    if (kind === 'sh') blocks.push({ typed: body, promised: [] });
    else blocks.at(-1)?.promised.push(...body.trimEnd().split('\n'));
  }
  return blocks;
}

describe('docs/getting-started.md', () => {
  const newTempFolder = useTempFolders();

  it('can be typed as it stands, and shows what it promises', async function () {
    // Some twenty starts of the program, one after the other.
    this.timeout(60_000);
    const blocks = blocksOf(await readFile(PAGE, 'utf8'));
    expect(blocks.length).to.be.greaterThan(4);
    // A reader can wait five seconds for a drop to be whole; a test need not.
    const hurry = "find . -name rosterferry.yaml -exec sed -i.old -E 's/quiet: [0-9]+s/quiet: 20ms/' {} +";
    const script = [
      'set -e',
      `rosterferry() { '${process.execPath}' '${MAIN}' "$@"; }`,
      ...blocks.flatMap(({ typed }) => [typed, `echo '${MARK}'`, hurry]),
    ].join('\n');
    const { PATH = '', HOME = '' } = process.env;
    const cwd = await newTempFolder();
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env: { PATH, HOME } });
    const outputs = stdout.split(`${MARK}\n`);
    for (const [index, { promised }] of blocks.entries())
      for (const line of promised) expect(outputs[index]).to.include(line);
  });
});
