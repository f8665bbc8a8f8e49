import type { AnswerMemory, RefusedStudent, StudentAnswer } from '../../src/ledger/answer-memory.ts';
import { linkedIds } from './memory-ledger-sent.ts';
import type { ConnectionState } from './memory-ledger-state.ts';

/** What importing systems answered, from plain lists. */
export function openMemoryAnswers(connections: ReadonlyMap<string, ConnectionState>): AnswerMemory {
  const said = (connection: string, id: string) =>
    (connections.get(connection)?.answers ?? []).filter((one) => one.id === id);
  return {
    async about(id, connection) {
      const names = [...connections.keys()].filter((name) => !connection || name === connection).sort();
      return names.flatMap((name) => {
        const files = [...(connections.get(name)?.files.values() ?? [])];
        const ids = new Set([id, ...files.flatMap(({ links }) => [...linkedIds(links, id)])]);
        return (connections.get(name)?.answers ?? []).filter((one) => ids.has(one.id));
      });
    },
    async refused(connection) {
      const state = connections.get(connection);
      const ids = [...new Set((state?.answers ?? []).map((one) => one.id))].sort();
      const isDelivered = (id: string) =>
        [...(state?.files.values() ?? [])].some(({ records }) => records.get(id)?.deactivated === false);
      return ids.filter(isDelivered).flatMap((id) => asRefused(said(connection, id)));
    },
    async acknowledgements(connection) {
      return (connections.get(connection)?.acknowledgements ?? []).toReversed();
    },
    async known(connection, run, ids) {
      const files = [...(connections.get(connection)?.files.values() ?? [])];
      return new Map(
        [...ids].flatMap((id) => {
          const touches = files.flatMap((file) => file.touches.filter((touch) => touch.id === id));
          if (touches.length === 0) return [];
          const last = said(connection, id).at(-1);
          const { verdict, status, message } = last ?? {};
          const isTouched = touches.some((touch) => touch.run.id === run);
          return [
            [
              id,
              {
                isTouched,
                last: last && verdict ? { verdict, status: status ?? '', message: message ?? '' } : undefined,
              },
            ],
          ];
        }),
      );
    },
  };
}

function asRefused(answers: readonly StudentAnswer[]): RefusedStudent[] {
  const last = answers.at(-1);
  const first = answers[answers.findLastIndex(({ verdict }) => verdict === 'accepted') + 1];
  if (last?.verdict !== 'refused' || !first) return [];
  return [{ ...last, sinceRun: first.acknowledgement.run, since: first.acknowledgement.at }];
}
