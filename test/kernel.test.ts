import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { compileKernel, KERNELS } from '../kernel/compile.ts';
import { CELL, COMBINATIONS, FOUND, OPENING, PLAN, VALUES } from '../src/bytewise/structures.ts';
import { SCAN } from '../src/parse/scan-memory.ts';

const STRUCTURES: readonly [file: string, name: string, names: readonly string[]][] = [
  ['line/plan.ts', 'Plan', PLAN.names],
  ['line/plan.ts', 'Cell', CELL.names],
  ['line/plan.ts', 'Combinations', COMBINATIONS.names],
  ['line/plan.ts', 'Opening', OPENING.names],
  ['line/plan.ts', 'Found', FOUND.names],
  ['line/values.ts', 'Values', VALUES.names],
  ['scan/plan.ts', 'Scan', SCAN.names],
];

describe('the kernels', () => {
  for (const kernel of KERNELS) {
    it(`of ${kernel.folder} are compiled from the sources that stand beside them`, async () => {
      const compiled = await readFile(join(import.meta.dirname, '..', kernel.module), 'utf8');
      expect(await compileKernel(kernel), 'run npm run kernels').to.equal(compiled);
    });
  }

  for (const [file, name, names] of STRUCTURES) {
    it(`and their hosts have the same numbers in the same order: ${name}`, async () => {
      const source = await readFile(join(import.meta.dirname, '../kernel', file), 'utf8');
      expect(fieldsOf(source, name)).to.deep.equal(names);
    });
  }
});

/** Of a class, in their order. */
function fieldsOf(source: string, name: string): string[] {
  const [, rest = ''] = source.split(`class ${name} {`);
  const [body = ''] = rest.split('\n}');
  return [...body.matchAll(/^ {2}(\w+): /gm)].map(([, field = '']) => field);
}
