import type { ServiceMemory, WaitingMessage } from '../../src/ledger/service-memory.ts';
import type { AlertState } from '../../src/vocabulary/alert.ts';

/** What the service remembers, in plain maps. */
export function openMemoryService(): ServiceMemory {
  const looked = new Map<string, number>();
  const off = new Map<string, string>();
  const told = new Map<string, readonly AlertState[]>();
  let outbox: (WaitingMessage & { nextMs: number })[] = [];
  const service: ServiceMemory = {
    async schedule(connection) {
      const lookedUntilMs = looked.get(connection);
      const offSince = off.get(connection);
      return { ...(lookedUntilMs !== undefined && { lookedUntilMs }), ...(offSince && { offSince }) };
    },
    async noteLooked(connection, atMs) {
      looked.set(connection, atMs);
    },
    async switchOff(connection, run) {
      if (run === null) off.delete(connection);
      else off.set(connection, run);
    },
    async settle(connection, states, compose) {
      const before = told.get(connection) ?? [];
      const begun = states.filter(
        ({ kind, subject }) => !before.some((one) => one.kind === kind && one.subject === subject),
      );
      const over = states.length === 0 ? before.map(({ kind }) => kind) : [];
      const isChanged = begun.length > 0 || over.length > 0;
      const { messages, nowMs } = isChanged ? compose({ begun, over }) : { messages: [], nowMs: 0 };
      told.set(connection, states);
      await service.post(messages, nowMs);
    },
    async post(messages, nowMs) {
      outbox.push(...messages.map((one) => ({ ...one, tries: 0, postedMs: nowMs, nextMs: nowMs })));
    },
    async claimDue(nowMs, leaseMs) {
      const due = outbox.filter((one) => one.nextMs <= nowMs || one.postedMs > nowMs);
      return due.map((one) => {
        const { nextMs: _, ...claimed } = one;
        Object.assign(one, {
          nextMs: nowMs + leaseMs,
          tries: one.tries + 1,
          postedMs: Math.min(one.postedMs, nowMs),
        });
        return claimed;
      });
    },
    async arrived(id) {
      outbox = outbox.filter((one) => one.id !== id);
    },
    async putOff(id, untilMs) {
      for (const one of outbox) if (one.id === id) one.nextMs = untilMs;
    },
    async waiting() {
      const posted = outbox.map(({ postedMs }) => postedMs);
      return { count: outbox.length, oldestMs: posted.length === 0 ? undefined : Math.min(...posted) };
    },
  };
  return service;
}
