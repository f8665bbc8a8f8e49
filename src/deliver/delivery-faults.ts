import { AppError } from '../errors/app-error.ts';
import { whyUnsafe } from '../files/safe-name.ts';

/** What is at the destination is not what was sent. */
export function incomplete(path: string, storedBytes: number | undefined, sentBytes: number): AppError {
  const stored = storedBytes === undefined ? 'nothing' : `${storedBytes} bytes`;
  const what = storedBytes === sentBytes ? 'other bytes than were sent' : `${stored}, sent were ${sentBytes}`;
  return new AppError('delivery_incomplete', `${path} has ${what}`, {
    context: { storedBytes: storedBytes ?? 0, sentBytes },
  });
}

/** Somebody at the other side takes files that nobody has called whole. */
export function takenEarly(path: string): AppError {
  return new AppError('delivery_incomplete', `${path} was written and is gone, before it got its name`, {
    hint: 'Something at the destination takes or removes files with temporary names: set destination.staging to a folder that it does not look into.',
  });
}

/** A name that is to become visible in the folder of somebody else. */
export function expectSafe(name: string): string {
  const why = whyUnsafe(name);
  if (why !== undefined)
    throw new AppError('unsafe_name', `The name of an outbound file cannot be used: ${why}`);
  return name;
}
