import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { TRANSFORMATIONS } from '../../../src/mapping/transforms/all.ts';
import { describeTransformations, writeStep } from '../../../src/mapping/transforms/describe.ts';
import { stepSchema } from '../../../src/mapping/transforms/step-schema.ts';

const guide = new URL('../../../docs/mappings.md', import.meta.url);
const GENERATED = /(<!-- generated: transformations -->\n).*?(<!-- \/generated -->)/s;

describe('mapping/transforms/describe', () => {
  it('is what the guide says; UPDATE_DOCS=1 writes it there', () => {
    const text = readFileSync(guide, 'utf8');
    const wanted = text.replace(
      GENERATED,
      (_, open, close) => `${open}\n${describeTransformations()}\n\n${close}`,
    );
    expect(text).to.match(GENERATED);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(guide, wanted);
    else expect(text).to.equal(wanted);
  });

  it('writes each example as it may be written', () => {
    for (const { name, examples } of TRANSFORMATIONS) {
      for (const { options } of examples) {
        const written = writeStep(name, options);
        const step = options === undefined ? name : { [name]: options };
        expect(parse(`[ ${options === undefined ? written : `{ ${written} }`} ]`), written).to.deep.equal([
          step,
        ]);
        expect(stepSchema.safeParse(step).success, written).to.equal(true);
      }
    }
  });

  it('tells every option with words about it', () => {
    const options = describeTransformations()
      .split('\n')
      .filter((line) => line.startsWith('- `'));
    expect(options.length).to.be.greaterThan(20);
    for (const line of options) expect(line).to.match(/^- `\w+`.*: [A-Z\x60a-z].*\.$/);
  });
});
