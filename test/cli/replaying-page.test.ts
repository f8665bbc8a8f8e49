/** docs/replaying.md, typed as it stands: each `sh` block in turn, and what the `text` block behind it promises. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { MAIN } from './rosterferry.ts';

const PAGE = new URL('../../docs/replaying.md', import.meta.url);
const MARK = '@@ end of block';

/** The sample district is another one each day, so a number stands for any. */
function asPattern(line: string): RegExp {
  const between = line.split(/\d[\d,]*/).map((text) => RegExp.escape(text));
  return new RegExp(`^${between.join('[\\d,]+')}$`, 'm');
}

describe('docs/replaying.md', () => {
  const newTempFolder = useTempFolders();

  it('can be typed as it stands, and shows what it promises', async () => {
    const page = await readFile(PAGE, 'utf8');
    const blocks: { typed: string; promised: string[] }[] = [];
    for (const [, kind, body = ''] of page.matchAll(/^```(sh|text)\n(.*?)^```$/gms)) {
      if (kind === 'sh') blocks.push({ typed: body, promised: [] });
      else blocks.at(-1)?.promised.push(...body.trimEnd().split('\n'));
    }
    expect(blocks).to.have.length(4);
    // A reader can wait five seconds for a drop to be whole; a test need not.
    const hurry = "find . -name rosterferry.yaml -exec sed -i.old -E 's/quiet: [0-9]+s/quiet: 20ms/' {} +";
    const script = [
      'set -e',
      `rosterferry() { '${process.execPath}' '${MAIN}' "$@"; }`,
      ...blocks.flatMap(({ typed }) => [
        typed.replace('cd my-district', `cd my-district; ${hurry}`),
        `echo '${MARK}'`,
      ]),
    ].join('\n');
    const { PATH = '', HOME = '' } = process.env;
    const cwd = await newTempFolder();
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env: { PATH, HOME } });
    const outputs = stdout.split(`${MARK}\n`);
    for (const [index, { promised }] of blocks.entries())
      for (const line of promised) expect(outputs[index]).to.match(asPattern(line));
    expect(outputs[3]).to.include('It would differ.');
  });
});
