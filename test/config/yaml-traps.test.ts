import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readYaml } from '../../src/config/read-yaml.ts';
import { describePlace } from '../../src/errors/app-error.ts';
import { withProject } from './project.ts';

function mistakesIn(text: string): Promise<string[]> {
  return withProject({}, async (folder) => {
    await writeFile(join(folder, 'a.yaml'), text);
    const { mistakes } = await readYaml(join(folder, 'a.yaml'), 'a.yaml');
    return mistakes.map(({ place, message }) => `${place && describePlace(place)} ${message}`);
  });
}

const NINE = (one: string) => `[${Array(9).fill(one)}]`;

/** Configurations that would swell, never end, or silently mean something else. */
const TRAPS: readonly [what: string, text: string, said: RegExp][] = [
  [
    'aliases that unfold to a billion',
    `a: &a ${NINE('x')}\nb: &b ${NINE('*a')}\nc: &c ${NINE('*b')}\nd: &d ${NINE('*c')}\ne: ${NINE('*d')}\n`,
    /unfold to more/,
  ],
  ['a list within itself', 'a: &a [ x, *a ]\n', /^a\.yaml:1:12 .*never end/],
  ['a map within itself, further down', 'a: &a\n  b: { c: [ *a ] }\n', /^a\.yaml:2:13 .*never end/],
  ['brackets without end', '['.repeat(20_000), /no YAML from here on/],
  ['a name that a map would swallow', 'codes:\n  F: Female\n  __proto__: P\n', /^a\.yaml:3:3 __proto__ /],
  ['the same in quotes', '{ "__proto__": { polluted: true } }', /__proto__/],
  ['a numbered field behind a named one', 'fields:\n  name: a\n  7: b\n', /^a\.yaml:3:3 .*rising order/],
  ['numbered fields that fall', 'fields: { 2: a, 1: b }', /rising order/],
  ['millions of characters', `a: ${'x'.repeat(4_000_000)}`, /more than 4000000 characters/],
];

describe('config/yaml-traps', () => {
  for (const [what, text, said] of TRAPS)
    it(`refuses ${what}`, async () => {
      const [first = ''] = await mistakesIn(text);
      expect(first).to.match(said);
      expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
    });

  it('takes aliases, numbered fields in their order, and numbers as codes', async () => {
    const text =
      'a: &a { x: 1 }\nb: *a\nc: [*a, *a]\nfields: { 1: a, 2: b, 010: c, name: d }\ncodes: { b: 1, 2: x, 1: y }\n';
    expect(await mistakesIn(text)).to.deep.equal([]);
  });
});
