import type { AlertState, Message } from '../vocabulary/alert.ts';

/**
 * What the service remembers for itself, beside what sealed runs taught: until when schedules were followed, who was told
 * what, and what is still to be told. It is no part of `dump`, a rebuild takes it along, and without it nothing is
 * delivered twice: at worst a look or a mail too many.
 */
export interface ServiceMemory {
  /** Of a connection that is not known: nothing in it. */
  schedule(connection: string): Promise<ScheduleMemory>;
  /** Until when the due times of a schedule have been looked after, in milliseconds since 1970. */
  noteLooked(connection: string, atMs: number): Promise<void>;
  /** The schedule is switched off, after this run; with null it is on again. */
  switchOff(connection: string, run: string | null): Promise<void>;

  /**
   * Holds the states in which a connection is now against those that were told; `compose` makes the messages of what
   * changed. They are in the outbox when the promise is fulfilled, and no two callers compose for the same change.
   */
  settle(connection: string, states: readonly AlertState[], compose: Compose): Promise<void>;
  /** Puts messages into the outbox that follow from no state. */
  post(messages: readonly Message[], nowMs: number): Promise<void>;
  /**
   * Messages that are due, the oldest first. Until `leaseMs` have passed nobody else gets them; what is neither `arrived`
   * nor `putOff` by then is due again.
   */
  claimDue(nowMs: number, leaseMs: number): Promise<WaitingMessage[]>;
  arrived(id: string): Promise<void>;
  putOff(id: string, untilMs: number): Promise<void>;
  waiting(): Promise<Outbox>;
}

export interface ScheduleMemory {
  lookedUntilMs?: number;
  /** The run after which the schedule was switched off. */
  offSince?: string;
}

/** What became of the states of a connection since they were told last. */
export interface StateChange {
  begun: readonly AlertState[];
  /** Kinds of what was told before and is over, where nothing is left; otherwise none. */
  over: readonly string[];
}

export type Compose = (change: StateChange) => { messages: readonly Message[]; nowMs: number };

export interface WaitingMessage extends Message {
  /** Tries so far. */
  tries: number;
  postedMs: number;
}

export interface Outbox {
  count: number;
  /** When the oldest message was posted; undefined where none waits. */
  oldestMs: number | undefined;
}
