/** Compiles every kernel into its module of src. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileKernel, KERNELS } from './compile.ts';

for (const kernel of KERNELS)
  await writeFile(join(import.meta.dirname, '..', kernel.module), await compileKernel(kernel));
