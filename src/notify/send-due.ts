import { type AppError, asAppError } from '../errors/app-error.ts';
import type { Logger } from '../log/logger.ts';
import type { Channel, Message } from '../vocabulary/alert.ts';

/** Messages that wait, as the ledger keeps them. */
export interface WaitingMessages {
  claimDue(nowMs: number, leaseMs: number): Promise<(Message & { tries: number; postedMs: number })[]>;
  arrived(id: string): Promise<void>;
  putOff(id: string, untilMs: number): Promise<void>;
}

/** Sends one message; throws where it did not arrive. */
export type Senders = Readonly<Record<Channel, (message: Message) => Promise<void>>>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Longer than any one try takes, so that nobody else tries meanwhile. */
const LEASE_MS = 5 * MINUTE_MS;
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS];
const LONGEST_WAIT_MS = 4 * HOUR_MS;
const GIVEN_UP_MS = 72 * HOUR_MS;

/** Sends what is due. What does not arrive is put off, each time longer, and given up after three days; answers the errors. */
export async function sendDue(
  waiting: WaitingMessages,
  senders: Senders,
  { now, logger }: { now(): number; logger: Logger },
): Promise<AppError[]> {
  const due = await waiting.claimDue(now(), LEASE_MS);
  const sent = await Promise.all(
    due.map(async (message) => {
      const { id, channel, connection, tries, alert } = message;
      const about = { connection, channel, event: alert.kind, message: id };
      try {
        await senders[channel](message);
        await waiting.arrived(id);
        logger.info(about, 'told');
        return [];
      } catch (thrown) {
        const error = asAppError(thrown);
        const isGivenUp = now() - message.postedMs > GIVEN_UP_MS;
        const waitMs = WAITS_MS[tries] ?? LONGEST_WAIT_MS;
        if (isGivenUp) await waiting.arrived(id);
        else await waiting.putOff(id, now() + waitMs);
        const then = isGivenUp ? 'given up after three days' : 'trying again';
        logger.error(
          { ...about, code: error.code, why: error.message, waitMs },
          `a message did not arrive, ${then}`,
        );
        return [error];
      }
    }),
  );
  return sent.flat();
}
