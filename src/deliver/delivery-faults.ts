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

/** A name that is to become visible in the folder of somebody else. */
export function expectSafe(name: string): string {
  const why = whyUnsafe(name);
  if (why !== undefined)
    throw new AppError('unsafe_name', `The name of an outbound file cannot be used: ${why}`);
  return name;
}
