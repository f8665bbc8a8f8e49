import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { RUN_STATES } from '../../src/run/run-states.ts';
import { rosterferry } from './rosterferry.ts';

const ROOT = new URL('../../', import.meta.url);

describe('docs/running.md', () => {
  let page: string;
  before(async () => {
    page = await readFile(new URL('docs/running.md', ROOT), 'utf8');
  });

  it('has every command that the help has, and so has the README', async () => {
    const { stdout } = await rosterferry(['--help'], { cwd: '/' });
    const list = stdout.slice(stdout.indexOf('Commands:'), stdout.indexOf('Exit codes:'));
    const commands = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);
    expect(commands).to.include.members(['run', 'start', 'verify']);
    const readme = await readFile(new URL('README.md', ROOT), 'utf8');
    for (const name of commands.filter((one) => one !== 'help')) {
      expect(page, name).to.match(new RegExp(`^\\|.*\`${name}\\b`, 'm'));
      if (name !== 'demo') expect(readme, name).to.match(new RegExp(`^\\|.*\`${name}\\b`, 'm'));
    }
  });

  it('has every exit code', () => {
    for (const [code, meaning] of EXIT_CODES)
      expect(page, meaning).to.match(new RegExp(`^\\| ${code} \\| .+ \\| .+ \\|$`, 'm'));
  });

  it('says what a restart does in each state of a run', () => {
    const table = page.slice(page.indexOf('## What a restart does'));
    for (const state of Object.keys(RUN_STATES))
      expect(table).to.match(new RegExp(`^\\|.*\`${state}\``, 'm'));
  });
});
