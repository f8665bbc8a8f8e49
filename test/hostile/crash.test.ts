import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { rosterferryProcess } from '../cli/rosterferry.ts';

/** Throws in the background what quotes a row, as a mistake in an event of a package would. */
const LATER = "setTimeout(() => { throw new SyntaxError('Cannot convert ZZCANARY to a BigInt') }, 700)";

describe('a crash in the background', () => {
  let project: Project;
  after(() => project.remove());

  it('ends the daemon as a defect, with its calls, and without what it was at work on', async () => {
    project = await makeProject();
    const later = join(project.folder, 'later.mjs');
    await writeFile(later, LATER);
    const env = { NODE_OPTIONS: `--import ${later}` };
    const { exit, stderr } = await rosterferryProcess(['start'], { cwd: project.folder, env });
    expect(exit).to.equal(1);
    expect(stderr)
      .to.match(/^error\[defect\]: SyntaxError/m)
      .and.match(/^caused by SyntaxError\n {4}at /m);
    expect(stderr).not.to.include('CANARY');
  });
});
