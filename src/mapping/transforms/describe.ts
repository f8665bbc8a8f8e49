import { z } from 'zod';
import { TRANSFORMATIONS } from './all.ts';
import type { Example, Transformation } from './transform.ts';

/** The reference of all transformations in Markdown, made of their definitions: docs/mappings.md holds it. */
export function describeTransformations(): string {
  return TRANSFORMATIONS.map(describeOne).join('\n\n');
}

function describeOne(one: Transformation): string {
  const parts = [`### \`${one.name}\``, one.summary, describeOptions(one), describeExamples(one)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function describeOptions(one: Transformation): string {
  const map = mapIn(one.options);
  if (!map) return '';
  const names = Object.keys(map.shape);
  const lines = Object.entries(map.shape).map(
    ([name, option]) => `- \`${name}\`${describeNeed(option)}: ${descriptionOf(option)}`,
  );
  if (one.options instanceof z.ZodUnion)
    lines.push('', `\`${names[0]}\` may stand alone in place of the options.`);
  return lines.join('\n');
}

/** The options as a map; undefined where they are written in no such form. */
function mapIn(options: z.core.$ZodType): z.ZodObject | undefined {
  if (options instanceof z.ZodObject) return options;
  if (options instanceof z.ZodPipe) return mapIn(options.in);
  return options instanceof z.ZodUnion ? options.options.map(mapIn).find((map) => map) : undefined;
}

function describeNeed(option: z.core.$ZodType): string {
  const whenMissing = z.safeParse(option, undefined);
  if (!whenMissing.success) return ', required';
  return whenMissing.data === undefined ? '' : `, default \`${inFlow(whenMissing.data)}\``;
}

function descriptionOf(option: z.core.$ZodType): string {
  const own = z.globalRegistry.get(option)?.description;
  return own ?? (option instanceof z.ZodOptional ? descriptionOf(option.unwrap()) : '');
}

function describeExamples(one: Transformation): string {
  const rows = one.examples.map((example) => {
    const step = code(writeStep(one.name, example.options));
    const result =
      example.flaw === undefined ? code(showText(example.gives ?? '')) : `rejected: \`${example.flaw}\``;
    const note = example.note === undefined ? '' : ` (${example.note})`;
    return `| ${step} | ${code(showInput(example))} | ${result}${note} |`;
  });
  return ['| apply | to | gives |', '| --- | --- | --- |', ...rows].join('\n');
}

/** A step as it is written in YAML, in one line. */
export function writeStep(name: string, options: unknown): string {
  return options === undefined ? name : `${name}: ${inFlow(options)}`;
}

function showInput(example: Example): string {
  const columns = Object.entries(example.row ?? {}).map(([name, value]) => `${name}: ${showText(value)}`);
  const lines = Object.entries(example.table ?? {}).map(([key, value]) => `${key} = ${value}`);
  if (lines.length > 0) return `${showText(example.value)} where the file has ${lines.join(', ')}`;
  if (example.category !== undefined) columns.push(`category: ${example.category}`);
  if (columns.length === 0) return showText(example.value);
  return example.value === '' ? columns.join(', ') : `${showText(example.value)}, ${columns.join(', ')}`;
}

/** A text as it stands, in quotes where its ends could not be seen. */
function showText(text: string): string {
  return text === '' || text.trim() !== text || /\p{Cc}/u.test(text) ? JSON.stringify(text) : text;
}

/** A bar would end the cell of the table. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function inFlow(value: unknown): string {
  if (typeof value === 'string') return inFlowText(value);
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Object.keys(value).length === 0) return '{}';
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${inFlow(inner)}`)
    .join(', ')} }`;
}

/** What YAML would take for something else than this text stands in quotes. */
function inFlowText(text: string): string {
  const isPlain = /^[A-Za-z][\w/. -]*$|^\d+\/?[A-Za-z][\w/.-]*$/.test(text) && !text.endsWith(' ');
  const isWord = !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain && isWord ? text : JSON.stringify(text);
}
