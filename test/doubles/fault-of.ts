import { AppError } from '../../src/errors/app-error.ts';

/** The AppError that a promise ends with; anything else fails the test. */
export async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  const thrown = await promise.then(
    () => new Error('it did not fail'),
    (fault: unknown) => fault,
  );
  if (thrown instanceof AppError) return thrown;
  throw thrown;
}
