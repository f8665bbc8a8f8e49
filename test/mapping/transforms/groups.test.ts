import { expect } from 'chai';
import { compileMapping } from '../../../src/mapping/compile-mapping.ts';
import { A_DAY, aMapping, findIn } from '../a-mapping.ts';
import { stepOf } from './a-step.ts';

describe('mapping/transforms/groups', () => {
  it('leaves out what has no name, and says each name once', () => {
    const names = ['{A}', '{B}', '{A}{B}', '{{{A}}}', 'x', 'x'];
    expect(stepOf('groups', names, { A: '1', B: ' ' })('')).to.equal('1;{1};x');
    expect(stepOf('groups', ['{A}'], { A: '' })('')).to.equal('');
  });

  it('calls categories by their labels, and by no name that every object has', () => {
    const called = (category: string) =>
      stepOf('groups', { names: ['{category}'], labels: { future: 'Future' } }, {}, { category })('');
    expect(called('future')).to.equal('Future');
    expect(called('enrolled')).to.equal('enrolled');
    expect(called('constructor')).to.equal('constructor');
  });

  it('needs somebody who tells the category, where a name has one', () => {
    const compile = (name: string) =>
      compileMapping(aMapping({ groups: { apply: [{ groups: [name] }] } }), {
        find: findIn([]).find,
        day: A_DAY,
      });
    expect(() => compile('All {category}')).to.throw(/nothing tells the category/);
    expect(compile('All').map([])).to.deep.equal(['All']);
  });

  it('refuses braces that are open, empty, or none of a name', () => {
    for (const options of [['{A'], ['A}'], ['{ }'], [''], []])
      expect(() => stepOf('groups', options), String(options)).to.throw();
  });
});
