/** One story from a seed: drops, breaks, people and jumps of the clock; then calm, until nothing is left to do. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listOpenRuns } from '../../src/archive/run-folder.ts';
import type { LoadedConnection } from '../../src/config/load-connection.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { decideRun } from '../../src/run/deciding/decide-run.ts';
import { finishInterrupted } from '../../src/run/finish-interrupted.ts';
import { reopenRun, reportOf } from '../../src/run/open-run.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import type { Project } from '../builders/project.ts';
import { MemoryLedger } from '../doubles/memory-ledger.ts';
import { type Dice, openDice } from '../year/dice.ts';
import type { CrashPlan, Disk } from './disk.ts';
import { makeDrop } from './drops.ts';
import { expectAllWell } from './expect-all-well.ts';
import { type Bases, rollShape, type Shape } from './shape.ts';
import { toolsOf } from './tools-of-story.ts';
import { openWorld, type World } from './world.ts';

export interface Story {
  shape: Shape;
  dice: Dice;
  project: Project;
  connection: LoadedConnection;
  world: World;
  disk: Disk;
  tools: RunTools;
  ledger: MemoryLedger;
  /** What happened, line by line: the same for the same seed. */
  events: string[];
  drops: number;
}

const JUMPS_MS = [-86_400_000, -3_600_000, -1000, 3_600_000, 2 * 86_400_000];
const MOST_STEPS = 260;
const MOST_FEW_STEPS = 70;

/** Answers what happened. Throws with the seed where something did that never may. */
export async function tellStory(seed: number, bases: Bases, disk: Disk): Promise<Story> {
  const story = openStory(openDice(seed), bases, disk);
  const random = Math.random;
  Math.random = story.dice.roll;
  try {
    await play(story);
    return story;
  } catch (fault) {
    const told = [`seed ${seed}: ${JSON.stringify(story.shape)}`, ...story.events.slice(-60)].join('\n  ');
    if (fault instanceof Error) fault.message = `${fault.message}\n  ${told}`;
    throw fault;
  } finally {
    Math.random = random;
  }
}

function openStory(dice: Dice, bases: Bases, disk: Disk): Story {
  const shape = rollShape(dice);
  const project = bases.project(shape);
  for (const name of ['inbound', 'outbound', 'archive'])
    rmSync(`${project.folder}/${name}`, { recursive: true, force: true });
  for (const name of ['inbound', 'outbound']) mkdirSync(`${project.folder}/${name}`);
  const world = openWorld({ shape, project, disk, dice });
  const ledger = new MemoryLedger();
  const connection = bases.connection(shape);
  const tools = toolsOf({ connection, project, world, disk, ledger });
  return { shape, dice, project, connection, world, disk, tools, ledger, events: [], drops: 0 };
}

async function play(story: Story): Promise<void> {
  const { dice, world, shape } = story;
  const nights = 1 + dice.below(3);
  for (let night = 1; night <= nights; night += 1) {
    const drop = makeDrop(story.drops + 1, dice);
    if (world.sender.begin(drop)) {
      story.drops += 1;
      world.drops.push(drop);
      story.events.push(`${drop.isGood ? 'drop' : 'bad drop'} ${drop.tag}`);
      if (shape.source === 'local' || dice.chance(0.7)) while (world.sender.isBusy()) world.sender.go();
    }
    const lives = 1 + dice.below(3);
    for (let life = 0; life < lives; life += 1) await liveOnce(story, rollCrash(dice));
    if (dice.chance(0.3)) world.jump(dice.pick(JUMPS_MS));
    if (shape.takes === 'later') world.consumer.take();
  }
  world.calm();
  story.events.push('calm');
  for (let look = 0; ; look += 1) {
    if (look > 20) throw new Error('it never comes to rest');
    if ((await liveOnce(story, undefined)) === 'rest') break;
  }
  await expectAllWell(story);
}

