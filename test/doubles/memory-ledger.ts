import { deserialize, serialize } from 'node:v8';
import type { RunsAsked } from '../../src/ledger/disclosure.ts';
import type { AppliedRun, DeliveredView, Disclosure, HistoryEntry, Ledger } from '../../src/ledger/ledger.ts';
import { asRecordEntry, type ToldEntry } from '../../src/ledger/written-record.ts';
import {
  DEPENDANT_MARK,
  type DeliveredRecord,
  type MemoryEntry,
  type RecordDecision,
} from '../../src/vocabulary/memory.ts';
import { openMemoryAnswers } from './memory-answers.ts';
import { dumpConnection, dumpRun } from './memory-ledger-dump.ts';
import { countSent, linkedIds, listSent, strike } from './memory-ledger-sent.ts';
import {
  applyTo,
  type ConnectionState,
  type Known,
  keyOf,
  nextId,
  type Touch,
  unreadable,
} from './memory-ledger-state.ts';
import { openMemoryService } from './memory-service.ts';

/** The ledger in plain maps: what the others are held against. It remembers nothing beyond the process. */
export class MemoryLedger implements Ledger {
  #runs: AppliedRun[] = [];
  #connections = new Map<string, ConnectionState>();
  readonly service = openMemoryService();
  readonly answers = openMemoryAnswers(this.#connections);

  async apply(run: AppliedRun, entries: AsyncIterable<ToldEntry>): Promise<void> {
    if (this.#runs.some((one) => one.id === run.id)) return;
    const all = await Array.fromAsync(entries, (one) => (one.kind === 'written' ? asRecordEntry(one) : one));
    const state = structuredClone(this.#of(run.connection));
    const opened = new Set<string>();
    for (const entry of all) {
      if (entry.kind === 'file') opened.add(entry.file);
      else if ('file' in entry && !opened.has(entry.file)) throw unreadable();
      applyTo(state, { run, turn: this.#runs.length }, entry);
    }
    countSent(state, run, all);
    const recipient = all.find((entry) => entry.kind === 'recipient');
    const { title = '', destination = '' } = recipient ?? {};
    this.#runs.push(recipient ? { ...run, recipient: { title, destination } } : run);
    for (const entry of all)
      if (entry.kind === 'destroyed') {
        strike(state, run, entry.runs);
        this.#strike(run, entry.runs);
      }
    this.#connections.set(run.connection, state);
  }

  async delivered(connection: string, file: string): Promise<DeliveredView> {
    const state = this.#of(connection).files.get(file);
    const records = [...(state?.records.values() ?? [])];
    const targets = state?.targets ?? [];
    return {
      count: records.filter((one) => !one.deactivated).length,
      targets,
      bytes: state?.bytes,
      async *index() {
        if (records.length > 0) yield records.map(({ fields: _, ...entry }) => entry);
      },
      fetch: async (ids) =>
        new Map(records.filter(({ id }) => ids.includes(id)).map((one) => [one.id, asRecord(one, targets)])),
    };
  }

  async *runs(connection?: string, { from = '', to = '9999' }: Pick<RunsAsked, 'from' | 'to'> = {}) {
    const runs = this.#runs.filter(
      (one) =>
        (connection === undefined || one.connection === connection) &&
        one.businessDate >= from &&
        one.businessDate <= to,
    );
    if (connection === undefined) runs.sort((one, other) => (one.id < other.id ? -1 : 1));
    yield* runs.reverse();
  }

  async findRun(id: string) {
    return this.#runs.find((one) => one.id === id);
  }

  async generation(connection: string) {
    const runs = this.#runs.filter((one) => one.connection === connection);
    return { runs: runs.length, last: runs.at(-1) };
  }

  async history(id: string, connection?: string): Promise<HistoryEntry[]> {
    const names = [...this.#connections.keys()].filter((name) => !connection || name === connection).sort();
    return names.flatMap((name) => {
      const files = [...this.#of(name).files].sort();
      const students = [...new Set(files.flatMap(([, { links }]) => [...linkedIds(links, id)]))];
      const told = files.flatMap(([file, { touches, links }]) => {
        const ids = linkedIds(links, id);
        const isOwn = (one: string) =>
          ids.has(one) || students.some((student) => one.startsWith(`${student}${DEPENDANT_MARK}`));
        const order = (touch: Touch) => touch.turn * 2 + Number(!touch.isBirth);
        const own = touches.filter((touch) => isOwn(touch.id)).sort((a, b) => order(a) - order(b));
        return own.map((touch) => ({ ...touch, file }));
      });
      const inTurn = told.sort((one, other) => one.turn - other.turn);
      return inTurn.map(({ isBirth: _, turn: __, ...touch }) => touch);
    });
  }

  async disclosures(id: string, asked: RunsAsked): Promise<Disclosure[]> {
    const names = [...this.#connections.keys()].filter(
      (name) => !asked.connection || name === asked.connection,
    );
    return names.sort().flatMap((name) => {
      const { files } = this.#of(name);
      const students = [...files.values()].flatMap(({ links }) => [...linkedIds(links, id)]);
      const isOfStudent = (one: string) =>
        students.some((student) => one.startsWith(`${student}${DEPENDANT_MARK}`));
      return listSent(
        files,
        this.#runs,
        (links, ids) => {
          const own = linkedIds(links, id);
          return ids.some((one) => own.has(one) || isOfStudent(one));
        },
        asked,
      );
    });
  }

  #strike(by: AppliedRun, ids: readonly string[]): void {
    const isStruck = (run: AppliedRun) =>
      run.connection === by.connection && ids.includes(run.id) && run.destroyedBy === undefined;
    this.#runs = this.#runs.map((run) => (isStruck(run) ? { ...run, destroyedBy: by.id } : run));
  }

  async decide(connection: string, decision: RecordDecision) {
    this.#of(connection).said.set(keyOf(decision), decision);
  }

  async decisions(connection: string) {
    const { sealed, said } = this.#of(connection);
    return [...new Map([...sealed, ...said]).values()].sort(byRecord);
  }

  async temporaryIds(
    connection: string,
    prefix: string,
    keys: readonly string[],
    { remember }: { remember: boolean },
  ) {
    const { given } = this.#of(connection);
    const answer = new Map<string, string>();
    for (const key of keys) {
      const found = given.find((one) => one.prefix === prefix && one.key === key);
      if (!found && !remember) continue;
      const id = found?.id ?? nextId(given, prefix);
      if (!found) given.push({ prefix, key, id, isSealed: false });
      answer.set(key, id);
    }
    return answer;
  }

  async *unsealed(connection: string): AsyncGenerator<MemoryEntry> {
    const { given, said } = this.#of(connection);
    for (const { prefix, key, id, isSealed } of given)
      if (!isSealed) yield { kind: 'temporary_id', prefix, key, id };
    for (const decision of [...said.values()].sort(byRecord)) yield { kind: 'decision', decision };
  }

  async *checkpoint(connection: string) {
    const { said: _, given, ...state } = this.#of(connection);
    const runs = this.#runs.filter((run) => run.connection === connection);
    const sealed = { ...state, said: new Map(), given: given.filter(({ isSealed }) => isSealed) };
    yield serialize({ runs, state: sealed }).toString('base64');
  }

  async restore(connection: string, lines: AsyncIterable<string>) {
    for await (const line of lines) {
      const { runs, state } = deserialize(Buffer.from(line, 'base64'));
      this.#runs.push(...runs);
      this.#connections.set(connection, state);
    }
  }

  async *dump() {
    for (const connection of [...this.#connections.keys()].sort()) {
      const runs = this.#runs.filter((run) => run.connection === connection);
      for (const [at, run] of runs.entries()) yield JSON.stringify(dumpRun(run, at + 1));
      for (const line of dumpConnection(connection, this.#of(connection))) yield JSON.stringify(line);
    }
  }

  async close() {}
  async [Symbol.asyncDispose]() {}

  #of(connection: string): ConnectionState {
    const known = this.#connections.get(connection);
    if (known) return known;
    const state = {
      files: new Map(),
      sealed: new Map(),
      said: new Map(),
      given: [],
      acknowledgements: [],
      answers: [],
    };
    this.#connections.set(connection, state);
    return state;
  }
}

function asRecord(known: Known, targets: readonly string[]): DeliveredRecord {
  const { id, mapped, active, school, grade, fields } = known;
  return { id, values: targets.map((target) => fields.get(target) ?? ''), mapped, active, school, grade };
}

function byRecord(one: RecordDecision, other: RecordDecision): number {
  for (const key of ['file', 'id', 'field'] as const)
    if (one[key] !== other[key]) return one[key] < other[key] ? -1 : 1;
  return 0;
}
