import { AppError } from '../errors/app-error.ts';
import { describeFault } from '../errors/describe-fault.ts';

/** An error on its way to another thread, where errors lose their class. */
export type ThreadFault =
  | { kind: 'fault'; code: AppError['code']; message: string; hint: string; place: AppError['place'] }
  | { kind: 'defect'; message: string };

export function packFault(thrown: unknown): ThreadFault {
  if (!(thrown instanceof AppError)) return { kind: 'defect', message: describeFault(thrown) };
  const { code, message, hint, place } = thrown;
  return { kind: 'fault', code, message, hint, place };
}

/** The error as if it were of this thread. @param doing what a defect kept from being done, as in "Reading failed" */
export function unpackFault(fault: ThreadFault, doing: string): AppError {
  if (fault.kind === 'defect') return new AppError('defect', `${doing} failed: ${fault.message}`);
  const { code, message, hint, place } = fault;
  return new AppError(code, message, { hint, ...(place ? { place } : {}) });
}
