/** A source folder in which nobody ever cleared up: one name among very many is the drop. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { rosterferryProcess } from '../cli/rosterferry.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';
import { CANARY, dropOf, outOf, ROOMY } from './one-drop.ts';

/** Each costs the process less than a kilobyte while it is listed, so a million are not little. */
const NAMES = Number(process.env.NAMES ?? (process.env.NIGHTLY === '1' ? 60_000 : 6000));
const MOST_GROWTH_KIB = 150 * 1024;
const LONGEST_MS = 300_000;
/** Tells the most memory that its process ever had, in KiB. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))`;

describe(`a source folder with ${NAMES} names`, () => {
  let project: Project;
  let seen: Seen | undefined;
  afterEach(async function () {
    this.timeout(LONGEST_MS);
    seen?.end();
    await project.remove();
  });

  async function peakOfRun(): Promise<{ peakKib: number; stderr: string }> {
    const env = { NODE_OPTIONS: `--import=${JSON.stringify(PEAK)}` };
    const { exit, stderr } = await rosterferryProcess(['run', 'north'], { cwd: project.folder, env });
    expect(exit, stderr).to.equal(0);
    return { peakKib: Number(/peak (\d+)/.exec(stderr)?.[1]), stderr };
  }

  it('is looked through in little memory, and the drop in it is found and carried once', async function () {
    this.timeout(LONGEST_MS);
    project = await makeProject({ connection: ROOMY });
    const expected = [outOf('CanaryOne'), outOf('CanaryTwo')];
    seen = watchFolder(project.outbound, (text) => expected.includes(text));
    const drop = (last: string) => writeFileSync(join(project.inbound, 'students.csv'), dropOf(last));
    drop('CanaryOne');
    const alone = await peakOfRun();
    for (let at = 0; at < NAMES; at += 1) closeSync(openSync(join(project.inbound, `scan-${at}.pdf`), 'w'));
    drop('CanaryTwo');
    const among = await peakOfRun();
    expect(among.peakKib - alone.peakKib, 'KiB more').to.be.below(MOST_GROWTH_KIB);
    expect((await project.names(project.inbound)).filter((name) => !name.startsWith('scan-'))).to.deep.equal(
      [],
    );
    await expectAllIsWell({
      ...{ project, seen, expected, said: alone.stderr + among.stderr },
      outcomes: ['delivered', 'delivered'],
      folders: [project.outbound],
      openBefore: openFiles(),
      canary: CANARY,
    });
  });
});
