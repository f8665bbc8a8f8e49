import type { Alert, Message } from '../../src/vocabulary/alert.ts';

export const ALERT: Alert = {
  kind: 'held',
  connection: 'riverside',
  title: 'Riverside USD to Enroll',
  environment: 'production',
  at: '2026-11-22T03:30:00.000-06:00',
  run: '20261122T093000Z-riverside-000001',
  sentence: 'The run waits for a person.',
  hint: 'Approve or cancel it.',
};

export function aMessage(change: Partial<Message> = {}): Message {
  return {
    id: 'a1',
    connection: 'riverside',
    channel: 'email',
    to: ['kim@district.example'],
    alert: ALERT,
    ...change,
  };
}
