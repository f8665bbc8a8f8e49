import type { Socket } from 'node:net';
import type { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { SftpRefusal } from './sftp-errors.ts';

/** How the library answers a request: a fault, or what was asked for. */
export type Done<T> = (fault?: Error | null, answer?: T) => void;

interface Line {
  socket: Socket;
  timeoutMs: number;
  clock: Clock;
  /** Makes the error of a line that broke: connection_lost, naming the host. */
  lost: (why: string, cause?: unknown) => AppError;
}

/** More than the pings of a window together bring, so that pings alone are no progress. */
const SIGN_OF_LIFE_BYTES = 1024;
const LOOKS_PER_TIMEOUT = 10;

/**
 * Ends every request that can have no answer any more. The library forgets requests when a line breaks (uploads hang
 * for ever), and a silent host breaks no line at all; so each request waits here for the first of: its answer, the end
 * of the line, or `timeoutMs` without any progress of the session.
 */
export class Lifeline {
  readonly #line: Line;
  readonly #waiting = new Set<(reason: AppError) => void>();
  readonly #timer: NodeJS.Timeout;
  #reason: AppError | undefined;
  #answers = 0;
  #seen = { answers: 0, readBytes: 0, sentBytes: 0 };
  #progressMs: number;

  constructor(line: Line) {
    this.#line = line;
    this.#progressMs = line.clock.monotonicMs();
    this.#timer = setInterval(() => this.#look(), Math.max(10, line.timeoutMs / LOOKS_PER_TIMEOUT)).unref();
  }

  /** Why the line is dead, or undefined while it lives. */
  get reason(): AppError | undefined {
    return this.#reason;
  }

  /** One request that is answered with something. Throws SftpRefusal, or what `cut` was given. */
  ask<T>(start: (done: Done<T>) => void): Promise<T> {
    return this.#hold<T>((resolve, reject) => {
      start((fault, answer) => {
        if (fault) reject(this.#refusal(fault));
        else if (answer === undefined) reject(this.#line.lost('the host sent an answer without content'));
        else resolve(answer);
      });
    });
  }

  /** One request that is answered with yes or no. */
  tell(start: (done: Done<unknown>) => void): Promise<void> {
    return this.#hold<void>((resolve, reject) => {
      start((fault) => (fault ? reject(this.#refusal(fault)) : resolve()));
    });
  }

  /** The same for a promise of the library. */
  race<T>(promise: Promise<T>): Promise<T> {
    return this.#hold<T>((resolve, reject) => void promise.then(resolve, reject));
  }

  /** The line is dead, now and for ever. Only the first reason counts. */
  cut(reason: AppError): void {
    if (this.#reason) return;
    this.#reason = reason;
    clearInterval(this.#timer);
    this.#line.socket.destroy();
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }

  #hold<T>(run: (resolve: (answer: T) => void, reject: (reason: unknown) => void) => void): Promise<T> {
    if (this.#reason) return Promise.reject(this.#reason);
    if (this.#waiting.size === 0) this.#progressMs = this.#line.clock.monotonicMs();
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject);
      const end = () => {
        this.#answers += 1;
        this.#waiting.delete(reject);
      };
      const settle =
        <A>(outcome: (value: A) => void) =>
        (value: A) => {
          end();
          outcome(value);
        };
      try {
        run(settle(resolve), settle(reject));
      } catch (thrown) {
        settle(reject)(thrown);
      }
    });
  }

  /** Without a status the library made it up, because the channel is gone or the bytes make no sense. */
  #refusal(fault: Error): Error {
    const status: unknown = Reflect.get(fault, 'code');
    if (typeof status === 'number') return new SftpRefusal(status, fault.message);
    return this.#reason ?? this.#line.lost(fault.message, fault);
  }

  #look(): void {
    const { socket, clock, timeoutMs, lost } = this.#line;
    const now = clock.monotonicMs();
    const sentBytes = socket.bytesWritten - socket.writableLength;
    const moved =
      this.#answers !== this.#seen.answers ||
      socket.bytesRead - this.#seen.readBytes >= SIGN_OF_LIFE_BYTES ||
      sentBytes - this.#seen.sentBytes >= SIGN_OF_LIFE_BYTES;
    if (moved || this.#waiting.size === 0) {
      this.#seen = { answers: this.#answers, readBytes: socket.bytesRead, sentBytes };
      this.#progressMs = now;
    } else if (now - this.#progressMs >= timeoutMs) {
      this.cut(lost(`the host has been silent for ${Math.round((now - this.#progressMs) / 100) / 10} s`));
    }
  }
}
