/** What a kernel runs: see the `run` of its sources. */
export type RunKernel = (...numbers: number[]) => number;

/** Each is compiled once a thread. */
const compiled = new Map<string, WebAssembly.Module>();

/**
 * @param text of the module, in base64
 * @param asks what the kernel may ask its host
 */
export function openKernel(
  text: string,
  memory: WebAssembly.Memory,
  asks: Record<string, RunKernel> = {},
): RunKernel {
  const module = compiled.get(text) ?? new WebAssembly.Module(Buffer.from(text, 'base64'));
  compiled.set(text, module);
  const { run } = new WebAssembly.Instance(module, { env: { memory }, asks }).exports;
  if (!run) throw new TypeError('The kernel runs nothing');
  return run;
}
