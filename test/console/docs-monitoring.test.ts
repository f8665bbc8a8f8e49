import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { openMetrics } from '../../src/console/open-metrics.ts';

describe('docs/monitoring.md', () => {
  it('has every metric of ours, and no other', async () => {
    const metrics = openMetrics({
      program: { version: '1', node: 'v24' },
      outbox: async () => ({ count: 0, oldestMs: undefined }),
      connections: async () => [],
      runs: async () => (async function* () {})(),
    });
    const text = await metrics.read(0);
    const known = [...text.matchAll(/^# TYPE (rosterferry_\w+)/gm)].map(([, name]) => name);
    const page = await readFile(new URL('../../docs/monitoring.md', import.meta.url), 'utf8');
    const told = [...page.matchAll(/^\| `(rosterferry_\w+)`/gm)].map(([, name]) => name);
    expect(told.toSorted()).to.deep.equal(known.toSorted());
  });
});
