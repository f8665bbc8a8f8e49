import type { DatabaseSync } from 'node:sqlite';
import type { RunsAsked } from './disclosure.ts';
import { openLayouts } from './layouts.ts';
import type { AppliedRun, Disclosure } from './ledger.ts';
import { prepareQuery } from './query.ts';
import { rememberRuns } from './read-runs.ts';
import { openStandings } from './read-standings.ts';
import { openStudentIds } from './student-ids.ts';

/**
 * Every delivery that carried a student. Nothing is written down for each student and night: who was in a file follows
 * from when they came and went, and from how the file went out. So it costs one walk over the deliveries of a connection.
 */
export function readDisclosures(database: DatabaseSync, student: string, asked: RunsAsked): Disclosure[] {
  const files = prepareQuery(
    database,
    'SELECT connection, file, name FROM files WHERE ?1 IS NULL OR connection = ?1 ORDER BY connection, name',
  ).all(asked.connection ?? null);
  const { linkedWith, dependantsOf } = openStudentIds(database);
  const read = openReader(database);
  const connections = Map.groupBy(files, ([name]) => String(name));
  return [...connections.values()].flatMap((own) => {
    const numbers = own.map(([, file, name]) => ({ file: Number(file), name: String(name) }));
    const students = new Set(numbers.flatMap(({ file }) => [...linkedWith(file, student)]));
    const found = numbers.flatMap(({ file, name }) => {
      const dependants = [...students].flatMap((one) => dependantsOf(file, one));
      return read({ file, name, students: [...linkedWith(file, student)], dependants });
    });
    const inOrder = found.toSorted((one, other) => one.seq - other.seq);
    return inOrder.flatMap(({ seq: _, ...disclosure }) => {
      const outputs = disclosure.outputs.filter(({ deliveredAt }) =>
        isWithin(deliveredAt.slice(0, 10), asked),
      );
      return outputs.length > 0 ? [{ ...disclosure, outputs }] : [];
    });
  });
}

function isWithin(day: string, { from, to }: RunsAsked): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

interface AskedFile {
  file: number;
  name: string;
  students: readonly string[];
  dependants: readonly string[];
}

function openReader(database: DatabaseSync) {
  const layouts = openLayouts(database);
  const runOf = rememberRuns(database);
  const sentWhen = openSentWhen(database);
  const deliveries = prepareQuery(
    database,
    `SELECT seq, runs.id, layout, how FROM deliveries JOIN runs USING (seq)
     WHERE file = ? AND outputs IS NOT NULL ORDER BY seq`,
  );
  return ({ file, name, students, dependants }: AskedFile): (Disclosure & { seq: number })[] => {
    const records = [...students, ...dependants].map((one) => sentWhen(file, one));
    return deliveries.all(file).flatMap(([at, id, layout, how]) => {
      const seq = Number(at);
      // Each is asked about every delivery, in their order.
      if (!records.map((wasSent) => wasSent(seq, String(how))).includes(true)) return [];
      const run: AppliedRun = runOf(String(id));
      const outputs = run.outputs?.filter((output) => output.name === name) ?? [];
      const fields = layouts.targetsOf(Number(layout));
      return [{ seq, run, file: name, fields, outputs }];
    });
  };
}

/** Whether a record was in a delivery; asked about one delivery after the other. */
type WasSent = (seq: number, how: string) => boolean;

function openSentWhen(database: DatabaseSync): (file: number, id: string) => WasSent {
  const standingsOf = openStandings(database);
  const presences = prepareQuery(database, 'SELECT seq, presence FROM presences WHERE file = ? AND id = ?');
  return (file, id) => {
    const standings = standingsOf(file, id);
    const noted = presences.all(file, id).map(([seq, presence]) => ({ seq: Number(seq), presence }));
    const said = Map.groupBy(noted, ({ seq }) => seq);
    let at = 0;
    let isKnown = false;
    return (seq, how) => {
      let isTouched = false;
      for (let one = standings[at]; one && one.seq <= seq; one = standings[++at]) {
        isKnown = one.isKnown;
        if (one.seq === seq) isTouched ||= one.isSent;
      }
      const own = said.get(seq)?.map(({ presence }) => presence) ?? [];
      if (own.includes('kept_back')) return false;
      if (own.includes('sent_again') || own.includes('last_row')) return true;
      return isTouched || (how === 'full' && isKnown);
    };
  };
}
