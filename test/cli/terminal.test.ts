/** What is shown on a terminal and never in a pipe. */
import { execFile, execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { MAIN } from './rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const ESCAPE = '\u001b';

/** The `script` of util-linux gives a command a terminal of its own; that of other systems takes other options. */
function hasScript(): boolean {
  try {
    return /util-linux/.test(execFileSync('script', ['--version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

let project: Project;

async function onTerminal(command: string, env: Record<string, string> = {}): Promise<string> {
  const typed = command.replace('rosterferry', `${process.execPath} ${MAIN}`);
  const { PATH = '' } = process.env;
  const options = { cwd: project.folder, env: { PATH, TERM: 'xterm', ...env } };
  return (await promisify(execFile)('script', ['-qec', typed, '/dev/null'], options)).stdout;
}

describe('on a terminal', () => {
  before(async function () {
    if (!hasScript()) return this.skip();
    project = await makeProject();
    const rows = Array.from({ length: 3000 }, (_, at) => `${at},Lee,Ann,5/1/2015,F,A,10,5\n`);
    await writeFile(join(project.folder, 'big.csv'), HEADER + rows.join(''));
  });
  after(() => project?.remove());

  const RUN = 'rosterferry run north --dry-run --file students=big.csv';

  it('a bar shows the rows as they are read, and goes when the report comes', async () => {
    const shown = await onTerminal(RUN);
    expect(shown).to.match(/big\.csv: [\d,]+ rows/);
    expect(shown).to.include(`${ESCAPE}[1mnorth, `);
    // Whoever is ended in the middle must not leave a terminal without a cursor.
    expect(shown).not.to.include(`${ESCAPE}[?25l`);
  });

  it('neither bar nor colour comes into a file, and no bar with --quiet or --json', async () => {
    expect(await onTerminal(`${RUN} > out.txt 2> err.txt`)).to.equal('');
    for (const name of ['out.txt', 'err.txt'])
      expect(await project.read(join(project.folder, name)), name).not.to.include(ESCAPE);
    expect(await onTerminal(`${RUN} --quiet`)).not.to.match(/big\.csv: [\d,]+ rows/);
    expect(JSON.parse(await onTerminal(`${RUN} --json`)).run.outcome).to.equal('dry_run');
  });

  it('there is no colour where NO_COLOR is set, and colour in a file where FORCE_COLOR is', async () => {
    expect(await onTerminal('rosterferry status', { NO_COLOR: '1' })).not.to.include(ESCAPE);
    expect(await onTerminal('rosterferry status > out.txt', { FORCE_COLOR: '1' })).to.equal('');
    expect(await project.read(join(project.folder, 'out.txt'))).to.include(`${ESCAPE}[1mconnection`);
  });

  it('a table that is wider than the terminal becomes a few lines a row, and a file gets the columns', async () => {
    const narrow = (command: string) => onTerminal(`stty cols 40; ${command}`, { NO_COLOR: '1' });
    expect(await narrow('rosterferry status')).to.match(/^north\r\n {2}state +ok\r\n {2}schedule +watch\r\n/);
    await narrow('rosterferry status > out.txt');
    expect(await project.read(join(project.folder, 'out.txt'))).to.match(/^connection +state +schedule /);
  });
});