function rollCrash(dice: Dice): CrashPlan | undefined {
  if (dice.chance(0.3)) return undefined;
  const amongFew = dice.chance(0.6);
  return {
    step: 1 + dice.below(amongFew ? MOST_FEW_STEPS : MOST_STEPS),
    amongFew,
    when: dice.pick(['before', 'after'] as const),
    how: dice.pick(['kill', 'power'] as const),
  };
}

/** One process from its start to its end, by the plan or by itself. */
async function liveOnce(story: Story, plan: CrashPlan | undefined): Promise<string> {
  const { disk, dice, events, world } = story;
  disk.start(plan, dice);
  let said: string;
  let fault: unknown;
  try {
    said = await act(story, plan !== undefined || dice.chance(0.5));
  } catch (thrown) {
    fault = thrown;
    said = thrown instanceof AppError ? thrown.code : String(thrown);
  }
  const last = disk.trace().at(-1);
  const { crashed, steps } = disk.stop();
  if (crashed) said = `crashed (${plan?.how}) ${plan?.when} ${last}`;
  events.push(`${said}, ${steps} steps`);
  if (!crashed && fault !== undefined && !isExpected(fault)) throw fault;
  const [wrong] = world.wrongs();
  if (wrong !== undefined) throw new Error(wrong);
  return said;
}

/** What a person or the daemon may do next. */
async function act(story: Story, isTalkative: boolean): Promise<string> {
  const { connection, tools, dice, shape } = story;
  const held = await findHeld(story);
  if (held) return isTalkative || dice.chance(0.5) ? decide(story, held) : 'the person sleeps';
  if (dice.chance(0.2)) {
    const finished = await finishInterrupted(connection, tools);
    return `started, finished ${finished.map(({ run }) => run.outcome).join(' ')}`;
  }
  const trigger = dice.pick(['manual', 'schedule'] as const);
  const onlyNew = trigger === 'schedule' || shape.after === 'leave';
  const answer = await runConnection({ connection, trigger, dryRun: false, onlyNew }, tools);
  if (answer.kind === 'ran') return `ran: ${answer.report.run.outcome} ${answer.report.error?.code ?? ''}`;
  if (answer.kind === 'paused') return 'paused';
  return answer.found.state === 'waiting' ? 'waiting' : 'rest';
}

async function findHeld({ tools, connection }: Story) {
  for (const folder of await listOpenRuns(tools.archivePath, 'north')) {
    const run = await reopenRun(folder, connection);
    if (run.record.state === 'held') return run;
  }
  return undefined;
}

/** Somebody looks at the other side where that is what the run asks for, and answers as it is there. */
async function decide(story: Story, held: Awaited<ReturnType<typeof reopenRun>>): Promise<string> {
  const { connection, tools, dice, world } = story;
  const { record } = held;
  const reasons = reportOf(held).held?.reasons ?? [];
  const asked = record.shipment.filter(({ file }) =>
    reasons.some((why) => why.startsWith(`Whether ${file} arrived`)),
  );
  const arrived = asked.filter(
    (file) =>
      (world.consumer.published.get(readFileSync(join(held.folder.outbound, file.file), 'utf8')) ?? 0) > 0,
  );
  const decision = dice.chance(0.2) ? ('cancel' as const) : ('approve' as const);
  const isArrived = decision === 'approve' && asked.length > 0 && arrived.length === asked.length;
  const { report } = await decideRun(
    connection,
    record.facts.id,
    { decision, by: 'ann', reason: 'looked', ...(isArrived && { arrived: true }) },
    tools,
  );
  return `${decision}${isArrived ? ' --arrived' : ''} of ${asked.length}: ${report.run.outcome}`;
}

const EXPECTED = new Set([
  'connection_lost',
  'host_unreachable',
  'open_run',
  'source_changed',
  'source_unreadable',
  'source_not_cleared',
  'delivery_failed',
  'delivery_incomplete',
  'destination_full',
]);

function isExpected(fault: unknown): boolean {
  return fault instanceof AppError && EXPECTED.has(fault.code);
}
