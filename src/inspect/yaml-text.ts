/** Words that YAML takes for something else than text, or that people take so. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|null|y|n|~)$/i;
const PLAIN = /^[\p{L}_][\p{L}\p{N}_./-]*(?: [\p{L}\p{N}_./-]+)*$/u;

/** A plain value as YAML on one line. Text stays text whatever it looks like. */
export function yamlText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(yamlText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    const pairs = entries.map(([key, one]) => `${yamlText(key)}: ${yamlText(one)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  return String(value);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !NOT_TEXT.test(text);
}

/** A comment in one line, whatever a header has in it. */
export function commentText(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
