import type { z } from 'zod';
import { showValue } from './word-values.ts';

/**
 * What zod says of a value whose kind is right, as a sentence: the value that was found and what it must be.
 * @param name the path of the value
 */
export function wordIssue(issue: z.core.$ZodIssue, name: string, value: unknown): string {
  const shown = `${name} is ${showValue(value)}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') return `${shown}, but ${limitOf(issue)}`;
  if (issue.code === 'invalid_format') return `${shown}, but must ${formatOf(issue)}`;
  const message = issue.message.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
  if (message.startsWith('must ')) return `${shown}, but ${message}`;
  if (typeof value === 'object')
    return STARTS_WITH_VERB.test(message) ? `${name} ${message}` : `${name}: ${message}`;
  return STARTS_WITH_VERB.test(message) ? `${name} (${showValue(value)}) ${message}` : `${shown}: ${message}`;
}

/** The rooms' own messages speak of the value as "it", left out: "is listed as active as well". */
const STARTS_WITH_VERB =
  /^(?:is|are|has|have|needs|maps|names|says|cannot|lacks|takes|lies|stands|belongs|ends|begins) /;

function limitOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [word, limit] = issue.code === 'too_small' ? ['at least', issue.minimum] : ['at most', issue.maximum];
  if (issue.origin === 'string')
    return limit === 1 && word === 'at least'
      ? 'must not be blank'
      : `must have ${word} ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (issue.origin === 'array') return `must have ${word} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `must be ${word} ${limit}`;
}

/** A message of a room says what the text must be; zod's own starts with Invalid and shows a pattern. */
function formatOf(issue: z.core.$ZodIssueInvalidStringFormat): string {
  if (!issue.message.startsWith('Invalid')) return `be ${issue.message.replace(/^must be /, '')}`;
  if (issue.format === 'date') return 'be a day such as 2026-09-01';
  if (issue.format === 'includes' && 'includes' in issue) return `have ${String(issue.includes)} in it`;
  return issue.pattern === undefined ? `be a ${issue.format}` : `fit the pattern ${issue.pattern}`;
}

/** What a room itself knows to be nearest to a word of which there are too many to be listed. */
export function hintOf(issue: z.core.$ZodIssue, value: unknown): string | undefined {
  if (issue.code !== 'custom' || typeof value !== 'string') return undefined;
  const near: unknown = issue.params?.nearest;
  return typeof near === 'string' ? `Did you mean ${near}?` : undefined;
}
