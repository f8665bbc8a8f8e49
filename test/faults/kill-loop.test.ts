import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { listReports } from '../../src/run/list-reports.ts';
import { openDice } from '../year/dice.ts';
import { expectRebuilt } from './all-is-well.ts';
import { type KillLoop, killAgainAndAgain } from './kill-loop.ts';

const KILLS = Number(process.env.KILLS ?? (process.env.NIGHTLY === '1' ? 500 : 4));
const SEED = Number(process.env.KILL_SEED ?? 20_261_122);
const MOST_RECOVERY_MS = 5000;

describe(`kill -9 at ${KILLS} random moments, under load (KILL_SEED=${SEED})`, () => {
  let loop: KillLoop;
  before(async function () {
    this.timeout(60_000 + KILLS * 10_000);
    loop = await killAgainAndAgain(KILLS, openDice(SEED));
  });
  after(() => loop.project.remove());

  it('brings each drop to the other side once', () => {
    const published = [...loop.drops].map(([tag, outputs]) => [
      tag,
      ...outputs.map((text) => loop.seen.get(text) ?? 0),
    ]);
    expect(published).to.deep.equal([...loop.drops.keys()].map((tag) => [tag, 1, 1]));
  });

  it('never shows a part of a file under its final name', () => {
    expect(loop.partial).to.deep.equal([]);
  });

  it('has each drop in the archive once, delivered and balanced, and the archive verifies', async () => {
    const archive = join(loop.project.folder, 'archive');
    const outcomes: string[] = [];
    for await (const { report } of listReports(archive, 'north'))
      outcomes.push(`${report.run.outcome} ${report.balanced}`);
    expect(outcomes).to.deep.equal([...loop.drops].map(() => 'delivered true'));
    expect((await verifyPath(archive)).problems).to.deep.equal([]);
  });

  it('leaves nothing behind, at either end or beside the archive', async () => {
    const { project } = loop;
    const lists = [project.inbound, project.outbound, join(project.folder, 'archive/.open')];
    for (const folder of lists) expect(await project.names(folder), folder).to.deep.equal([]);
    const state = await project.names(join(project.folder, 'archive/.state'));
    expect(state.filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('knows in the ledger what the archive tells', async () => {
    await expectRebuilt(loop.project);
  });

  it('is at work again within five seconds, each time', () => {
    expect(Math.max(...loop.recoveriesMs)).to.be.below(MOST_RECOVERY_MS);
  });

  it('says nothing of a student', () => {
    expect(loop.said).to.include('"started"');
    expect(loop.said).not.to.match(/LeeQ|MumQ/);
  });
});
