import type { AppError } from '../../errors/app-error.ts';
import type { AlertState } from '../../vocabulary/alert.ts';
import type { ConnectionStatus, OpenRunStatus } from '../connection-status.ts';

/** A connection that could not be carried, and since when. */
export interface Trouble {
  error: AppError;
  sinceMs: number;
}

/** What is not as it should be about a connection now: the same sentences to a person whoever asks. */
export function alertStates(status: ConnectionStatus, trouble: Trouble | undefined): AlertState[] {
  const { connection, last, open, lateDay, stale, answer } = status;
  const states: AlertState[] = [];
  if (open?.outcome === 'held') states.push(heldState(open));
  if (last?.run.outcome === 'failed') {
    const { id } = last.run;
    const { code = '', message = 'It does not say why.', hint = '' } = last.error ?? {};
    const kind = code === 'out_of_balance' ? 'out_of_balance' : 'failed';
    const sentence = `The run ${id} failed and nothing was delivered: ${message}`;
    states.push({ kind, subject: id, run: id, sentence, hint });
  }
  if (trouble) {
    const { code, message, hint } = trouble.error;
    const sentence = `No drop could be carried: ${message}`;
    states.push({ kind: 'failed', subject: `trouble ${code}`, sentence, hint });
  }
  if (lateDay !== undefined)
    states.push({
      kind: 'late',
      subject: lateDay,
      sentence: `The drop of ${lateDay}, expected by ${connection.settings.expect?.by}, was not carried.`,
      hint: 'Ask the district whether its export ran; rosterferry status shows what is there.',
    });
  if (stale)
    states.push({
      kind: 'stale',
      subject: stale.run,
      run: stale.run,
      sentence: `${stale.file} was ${hoursOf(stale.ageMs)} old when it was taken, and may be ${connection.settings.expect?.newer_than} at most.`,
      hint: 'Ask the district whether its export still runs, or sends an old file again.',
    });
  if (answer?.unanswered) {
    const { run, deliveredAt, within } = answer.unanswered;
    states.push({
      kind: 'unanswered',
      subject: run,
      run,
      sentence: `The importing system has not answered what the run ${run} delivered at ${deliveredAt}; ${within} is what it may take.`,
      hint: 'Look whether it has read the files; rosterferry acknowledge reads a result file that lies elsewhere with --file.',
    });
  }
  return states;
}

function heldState({ id, heldReasons }: OpenRunStatus): AlertState {
  return {
    kind: 'held',
    subject: id,
    run: id,
    sentence: ['The run waits for a person, and so does every later drop.', ...heldReasons].join(' '),
    hint: `rosterferry review ${id} shows what it waits for; then approve or cancel it.`,
  };
}

const HOUR_MS = 3_600_000;

function hoursOf(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
