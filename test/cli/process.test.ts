/**
 * The program as a process, which most tests of the command line spare themselves: that arguments, folder, streams, exit code
 * and modes are those of the process. The walks and the pages of docs/ that are typed as they stand start it as well.
 */
import { appendFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { closedPort } from '../doubles/closed-port.ts';
import { type Ended, rosterferryProcess } from './rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const GOOD = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n`;
const BROKEN = `${HEADER}1,"Lee,Ann,5/1/2015,F,A,10,5\n`;
const SFTP = `type: sftp, host: 127.0.0.1, username: u, path: /, password: env:P, host_key: "SHA256:${'A'.repeat(43)}"`;

describe('rosterferry, as a process', () => {
  let project: Project;
  const type = async (exit: number, ...args: string[]): Promise<Ended> => {
    const ended = await rosterferryProcess(args, { cwd: project.folder, env: { P: 'secret' } });
    expect(ended.exit, ended.stderr).to.equal(exit);
    return ended;
  };
  const openRun = async () => (await project.names(join(project.folder, 'archive/.open')))[0] ?? '';
  const withoutUmask = <T>(start: () => T): T => {
    const before = process.umask(0);
    try {
      return start();
    } finally {
      process.umask(before);
    }
  };

  before(async () => {
    project = await makeProject({ connection: CONNECTION.replace('max_rejected: 100%', 'review: always') });
  });
  after(() => project.remove());

  it('holds a run, gives its questions out, delivers it when it is released, and tells of it', async () => {
    await project.drop({ 'students.csv': GOOD });
    await withoutUmask(() => type(4, 'run', 'north'));
    const run = await openRun();
    expect((await type(0, 'review', run, '--export', 'sheet.csv')).stdout).to.match(
      /^sheet\.csv: \d+ rows? /,
    );
    await withoutUmask(() => type(0, 'approve', run));
    expect(await project.names(project.folder)).to.include('sheet.csv');
    expect((await type(0, 'history', '1')).stdout).to.match(/^Student 1: 1 run of 1 connection\n/);
    expect((await type(0, 'rebuild')).stdout).to.match(/^Read 1 sealed run of 1 connection; 1 record /);
  });

  it('keeps from others whatever it wrote, whatever the umask', async () => {
    for (const folder of ['archive', 'outbound'])
      for (const entry of await readdir(join(project.folder, folder), {
        recursive: true,
        withFileTypes: true,
      }))
        expect((await stat(join(entry.parentPath, entry.name))).mode & 0o077, entry.name).to.equal(0);
  });

  it('seals a run that is cancelled', async () => {
    await project.drop({ 'students.csv': GOOD });
    await type(4, 'run', 'north');
    const cancelled = await type(0, 'cancel', await openRun(), '--reason', 'the wrong year');
    expect(cancelled.stdout).to.include('the wrong year');
    expect(await openRun()).to.equal('');
  });

  it('ends with 7 where another process has the connection, and with 3 where the drop is broken', async () => {
    await project.drop({ 'students.csv': BROKEN });
    const lock = lockConnection(join(project.folder, 'archive'), 'north');
    expect((await type(7, 'run', 'north')).stderr).to.match(/^error\[already_running\]: /);
    lock.release();
    expect((await type(3, 'run', 'north')).stderr).to.match(/^error\[unclosed_quote\]: students\.csv:2:2: /);
  });

  it('ends with 6 where a host cannot be reached, and with 2 where the words are wrong', async () => {
    const yaml = await project.read(join(project.folder, 'rosterferry.yaml'));
    const host = yaml.replace('type: local, path: outbound', `${SFTP}, port: ${await closedPort()}`);
    await writeFile(join(project.folder, 'sftp.yaml'), host);
    const { stdout, stderr } = await type(6, '--config', 'sftp.yaml', 'check');
    expect(stderr).to.match(/^error\[host_unreachable\]: sftp\.yaml:\d+:\d+: /);
    expect(stdout + stderr).not.to.include('secret');
    expect(await type(2, 'chek')).to.include({ stdout: '' });
  });

  it('ends with 5 where the archive is altered', async () => {
    const [altered = ''] = await readdir(join(project.folder, 'archive/north'), { recursive: true }).then(
      (names) => names.filter((name) => name.endsWith('inbound/students.csv')),
    );
    await appendFile(join(project.folder, 'archive/north', altered), '2,Poe,Bob,5/1/2015,M,A,10,5\n');
    expect((await type(5, 'verify')).stdout).to.match(/^altered {2}\S+ {2}inbound\/students\.csv$/m);
  });
});
