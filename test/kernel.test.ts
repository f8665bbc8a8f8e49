import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { compileKernel, KERNELS } from '../kernel/compile.ts';

describe('the kernels', () => {
  for (const kernel of KERNELS) {
    it(`of ${kernel.folder} are compiled from the sources that stand beside them`, async () => {
      const compiled = await readFile(join(import.meta.dirname, '..', kernel.module), 'utf8');
      expect(await compileKernel(kernel), 'run npm run kernels').to.equal(compiled);
    });
  }
});
