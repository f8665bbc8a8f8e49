import { AppError, asAppError } from '../errors/app-error.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { Destination, OutboundFile } from './destination.ts';

export interface Delivered {
  name: string;
  deliveredAtMs: number;
}

/** Writes every file under its temporary name. On a fault none of them is left, as far as the other side can be reached. */
export async function stageFiles(
  files: readonly OutboundFile[],
  destination: Destination,
  run: string,
): Promise<void> {
  try {
    for (const file of files) await destination.stage(file, run);
  } catch (fault) {
    // The first fault says why; that a temporary file could not be removed as well would only hide it.
    for (const file of files) await destination.unstage(file, run).catch(() => undefined);
    throw fault;
  }
}

export interface PublishOptions {
  clock?: Clock;
  /** Called before each file becomes visible, with those that are: the place to write down how far it has come. */
  beforeEach?: (file: OutboundFile, delivered: readonly Delivered[]) => Promise<void>;
}

/**
 * Gives the staged files their names; all of them are staged before the first. What is still staged after a fault stays so: only publishing may take a temporary
 * name away, so that whether a file was published can be asked of the destination later.
 * A fault says in its context which names are visible (`delivered`) and which are not known to be (`not_delivered`).
 */
export async function publishFiles(
  files: readonly OutboundFile[],
  destination: Destination,
  run: string,
  { clock = systemClock, beforeEach = async () => undefined }: PublishOptions = {},
): Promise<Delivered[]> {
  const delivered: Delivered[] = [];
  for (const file of files) {
    try {
      await beforeEach(file, delivered);
      await destination.publish(file, run);
    } catch (fault) {
      throw half(asAppError(fault), files, delivered);
    }
    delivered.push({ name: file.name, deliveredAtMs: clock.now() });
  }
  return delivered;
}

function half(fault: AppError, files: readonly OutboundFile[], delivered: readonly Delivered[]): AppError {
  const visible = delivered.map(({ name }) => name);
  const others = files.map(({ name }) => name).filter((name) => !visible.includes(name));
  const said =
    visible.length === 0 ? 'no file of this run is visible yet' : `visible already: ${visible.join(', ')}`;
  return new AppError(fault.code, `${fault.message}; ${said}`, {
    hint: fault.hint,
    context: { ...fault.context, delivered: visible, not_delivered: others },
    cause: fault,
  });
}
