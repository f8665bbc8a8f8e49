import { raw } from 'hono/html';
import { type Answer, answerReader, type Todo, type Tone } from '../answer-reader.ts';
import { type Markup, markup } from '../markup.ts';
import { writeInstant } from '../plain-values.ts';
import type { Report } from '../schema.ts';
import { clip } from './html-table.ts';

/** What everybody who opens the page wants to know, before anything else. */
export function renderFirstScreen(report: Report): Markup {
  const { run } = report;
  const { wentOut, balance, todo } = answerReader(report);
  return markup`<header>
<p class="kind">Reconciliation report</p>
<h1>${run.connection}, ${run.business_date}</h1>
<p class="soft">Run ${run.id}<br>${describeRun(report)}</p>
</header>
<dl class="answers">
${renderAnswer('Did it go out?', wentOut)}${renderAnswer('Do the books balance?', balance)}${renderTodo(todo)}</dl>
`;
}

function describeRun({ run, lane, first_run }: Report): string {
  return [
    run.environment,
    `started ${writeInstant(run.started_at)} (${run.trigger})`,
    run.finished_at === '' ? '' : `ended ${writeInstant(run.finished_at)}`,
    lane === undefined ? '' : `only a part was meant: ${lane}`,
    first_run ? 'the first run of this connection' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** Beside the colour a sign, for who sees none. */
const SIGNS: Record<Tone, Markup> = {
  good: markup`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  bad: markup`<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>`,
  waits: markup`<path d="M12 5.5v8.5M12 17.6v.9"/>`,
  plain: markup`<path d="M6 12h12"/>`,
};

function renderSign(tone: Tone): Markup {
  return markup`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/>${SIGNS[tone]}</svg>`;
}

function renderAnswer(question: string, { tone, text }: Answer): Markup {
  return markup`<div class="${raw(tone)}"><dt>${renderSign(tone)}${question}</dt>
<dd>${text}</dd></div>
`;
}

function renderTodo(todo: readonly Todo[]): Markup {
  const tone = todo.length > 0 ? 'waits' : 'good';
  return markup`<div class="todo ${raw(tone)}"><dt>${renderSign(tone)}What needs a person?</dt>
<dd>${todo.length === 0 ? 'Nothing.' : markup`<ul>\n${todo.map(renderItem)}</ul>`}</dd></div>
`;
}

const LONGEST_LINE = 1000;

function renderItem({ text, command, after }: Todo): Markup {
  const typed = command === undefined ? markup`` : markup` <code class="command">${command}</code>`;
  return markup`<li>${clip(text, LONGEST_LINE)}${typed}${after === undefined ? '' : ` ${after}`}</li>
`;
}
