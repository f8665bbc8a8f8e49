import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { AppError } from '../errors/app-error.ts';
import { visibleText } from './visible-text.ts';

export type Markup = HtmlEscapedString;
type Part = Markup | string | number | undefined | readonly Part[];

/**
 * The one way in which this room makes HTML: `markup`<p>${text}</p>``.
 * A text is escaped and what cannot be seen in it is written out; only another markup goes in as it is.
 * Put texts between tags and nowhere else: not into a URL, a style or an attribute without quotes.
 */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  const made = html(strings, ...parts.map(showPart));
  if (made instanceof Promise)
    throw new AppError('defect', 'A report was made of a part that is not there yet.');
  return made;
}

/** An escaped string is an object that says so; a plain one never is. */
function showPart(part: Part): unknown {
  if (typeof part === 'string') return visibleText(part);
  return Array.isArray(part) ? part.map(showPart) : part;
}
