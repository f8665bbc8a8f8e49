import { expect } from 'chai';
import { openPauseWatch } from '../../../src/cli/serving/pause-watch.ts';
import type { LoadedConnection } from '../../../src/config/load-connection.ts';
import type { RunTools } from '../../../src/run/run-tools.ts';

describe('openPauseWatch', () => {
  const watchFrom = (start: string, pause: unknown) => {
    const lines: string[] = [];
    const logger = { info: (_fields: unknown, line: string) => lines.push(line) };
    const clock = { now: () => Date.parse(start) };
    const watch = openPauseWatch(
      { name: 'north', settings: { pause } } as unknown as LoadedConnection,
      { zone: 'America/Chicago', logger, clock } as unknown as RunTools,
    );
    return { lines, isStopped: (at: string) => watch.isStopped(Date.parse(at)) };
  };
  const SUMMER = [{ from: '06-10', to: '07-20', reason: 'summer', mode: 'stop' }];

  it('goes by the day in the zone, and says when it begins and when it ends', () => {
    const { lines, isStopped } = watchFrom('2026-06-01T12:00:00Z', SUMMER);
    expect(lines).to.deep.equal([]);
    expect(isStopped('2026-06-10T04:59:00Z')).to.equal(false);
    expect(isStopped('2026-06-10T05:00:00Z')).to.equal(true);
    expect(isStopped('2026-07-01T05:00:00Z')).to.equal(true);
    expect(isStopped('2026-07-21T04:59:00Z')).to.equal(true);
    expect(isStopped('2026-07-21T05:00:00Z')).to.equal(false);
    expect(isStopped('2026-07-22T05:00:00Z')).to.equal(false);
    expect(lines).to.deep.equal([
      'Paused from 2026-06-10 to 2026-07-20 (summer): nothing is carried.',
      'the pause is over',
    ]);
  });

  it('says at once that it begins within a pause', () => {
    const { lines } = watchFrom('2026-07-01T12:00:00Z', SUMMER);
    expect(lines).to.have.length(1);
  });

  it('stops nothing where only additions are sent, or nothing is paused', () => {
    const additions = [{ from: '06-10', to: '07-20', mode: 'additions_only' }];
    for (const pause of [additions, undefined, []]) {
      const { lines, isStopped } = watchFrom('2026-06-20T12:00:00Z', pause);
      expect(isStopped('2026-06-20T12:00:00Z')).to.equal(false);
      expect(lines).to.deep.equal([]);
    }
  });
});
