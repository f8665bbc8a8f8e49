/**
 * The module that a thread runs: as TypeScript in a checkout, as JavaScript in the published package.
 * @param name without its ending, as it lies beside the module that asks
 * @param asking import.meta.url of that module
 */
export function workerModule(name: string, asking: string): URL {
  return new URL(`./${name}${asking.endsWith('.ts') ? '.ts' : '.js'}`, asking);
}
