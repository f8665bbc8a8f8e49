import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openAppendFile, type Span } from '../../../src/files/append-file.ts';
import { openDraftedReader } from '../../../src/run/drafting/read-drafted.ts';
import { useTempFolders } from '../../doubles/temp-folder.ts';
import { write } from '../../render/a-write.ts';

describe('drafted records that are read back', () => {
  const tempFolder = useTempFolders();

  const row = fc.record({
    letter: fc.constantFrom('a', 'ü', 'O’'),
    length: fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(3_000, 70_000)),
    isAsked: fc.boolean(),
  });

  it('are what was written, near one another or far away', async () => {
    const path = join(await tempFolder(), 'outbound');
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        const outbound = openAppendFile(path);
        const reads: Span[] = [];
        const counting: typeof outbound = {
          ...outbound,
          read(span) {
            reads.push(span);
            return outbound.read(span);
          },
        };
        const written = rows.map(({ letter, length, isAsked }, at) => {
          const values = [`${at}`, letter.repeat(length)];
          const entry = { outbound: outbound.appendText(`${values.join(',')}\r\n`) };
          return { values, entry, isAsked };
        });
        const asked = written.filter(({ isAsked }) => isAsked);
        const drafted = {
          outbound: counting,
          plan: { mapping: { write: write({}) } },
          rules: { targets: ['id', 'name'] },
        };
        const { openBatch } = openDraftedReader(drafted);
        const valuesOf = openBatch(asked.map(({ entry }) => entry));
        for (const { entry, values } of asked) expect(valuesOf(entry)).to.deep.equal(values);
        const bytes = asked.reduce((sum, { entry }) => sum + entry.outbound.length, 0);
        expect(reads.length).to.be.at.most(asked.length);
        expect(reads.reduce((sum, { length }) => sum + length, 0)).to.be.at.most(bytes + asked.length * 2048);
        outbound.close();
      }),
      { numRuns: 200 },
    );
  });
});
