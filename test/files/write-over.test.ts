import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.ts';
import { openAppendFile, type Span } from '../../src/files/append-file.ts';
import { openWriteOver, type WriteOver } from '../../src/files/write-over.ts';
import { type FailingDisk, failDisk } from '../doubles/failing-disk.ts';

/** Small, so that some pieces are longer than all that may wait. */
const BLOCK = 16;

/** A line of the other file that is kept or not, and what is written before it. */
interface Step {
  before: string;
  line: string;
  isKept: boolean;
}

const TEXT = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
const STEP: fc.Arbitrary<Step> = fc.record({
  before: fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 2, arbitrary: TEXT }),
  line: fc.oneof({ weight: 5, arbitrary: TEXT }, { weight: 1, arbitrary: fc.string({ maxLength: 70 }) }),
  isKept: fc.boolean(),
});

describe('openWriteOver', () => {
  let folder: string;
  let path: string;
  let disk: FailingDisk | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'over-'));
    path = join(folder, 'made');
  });
  afterEach(() => {
    disk?.mend();
    disk = undefined;
    rmSync(folder, { recursive: true });
  });

  async function make(steps: readonly Step[], end: string, spoil: (from: string) => void = () => undefined) {
    const from = openAppendFile(join(folder, 'from'));
    const spans = steps.map(({ line }) => from.append(Buffer.from(line)));
    spoil(from.path);
    const file = await openWriteOver(path, from, BLOCK);
    const into = openFiller(file);
    try {
      for (const [at, { before, line, isKept }] of steps.entries()) {
        const span = spans[at] ?? { offset: 0, length: 0 };
        into.fill(Buffer.from(before));
        // Whatever was written: nothing that is still to come was touched.
        expect(from.read(span).toString()).to.equal(line);
        if (isKept) into.fill(from.read(span), span);
        if (file.isBehind()) await setImmediate();
      }
      into.fill(Buffer.from(end));
      into.end();
      await file.finish();
    } finally {
      await file.close();
      await file.close();
      from.close();
    }
  }

  function expected(steps: readonly Step[], end: string): string {
    return steps.map(({ before, line, isKept }) => before + (isKept ? line : '')).join('') + end;
  }

  it('makes the very same bytes whatever is kept, left out and put in between (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { maxLength: 60 }), TEXT, TEXT, async (some, head, end) => {
        const steps = [{ before: head.repeat(20), line: '', isKept: false }, ...some];
        writeFileSync(path, 'what a crash has left');
        await make(steps, end);
        expect(readFileSync(path, 'utf8')).to.equal(expected(steps, end));
        expect(readdirSync(folder)).to.deep.equal(['made']);
      }),
      { numRuns: 150 },
    );
  });

  const kept = (count: number, line = 'a line'): Step[] =>
    Array.from({ length: count }, (_, at) => ({ before: '', line: `${line} ${at}\n`, isKept: true }));
  const all = kept(200);
  const CASES: Record<string, { steps: Step[]; end?: string; isSetAside?: boolean }> = {
    'an empty file': { steps: [] },
    'a file of which nothing is kept': { steps: all.map((step) => ({ ...step, isKept: false })) },
    'every line as it stands': { steps: all },
    'a header that is longer than the first gap': {
      steps: all.map((step, at) => ({ ...step, before: at === 0 ? 'h'.repeat(30) : '', isKept: at !== 5 })),
    },
    'more before the first line than may wait': {
      steps: all.map((step, at) => ({ ...step, before: at === 0 ? 'h'.repeat(BLOCK * 20) : '' })),
      isSetAside: true,
    },
    'more after the last line than there is room': {
      steps: all,
      end: 'e'.repeat(BLOCK * 40),
      isSetAside: true,
    },
    'more after the last line than the rest had': {
      steps: all.map((step, at) => ({ ...step, isKept: at > 150 })),
      end: 'e'.repeat(5000),
      isSetAside: true,
    },
  };
  for (const [what, { steps, end = '', isSetAside = false }] of Object.entries(CASES))
    it(`makes ${what}${isSetAside ? ', by way of a file of its own' : ''}`, async () => {
      // Only what is set aside needs to write there.
      disk = failDisk('write', /\.rest$/);
      const said: unknown = await make(steps, end).catch((error) => error);
      expect(disk.failed()).to.equal(isSetAside ? 1 : 0);
      disk.mend();
      if (isSetAside) {
        expect((said as AppError).message).to.match(/^Cannot write .*from\.rest: EIO/);
        await make(steps, end);
      }
      expect(readFileSync(path, 'utf8')).to.equal(expected(steps, end));
      expect(readdirSync(folder)).to.deep.equal(['made']);
    });

  it('copies where the other file cannot be had', async () => {
    await make(all, 'end', (from) => rmSync(from));
    expect(readFileSync(path, 'utf8')).to.equal(expected(all, 'end'));
  });

  it('leaves nothing of the other file that could be read again', async () => {
    const from = openAppendFile(join(folder, 'from'));
    const span = from.append(Buffer.from('line'));
    const file = await openWriteOver(path, from, BLOCK);
    expect(existsSync(from.path)).to.equal(false);
    await file.finish();
    await file.close();
    expect(() => from.read(span)).to.throw();
  });

  it('refuses what is not read in its order', async () => {
    const from = openAppendFile(join(folder, 'from'));
    const file = await openWriteOver(path, from, BLOCK);
    file.pass({ offset: 10, length: 5 });
    file.pass({ offset: 15, length: 1 });
    expect(() => file.pass({ offset: 15, length: 5 })).to.throw(RangeError);
    await file.close();
    from.close();
  });

  for (const call of ['write', 'sync'] as const)
    it(`never goes on as if a ${call} had gone well that did not`, async () => {
      for (const spared of call === 'write' ? [0, 1, 3] : [0]) {
        disk = failDisk(call, /made$/, spared);
        const said: unknown = await make(all, 'end').catch((error) => error);
        disk.mend();
        expect(disk.failed()).to.be.greaterThan(0);
        expect(said).to.be.instanceOf(AppError);
        expect((said as AppError).code).to.equal('local_io');
        expect((said as AppError).message).to.match(/^Cannot write .*made: EIO/);
      }
    });

  it('says where it cannot begin', async () => {
    path = join(folder, 'nowhere', 'made');
    const said: unknown = await make(all, '').catch((error) => error);
    expect((said as AppError).code).to.equal('local_io');
  });
});

/** Fills blocks as a draft does. */
function openFiller(file: WriteOver) {
  let block: Buffer = Buffer.alloc(BLOCK);
  let used = 0;

  function end(): void {
    block = file.write(block, used);
    used = 0;
  }

  return {
    end,
    /** @param span where the bytes were read, if they were */
    fill(bytes: Buffer, span?: Span): void {
      for (let done = 0; done < bytes.length; ) {
        if (used === BLOCK) end();
        const length = bytes.copy(block, used, done);
        if (span) file.pass({ offset: span.offset + done, length });
        used += length;
        done += length;
      }
    },
  };
}
