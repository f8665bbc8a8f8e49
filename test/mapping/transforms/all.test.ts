import { expect } from 'chai';
import { AppError } from '../../../src/errors/app-error.ts';
import { TRANSFORMATIONS } from '../../../src/mapping/transforms/all.ts';
import { Flaw } from '../../../src/mapping/transforms/transform.ts';
import { stepOf } from './a-step.ts';

describe('mapping/transforms: every example', () => {
  it('is there for each transformation, under a name of its own', () => {
    const names = TRANSFORMATIONS.map((one) => one.name);
    expect(new Set(names).size).to.equal(names.length);
    for (const one of TRANSFORMATIONS) expect(one.examples, one.name).not.to.be.empty;
  });

  for (const { name, examples } of TRANSFORMATIONS) {
    for (const { options, row, table, category, value, gives, flaw } of examples) {
      const shown = `${name} ${options === undefined ? '' : JSON.stringify(options)} on ${JSON.stringify(row ?? value)}`;
      it(`${shown} gives ${gives === undefined ? flaw : JSON.stringify(gives)}`, () => {
        expect((gives === undefined) !== (flaw === undefined), 'either a value or a flaw').to.equal(true);
        const result = stepOf(name, options, row, { table, category })(value);
        expect(result instanceof Flaw ? result.code : result).to.equal(flaw ?? gives);
      });
    }
  }

  it('lets a blank pass wherever it reads the value', () => {
    for (const one of TRANSFORMATIONS.filter((each) => !each.readsBlanks)) {
      for (const blank of ['', ' ', '\t\n'])
        expect(stepOf(one.name, one.examples[0]?.options, one.examples[0]?.row)(blank), one.name).to.equal(
          '',
        );
    }
  });

  it('needs no value where it makes one', () => {
    for (const one of TRANSFORMATIONS.filter((each) => each.makesValue))
      expect(one.readsBlanks, one.name).to.equal(true);
  });

  it('is refused by name where no such step is', () => {
    expect(() => stepOf('nothing', {})).to.throw(AppError);
  });
});
