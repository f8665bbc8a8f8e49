import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openAppendFile } from '../../src/files/append-file.ts';
import { openKeptCopy } from '../../src/render/copy-kept.ts';
import { openDraft } from '../../src/render/draft.ts';
import { openDraftWriter } from '../../src/render/threaded-draft.ts';

let folder: string;
describe('openDraft', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'draft-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('counts and hashes what it writes, for its owner only', async () => {
    const path = join(folder, 'one');
    const draft = await openDraft(path);
    const texts = ['header\n', 'row\n', 'x'.repeat(13 << 20), 'end\n'];
    for (const text of texts) draft.append(Buffer.from(text));
    const finished = await draft.finish();
    await draft.close();
    const bytes = readFileSync(path);
    expect(bytes.equals(Buffer.from(texts.join('')))).to.equal(true);
    expect(finished).to.deep.equal({
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('copies what is kept, in order, whatever is left out (property)', async () => {
    const rows = fc.array(
      fc.record({ text: fc.string({ minLength: 1, maxLength: 9 }), isKept: fc.boolean() }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (some) => {
        const from = openAppendFile(join(folder, 'from'));
        const to = await openDraft(join(folder, 'to'));
        const spans = some.map(({ text }) => from.append(Buffer.from(text)));
        const kept = openKeptCopy((span) => to.copy(from, span));
        for (const [at, span] of spans.entries()) if (some[at]?.isKept) kept.keep(span);
        kept.end();
        const { sha256 } = await to.finish();
        from.close();
        await to.close();
        const expected = some
          .filter(({ isKept }) => isKept)
          .map(({ text }) => text)
          .join('');
        expect(sha256).to.equal(createHash('sha256').update(expected).digest('hex'));
      }),
      { numRuns: 40 },
    );
  });

  it('copies more than a block of neighbours, whether others get their turn or not', async () => {
    const from = openAppendFile(join(folder, 'big'));
    const to = await openDraft(join(folder, 'big-copy'));
    const kept = openKeptCopy((span) => to.copy(from, span));
    for (let at = 0; at < 1_200_000; at++) {
      kept.keep(from.append(Buffer.from(`row ${at}\n`)));
      if (at > 600_000) await to.pause();
    }
    kept.end();
    const { sizeBytes } = await to.finish();
    await to.close();
    from.sync();
    from.close();
    expect(sizeBytes).to.equal(from.sizeBytes());
    expect(readFileSync(join(folder, 'big-copy')).equals(readFileSync(join(folder, 'big')))).to.equal(true);
  }).timeout(20_000);

  it('is the same in the place of the file that it is copied from, by this thread and by another one', async () => {
    const digests = [];
    for (const how of ['beside', 'in place', 'by another thread'] as const) {
      const from = openAppendFile(join(folder, 'lines'));
      const spans = Array.from({ length: 400_000 }, (_, at) => from.append(Buffer.from(`a line ${at}\n`)));
      const path = join(folder, 'placed');
      const to =
        how === 'by another thread'
          ? openDraftWriter().open(path, 1, from)
          : await openDraft(path, 1, how === 'in place' ? from : undefined);
      const kept = openKeptCopy((span) => to.copy(from, span));
      to.append(Buffer.from('header\n'.repeat(1000)));
      const anew = Buffer.alloc(5);
      for (const [at, span] of spans.entries()) {
        if (at % 3000 === 0) {
          kept.end();
          // Whoever appends may fill the buffer again.
          anew.write(`${at % 9}new\n`);
          to.append(anew);
        } else if (at % 2000 !== 0) kept.keep(span);
        if (at % 100 === 0) await to.pause();
      }
      kept.end();
      const digest = await to.finish();
      await to.close();
      from.close();
      const bytes = readFileSync(path);
      expect(digest).to.deep.equal({
        sizeBytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      digests.push(digest);
    }
    expect(digests[0]).to.deep.equal(digests[1]);
    expect(digests[0]).to.deep.equal(digests[2]);
  }).timeout(20_000);

  it('leaves out the last bytes, wherever its blocks end', async () => {
    for (const length of [0, 1, 2, 3, (1 << 19) - 1, 1 << 19, (1 << 19) + 1, (1 << 19) + 2, 3 << 19]) {
      const path = join(folder, 'cut');
      const draft = await openDraft(path, 2);
      const text = 'abcdefg'.repeat(length).slice(0, length);
      draft.append(Buffer.from(text));
      const { sizeBytes } = await draft.finish();
      await draft.close();
      expect(readFileSync(path, 'utf8') === text.slice(0, Math.max(0, length - 2))).to.equal(true);
      expect(sizeBytes).to.equal(Math.max(0, length - 2));
    }
  });
});
