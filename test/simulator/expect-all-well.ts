/** What has to be true of a story once it came to rest. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { temporaryName } from '../../src/deliver/destination.ts';
import { applyRuns } from '../../src/ledger/apply-runs.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { listSealedMemory } from '../../src/run/list-sealed-memory.ts';
import { MemoryLedger } from '../doubles/memory-ledger.ts';
import { type SimDrop, tagOf } from './drops.ts';
import type { Story } from './story.ts';

interface SealedRun {
  tag: string;
  outcome: string;
  error: string;
}

export async function expectAllWell(story: Story): Promise<void> {
  const sealed = readSealed(story.project.folder);
  for (const drop of story.world.drops) expectEndOf(drop, sealed, story);
  expectNothingLeft(story);
  expect((await verifyPath(join(story.project.folder, 'archive'))).problems).to.deep.equal([]);
  await expectRemembered(story);
}

function readSealed(folder: string): SealedRun[] {
  const archive = join(folder, 'archive/north');
  const paths = readdirSync(folder).includes('archive')
    ? readdirSync(archive, { recursive: true, encoding: 'utf8' })
    : [];
  return paths
    .filter((path) => basename(path) === 'report.json')
    .map((path) => readRun(join(archive, path, '..')));
}

function readRun(path: string): SealedRun {
  const report = reportSchema.parse(JSON.parse(readFileSync(join(path, 'report.json'), 'utf8')));
  expect(report.balanced, `${report.run.id} is balanced`).to.equal(true);
  const inbound = join(path, 'inbound');
  const tags = readdirSync(inbound).map((name) => tagOf(readFileSync(join(inbound, name), 'utf8')));
  expect(new Set(tags).size, `the files of ${report.run.id} are of one drop: ${tags.join(' ')}`).to.equal(1);
  if (report.run.outcome === 'delivered')
    for (const output of report.outputs) expect(output.delivered_at, output.file).not.to.equal('');
  return { tag: tags[0] ?? '', outcome: report.run.outcome, error: report.error?.code ?? '' };
}

/** Once, or visibly not. */
function expectEndOf(drop: SimDrop, sealed: readonly SealedRun[], { world, shape }: Story): void {
  const runs = sealed.filter(({ tag }) => tag === drop.tag);
  const published = drop.outputs.map((text) => world.consumer.published.get(text) ?? 0);
  const told = `drop ${drop.tag}: ${JSON.stringify(runs)}, published ${published}`;
  if (drop.isOverwritten && runs.length === 0) {
    expect(published, told).to.deep.equal(drop.outputs.map(() => 0));
    return;
  }
  expect(runs.length, told).to.equal(1);
  const [{ outcome, error } = { outcome: '', error: '' }] = runs;
  if (outcome === 'delivered') expect(published, told).to.deep.equal([1, 1]);
  else if (outcome === 'failed' && drop.isGood) {
    expect(shape.faultRate, told).to.be.greaterThan(0);
    expect(error, told).to.match(/^(connection_lost|host_unreachable|delivery_\w+|destination_\w+)$/);
    expect(published, told).to.deep.equal([0, 0]);
  } else if (outcome === 'failed') expect(error, told).to.equal('missing_column');
  else expect(outcome, told).to.equal('cancelled');
}

function expectNothingLeft({ project, world, shape }: Story): void {
  const local = readdirSync(project.folder, { recursive: true, encoding: 'utf8' });
  const names = [...local, ...world.host.files.keys()];
  const left = names.filter((name) => /\.part$|\.tmp$|state\.json$|\/work$|\.open\/./.test(name));
  // What a failed run could not take away is removed by the next delivery, and none came.
  const noted = readStaged(join(project.folder, 'archive/.state/north.staged.json'));
  const unknown = left.filter((name) => !noted.includes(basename(name)));
  expect(unknown, `left behind: ${unknown}`).to.deep.equal([]);
  if (shape.after === 'leave') return;
  const source =
    shape.source === 'local'
      ? local.filter((name) => name.startsWith('inbound/'))
      : [...world.host.files.keys()].filter((name) => name.startsWith('/in/'));
  expect(
    source.filter((name) => !/\/taken/.test(name)),
    'left at the source',
  ).to.deep.equal([]);
}

/** What the ledger knows is what the archive tells, and that is the last drop that was delivered. */
async function expectRemembered({ ledger, project, world }: Story): Promise<void> {
  const rebuilt = new MemoryLedger();
  await applyRuns(rebuilt, listSealedMemory(join(project.folder, 'archive')));
  const known = await Array.fromAsync(ledger.dump());
  expect(known, 'the ledger').to.deep.equal(await Array.fromAsync(rebuilt.dump()));
  let last = '';
  for await (const { outcome, id } of ledger.runs('north'))
    if (outcome === 'delivered') {
      last = id;
      break;
    }
  const records = await (await ledger.delivered('north', 'students')).fetch(['1']);
  const tag = tagOf(records.get('1')?.values.join() ?? '');
  if (last === '') expect(tag).to.equal('');
  else expect(world.drops.some((drop) => drop.tag === tag)).to.equal(true);
}

function readStaged(path: string): string[] {
  if (!existsSync(path)) return [];
  const names: { run: string; name: string }[] = JSON.parse(readFileSync(path, 'utf8'));
  return names.map(({ run, name }) => temporaryName({ name }, run));
}
