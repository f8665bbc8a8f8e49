/** `check` as an account that may not do everything: the administrator is refused nothing. */
import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { MAIN, rosterferryProcess } from './rosterferry.ts';

const NOBODY = 65_534;

/** The account to check as, or undefined for our own; `false` where that account cannot even read the program. */
function accountToTry(): number | undefined | false {
  if (process.getuid?.() !== 0) return undefined;
  const answer = spawnSync(process.execPath, [MAIN, '--version'], { uid: NOBODY, gid: NOBODY });
  return answer.status === 0 && NOBODY;
}

describe('rosterferry check, as an account that may not do everything', () => {
  let project: Project;
  let uid: number | undefined;
  before(function () {
    const account = accountToTry();
    if (account === false || process.platform === 'win32') return this.skip();
    uid = account;
  });
  const prepare = async (connection = CONNECTION) => {
    project = await makeProject({ connection });
    await project.drop({ 'students.csv': 'ID\n' });
    const all = await readdir(project.folder, { recursive: true });
    if (uid !== undefined)
      for (const name of ['.', ...all]) await chown(join(project.folder, name), uid, uid);
  };
  afterEach(async () => {
    for (const folder of [project.inbound, project.outbound])
      await chmod(folder, 0o755).catch(() => undefined);
    await project.remove();
  });
  const check = async () => {
    const ran = await rosterferryProcess(['check', '--json'], {
      cwd: project.folder,
      ...(uid === undefined ? {} : { uid }),
    });
    const { connections, errors } = JSON.parse(ran.stdout);
    const verdicts = connections[0].checks.map(({ what, ok }: { what: string; ok: boolean }) => [what, ok]);
    return { exit: ran.exit, verdicts: Object.fromEntries(verdicts), errors };
  };

  it('is content where everything may be done, and writes nothing', async () => {
    await prepare();
    const before = (await readdir(project.folder, { recursive: true })).toSorted();
    const { exit, verdicts } = await check();
    expect(exit).to.equal(0);
    expect(verdicts).to.deep.equal({
      source: true,
      'files.students': true,
      'files.contacts': true,
      destination: true,
    });
    expect((await readdir(project.folder, { recursive: true })).toSorted()).to.deep.equal(before);
  });

  it('says which file of the drop may not be read', async () => {
    await prepare();
    await chmod(join(project.inbound, 'students.csv'), 0);
    const { exit, verdicts, errors } = await check();
    expect(exit).to.equal(3);
    expect(verdicts).to.include({ source: true, 'files.students': false, destination: true });
    expect(errors[0].code).to.equal('source_unreadable');
    expect(errors[0].message).to.match(/students\.csv.*EACCES/);
  });

  it('says that the destination may not be written', async () => {
    await prepare();
    await chmod(project.outbound, 0o555);
    const { exit, verdicts, errors } = await check();
    expect(exit).to.equal(3);
    expect(verdicts).to.include({ source: true, destination: false });
    expect(errors[0].code).to.equal('destination_denied');
    expect(errors[0].place).to.include({ file: 'rosterferry.yaml' });
  });

  it('says that what was taken could not be cleared, unless it is left', async () => {
    await prepare();
    await chmod(project.inbound, 0o555);
    const { exit, verdicts, errors } = await check();
    expect(exit).to.equal(3);
    expect(verdicts).to.include({ source: true, 'source.after': false, destination: true });
    expect(errors[0].code).to.equal('source_not_cleared');
    const path = join(project.folder, 'rosterferry.yaml');
    await writeFile(path, (await project.read(path)).replace('quiet: 1ms }', 'quiet: 1ms }, after: leave'));
    expect((await check()).exit).to.equal(0);
  });

  it('looks at the folder into which files are moved', async () => {
    await prepare(CONNECTION.replace('quiet: 1ms }', 'quiet: 1ms }, after: { move: ../done }'));
    expect((await check()).exit).to.equal(0);
    await mkdir(join(project.folder, 'done'), { mode: 0o555 });
    const { verdicts, errors } = await check();
    expect(verdicts).to.include({ 'source.after': false });
    expect(errors[0].message).to.match(/moved out of .*inbound into .*done: EACCES/);
    await rm(join(project.folder, 'done'), { recursive: true });
  });
});
