import { studentOf } from '../vocabulary/memory.ts';
import { mappedValue, type Questions } from './compile-questions.ts';

/** The questions of a run for programs: what --json prints of them. */
export function reviewDocument({ asked }: Questions): object[] {
  return asked.map((question) => {
    const { item, targets, answer } = question;
    const { kind, file, id, field, why, candidates, existing, values, choices, holdsRun } = item;
    return {
      kind,
      file,
      student_id: studentOf(id),
      field,
      why,
      candidates,
      ...(kind === 'difference' && { existing, new: mappedValue(question, field) }),
      values: Object.fromEntries(values.map((value, at) => [targets[at] ?? `field ${at + 1}`, value])),
      decisions: choices.map((choice) => (choice === 'match' ? 'match:ID' : choice)),
      holds_run: holdsRun,
      decision: answer?.choice ?? null,
    };
  });
}
