import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { durationMs } from '../../src/time/duration.ts';

describe('durationMs', () => {
  for (const [text, ms] of [
    ['500ms', 500],
    ['5s', 5000],
    ['10m', 600_000],
    ['36h', 129_600_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['7y', 7 * 365 * 86_400_000],
    ['0s', 0],
  ] as const)
    it(`reads ${text}`, () => {
      expect(durationMs(text)).to.equal(ms);
    });

  for (const text of ['', '5', 's', '5 s', '-5s', '1.5h', '5S', '5constructor', '5mo'])
    it(`refuses "${text}"`, () => {
      expect(() => durationMs(text)).to.throw(AppError, /no duration/);
    });
});
