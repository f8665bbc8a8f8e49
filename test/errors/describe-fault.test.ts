import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeFault, traceOf } from '../../src/errors/describe-fault.ts';

const CANARY = 'ZZCANARY';

/** Ways in which the engine quotes what it was handed. */
const QUOTING: readonly [what: string, act: () => unknown][] = [
  ['JSON', () => JSON.parse(`{"a": ${CANARY}}`)],
  ['a number', () => BigInt(CANARY)],
  ['an entry', () => new Map([CANARY] as never)],
  ['a key in a text', () => Reflect.apply((key: string, of: object) => key in of, undefined, ['x', CANARY])],
  ['a property', () => Reflect.apply((of: never) => of[CANARY], undefined, [undefined])],
  ['an argument of Node', () => readFileSync({ [CANARY]: 1 } as never)],
  [
    'a name of its own',
    () => {
      throw Object.assign(new Error('x'), { name: `a ${CANARY}`, code: CANARY.toLowerCase() });
    },
  ],
  [
    'a message of lines that look like calls',
    () => {
      throw new Error(`x\n    at ${CANARY} (${CANARY})`);
    },
  ],
  [
    'a text',
    () => {
      throw CANARY;
    },
  ],
];

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

describe('errors/describe-fault', () => {
  for (const [what, act] of QUOTING)
    it(`repeats nothing of what was handed over: ${what}`, () => {
      const thrown = thrownBy(act);
      expect(describeFault(thrown))
        .to.match(/^[A-Z]/)
        .and.not.include(CANARY);
      if (thrown instanceof Error) expect(traceOf(thrown)).not.to.include(CANARY);
    });

  it('keeps what helps: the kind, the code, the place, and sentences of the program alone', () => {
    const fault = thrownBy(() => Reflect.apply((of: never) => of[CANARY], undefined, [undefined]));
    expect(describeFault(fault)).to.equal('TypeError (Cannot read properties of undefined)');
    expect(describeFault(thrownBy(() => readFileSync('/no/such')))).to.equal(
      "ENOENT: no such file or directory, open '/no/such'",
    );
    const ours = Object.assign(new RangeError('x'), {
      stack: 'RangeError: x\n    at f (file:///a/src/run/run-states.ts:28:5)',
    });
    expect(describeFault(ours)).to.equal('RangeError, in run/run-states.ts:28:5');
    expect(traceOf(ours)).to.include('    at f (file:///a/src/run/run-states.ts:28:5)');
  });
});
