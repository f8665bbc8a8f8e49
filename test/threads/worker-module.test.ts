import { expect } from 'chai';
import { workerModule } from '../../src/threads/worker-module.ts';

describe('the module of a thread', () => {
  for (const [where, asking, expected] of [
    ['a checkout', 'file:///src/files/a.ts', 'file:///src/files/a-worker.ts'],
    ['the published package', 'file:///dist/files/a.js', 'file:///dist/files/a-worker.js'],
  ] as const) {
    it(`lies beside the one that asks in ${where}`, () => {
      expect(workerModule('a-worker', asking).href).to.equal(expected);
    });
  }
});
