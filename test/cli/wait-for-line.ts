import type { ChildProcess } from 'node:child_process';

/** What a process says on stderr up to and with a text; fails, and ends the process, where it does not come. */
export async function waitForLine(
  child: ChildProcess,
  text: string | RegExp,
  timeoutMs = 10_000,
): Promise<string> {
  let said = '';
  const isSaid = () => (typeof text === 'string' ? said.includes(text) : text.test(said));
  const timeout = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    for await (const chunk of child.stderr?.iterator({ destroyOnReturn: false }) ?? []) {
      said += String(chunk);
      if (isSaid()) return said;
    }
  } finally {
    clearTimeout(timeout);
  }
  throw new Error(`it never said ${text}:\n${said}`);
}
