import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

/** Each a folder here, and the module of src that has it compiled. */
export const KERNELS: readonly { folder: string; module: string; name: string }[] = [
  { folder: 'print', module: 'src/bytewise/print-kernel.ts', name: 'PRINT_KERNEL' },
  { folder: 'line', module: 'src/bytewise/line-kernel.ts', name: 'LINE_KERNEL' },
  { folder: 'scan', module: 'src/parse/scan-kernel.ts', name: 'SCAN_KERNEL' },
];

const OUT = 'kernel.wasm';
/** No runtime: the kernels allocate nothing, and the memory is laid out by whoever runs them. */
const OPTIONS = [
  ...(process.env.NAMES ? ['--debug'] : []),
  '-O3',
  '--runtime',
  'stub',
  '--noAssert',
  '--enable',
  'simd',
  '--importMemory',
];
const LINE_WIDTH = 100;

/** The text of the module that has this kernel. */
export async function compileKernel({ folder, name }: (typeof KERNELS)[number]): Promise<string> {
  let binary: Uint8Array = new Uint8Array();
  const { error, stderr } = await asc.main([`${folder}/run.ts`, ...OPTIONS, '--outFile', OUT], {
    readFile: (file) => readFile(join(import.meta.dirname, file), 'utf8').catch(() => null),
    writeFile: (file, contents) => {
      if (file === OUT && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error)
    throw new Error(`The kernel ${folder} cannot be compiled\n${stderr.toString()}`, { cause: error });
  const text = Buffer.from(binary).toString('base64');
  const lines = text.match(new RegExp(`.{1,${LINE_WIDTH}}`, 'g')) ?? [];
  return [
    `/** Compiled from kernel/${folder} by \`npm run kernels\`: WebAssembly as base64. */`,
    `export const ${name} = [`,
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}
