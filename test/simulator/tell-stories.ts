import { type Disk, installDisk } from './disk.ts';
import { type Bases, makeBases } from './shape.ts';
import { tellStory } from './story.ts';

/** Where the stories of this process begin; SIMULATOR_SEED tells one alone, as a failure says. */
export const ONLY_SEED =
  process.env.SIMULATOR_SEED === undefined ? undefined : Number(process.env.SIMULATOR_SEED);

/** As many stories as fit into a test, from seeds that follow each other. Throws what is wrong with the first that fails. */
export async function tellStories(first: number, count: number): Promise<{ stories: number; drops: number }> {
  const from = ONLY_SEED ?? first;
  const to = ONLY_SEED === undefined ? first + count : ONLY_SEED + 1;
  return withStage(async (bases, disk) => {
    let drops = 0;
    for (let seed = from; seed < to; seed += 1) drops += (await tellStory(seed, bases, disk)).drops;
    return { stories: to - from, drops };
  });
}

/** The disk of the simulator stands in for that of the platform while `work` is at work, in this thread alone. */
export async function withStage<Answer>(
  work: (bases: Bases, disk: Disk) => Promise<Answer>,
): Promise<Answer> {
  const bases = await makeBases();
  try {
    const disk = installDisk();
    try {
      return await work(bases, disk);
    } finally {
      disk.uninstall();
    }
  } finally {
    await bases.remove();
  }
}
