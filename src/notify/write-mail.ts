import type { Alert } from '../vocabulary/alert.ts';

export interface MailText {
  subject: string;
  text: string;
}

const WHAT = {
  held: 'a run waits for a person',
  failed: 'a run failed',
  out_of_balance: 'the books of a run do not balance',
  late: 'a drop is late',
  stale: 'a drop is stale',
  unanswered: 'a delivery was not answered',
  recovered: 'in order again',
  digest: 'the day in short',
} as const;

/** An alert in words. A line end in a title would begin another header, so it is none here. */
export function writeMail(alert: Alert): MailText {
  const { kind, title, environment, at, run, sentence, hint } = alert;
  const of = environment === 'sandbox' ? `${title} (sandbox)` : title;
  const subject = kind === 'digest' ? `Rosterferry: ${WHAT.digest}` : `Rosterferry: ${of}: ${WHAT[kind]}`;
  const lines = [
    sentence,
    ...(hint === '' ? [] : ['', `What to do: ${hint}`]),
    ...(run === undefined ? [] : ['', `Run: ${run}`]),
    '',
    `Noticed at ${at}.`,
    'Rosterferry sends this by itself; nobody reads an answer.',
  ];
  return { subject: subject.replaceAll(/\s+/g, ' '), text: `${lines.join('\n')}\n` };
}
