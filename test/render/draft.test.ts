import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openKeptCopy } from '../../src/render/copy-kept.ts';
import { openDraft } from '../../src/render/draft.ts';

let folder: string;
describe('openDraft', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'draft-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('counts and hashes what it writes, for its owner only', () => {
    const path = join(folder, 'one');
    const draft = openDraft(path);
    const spans = ['header\n', 'row\n', 'x'.repeat(3 << 20)].map((text) => draft.append(Buffer.from(text)));
    const finished = draft.finish();
    draft.close();
    const bytes = readFileSync(path);
    expect(finished).to.deep.equal({
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(spans[1]).to.deep.equal({ offset: 7, length: 4 });
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('copies what is kept, in order, whatever is left out (property)', () => {
    const rows = fc.array(
      fc.record({ text: fc.string({ minLength: 1, maxLength: 9 }), isKept: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(rows, (some) => {
        const from = openDraft(join(folder, 'from'));
        const to = openDraft(join(folder, 'to'));
        const spans = some.map(({ text }) => from.append(Buffer.from(text)));
        const kept = openKeptCopy(from, to);
        for (const [at, span] of spans.entries()) if (some[at]?.isKept) kept.keep(span);
        kept.end();
        const { sha256 } = to.finish();
        from.close();
        to.close();
        const expected = some
          .filter(({ isKept }) => isKept)
          .map(({ text }) => text)
          .join('');
        expect(sha256).to.equal(createHash('sha256').update(expected).digest('hex'));
      }),
      { numRuns: 40 },
    );
  });

  it('copies more than a block of neighbours', () => {
    const from = openDraft(join(folder, 'big'));
    const to = openDraft(join(folder, 'big-copy'));
    const kept = openKeptCopy(from, to);
    for (let at = 0; at < 300_000; at++) kept.keep(from.append(Buffer.from(`row ${at}\n`)));
    kept.end();
    expect(to.finish().sha256).to.equal(from.finish().sha256);
    from.close();
    to.close();
  });
});
