import { expect } from 'chai';
import { lookForDrop } from '../../src/source/look-for-drop.ts';
import type { SourceSettings } from '../../src/source/schema.ts';
import type { ListedFile, Source } from '../../src/source/source.ts';
import type { Clock } from '../../src/time/clock.ts';

const FILES = {
  students: { match: 'students*.csv', required: true },
  contacts: { match: 'contacts*.csv', required: false },
};

/** A folder whose files come and grow as the clock goes on; listing it takes 300 ms. */
function world(filesAt: (ms: number) => ListedFile[]) {
  let nowMs = 1000;
  const slept: number[] = [];
  const clock: Clock = {
    now: () => 0,
    monotonicMs: () => nowMs,
    sleep: async (ms) => {
      slept.push(ms);
      // Timers of Node may fire a little early.
      nowMs += Math.max(1, ms - 1);
    },
  };
  const list = async () => {
    nowMs += 300;
    return filesAt(nowMs);
  };
  const never = () => Promise.reject(new Error('only listing is allowed here'));
  const rest = {
    describe: never,
    expectReadable: never,
    expectClearable: never,
    close: never,
    abilities: () => [],
  };
  const source: Source = { list, fetch: never, clear: never, ...rest };
  const look = (ready: SourceSettings['ready'], after: SourceSettings['after'] = 'remove') =>
    lookForDrop(
      source,
      { source: { type: 'local', path: '/x', ready, after }, files: FILES },
      { clock, signal: new AbortController().signal },
    );
  return { look, slept, passedMs: () => nowMs - 1000 };
}

const file = (name: string, sizeBytes: number, modifiedMs = 5): ListedFile => ({
  name,
  sizeBytes,
  modifiedMs,
});

describe('lookForDrop', () => {
  it('takes what is the same in two looks, the quiet time apart', async () => {
    const { look, passedMs } = world(() => [file('students.csv', 9), file('contacts.csv', 3)]);
    const found = await look({ quiet: '5s' });
    expect(found.state === 'whole' && [...found.files.keys()]).to.deep.equal(['students', 'contacts']);
    expect(passedMs()).to.be.at.least(5300);
  });

  it('does not believe the times of files, however old', async () => {
    const { look, slept } = world(() => [file('students.csv', 9, 0)]);
    await look({ quiet: '5s' });
    expect(slept[0]).to.equal(5000);
  });

  for (const [how, at] of [
    ['grows', (ms: number) => [file('students.csv', ms)]],
    ['is written over', (ms: number) => [file('students.csv', 9, ms)]],
    [
      'is joined by another that grows',
      (ms: number) => [file('students.csv', 9), ...(ms > 3000 ? [file('contacts.csv', 1)] : [])],
    ],
  ] as const)
    it(`waits where a file ${how}`, async () => {
      const found = await world(at).look({ quiet: '5s' });
      expect(found.state).to.equal('waiting');
    });

  it('answers at once where nothing is there, or where something lacks', async () => {
    for (const files of [[], [file('contacts.csv', 3)], [file('other.csv', 3)]]) {
      const { look, slept } = world(() => files);
      expect((await look({ quiet: '5s' })).state).to.be.oneOf(['none', 'waiting']);
      expect(slept).to.deep.equal([]);
    }
  });

  it('takes a marked drop at the first look, and no other', async () => {
    const marked = world(() => [file('students.csv', 9), file('students.csv.done', 0)]);
    expect((await marked.look({ marker: '{name}.done' })).state).to.equal('whole');
    expect(marked.slept).to.deep.equal([]);
    const half = world(() => [
      file('students.csv', 9),
      file('contacts.csv', 9),
      file('students.csv.done', 0),
    ]);
    expect(await half.look({ marker: '{name}.done' })).to.deep.equal({
      state: 'waiting',
      missing: [],
      growing: ['contacts.csv'],
    });
  });

  it('takes the newest of those that stay in the folder', async () => {
    const { look } = world(() => [file('students_1.csv', 9, 1), file('students_2.csv', 9, 2)]);
    const names = async (after: 'leave' | 'remove') => {
      const found = await look({ quiet: '1s' }, after);
      return found.state === 'whole' ? found.files.get('students')?.name : found.state;
    };
    expect(await names('leave')).to.equal('students_2.csv');
    expect(await names('remove')).to.equal('students_1.csv');
  });
});
