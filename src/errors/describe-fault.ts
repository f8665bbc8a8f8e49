/**
 * What a thrown thing that is none of ours may say for itself. Messages of the engine, of Node and of packages quote what
 * they were handed, and that may be a value of a student or a secret: only kinds, codes, places in our own files, and
 * sentences that cannot quote anything are told.
 */
export function describeFault(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `Something was thrown that is no error: a ${typeof thrown}`;
  if (isOfSystem(thrown)) return thrown.message;
  const where = placeIn(thrown);
  return `${nameOf(thrown)}${codeOf(thrown)}${sayingOf(thrown)}${where === undefined ? '' : `, in ${where}`}`;
}

/** Its calls without its message, as a trace for whoever mends it. */
export function traceOf(thrown: Error): string {
  return [describeFault(thrown), ...framesOf(thrown)].join('\n');
}

const FRAME = /^ {4}at .*(?:\d|\))$/;
const OUR_FRAME = /\/(?:src|dist)\/((?:[\w-]+\/)*[\w-]+\.[jt]s:\d+:\d+)\)?$/;

/** What says nothing but words of the program itself. */
const QUOTES_NOTHING =
  /^(?:Cannot (?:read|set) properties of (?:undefined|null)|[\w.[\]()]+ is not (?:a function|a constructor|iterable|defined)$|Maximum call stack size exceeded$|Invalid (?:array|string) length$|Invalid time value$)/;

/** A fault of a call of the system: a code, the call and a path. */
function isOfSystem(error: Error): boolean {
  return 'syscall' in error && /^E[A-Z0-9]+$/.test(codeIn(error));
}

function codeIn(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function codeOf(error: Error): string {
  const code = codeIn(error);
  return /^[A-Z][A-Z0-9_]*$/.test(code) ? ` ${code}` : '';
}

function nameOf({ name }: Error): string {
  return /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error';
}

function sayingOf({ message }: Error): string {
  const said = QUOTES_NOTHING.exec(message)?.[0];
  return said === undefined ? '' : ` (${said})`;
}

function placeIn(error: Error): string | undefined {
  for (const line of framesOf(error)) {
    const place = OUR_FRAME.exec(line)?.[1];
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The stack begins with the message, whose lines may look like calls. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  const calls = start < 0 ? stack : stack.slice(start + message.length);
  return calls.split('\n').filter((line) => FRAME.test(line));
}
