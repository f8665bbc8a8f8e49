import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readYaml, type YamlFile } from '../../src/config/read-yaml.ts';
import { describePlace } from '../../src/errors/app-error.ts';
import { withProject } from './project.ts';

function reading(text: string): Promise<YamlFile> {
  return withProject({}, async (folder) => {
    await writeFile(join(folder, 'a.yaml'), text);
    return readYaml(join(folder, 'a.yaml'), 'a.yaml');
  });
}

describe('config/read-yaml', () => {
  const TEXT = `top: 1
map:
  list:
    - one
    - { two: 2, three: 3 }
  "a.b": x
shared: &anchor { deep: true }
again: *anchor
`;
  const PLACES: readonly [path: (string | number)[], at: 'key' | 'value', place: string][] = [
    [['top'], 'value', '1:6'],
    [['top'], 'key', '1:1'],
    [['map'], 'value', '2:1'],
    [['map', 'list', 0], 'value', '4:7'],
    [['map', 'list', 1], 'value', '5:7'],
    [['map', 'list', 1, 'three'], 'value', '5:24'],
    [['map', 'list', 1, 'three'], 'key', '5:17'],
    [['map', 'a.b'], 'value', '6:10'],
    [['map', 'missing'], 'value', '2:1'],
    [['map', 'missing', 'deeper'], 'value', '2:1'],
    [['again', 'deep'], 'value', '7:25'],
    [['missing'], 'value', '1:1'],
    [[], 'value', '1:1'],
  ];
  for (const [path, at, place] of PLACES) {
    it(`finds the ${at} of ${path.join('.') || 'the file'}`, async () => {
      expect(describePlace((await reading(TEXT)).placeOf(path, at))).to.equal(`a.yaml:${place}`);
    });
  }

  it('reads scalars as YAML 1.2 does, but numbers that are not written plainly as text', async () => {
    const { value } = await reading(
      'a: [1, -1, 1.5, 01, 1.50, 0x1F, 1e3, true, yes, no, on, ~, null, "1", 12:30, 2026-09-01]\n',
    );
    expect(value).to.deep.equal({
      a: [
        1,
        -1,
        1.5,
        '01',
        '1.50',
        '0x1F',
        '1e3',
        true,
        'yes',
        'no',
        'on',
        null,
        null,
        '1',
        '12:30',
        '2026-09-01',
      ],
    });
  });

  it('reads keys as they are written', async () => {
    const { value } = await reading('null: a\ntrue: b\n01: c\n1: d\n"x y": e\n');
    expect(value).to.deep.equal({ null: 'a', true: 'b', '01': 'c', 1: 'd', 'x y': 'e' });
  });

  const BROKEN: readonly [what: string, text: string, place: string, words: RegExp][] = [
    ['a repeated key', 'a: 1\nb: 2\na: 3\n', '3:1', /a second time/],
    ['a repeated key in quotes', '{ a: 1, "a": 2 }\n', '1:9', /a second time/],
    ['a second document', 'a: 1\n---\nb: 2\n', '2:1', /second document/],
    ['an alias of nothing', 'a: *b\n', '1:4', /alias/],
    ['an unclosed list', 'a: [1, 2\nb: 3\n', '2:1', /bracket is not closed/],
    ['a reserved sign', 'a: @b\n', '1:4', /must stand in quotes/],
    ['a second colon', 'a: b: c\n', '1:4', /second colon/],
  ];
  for (const [what, text, place, words] of BROKEN) {
    it(`says where ${what} stands, once`, async () => {
      const { mistakes } = await reading(text);
      expect(mistakes.map((one) => describePlace(one.place ?? { file: '' }))).to.deep.equal([
        `a.yaml:${place}`,
      ]);
      expect(mistakes[0]?.message).to.match(words);
    });
  }

  it('refuses aliases that unfold without end', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, at) => `l${at + 1}: &l${at + 1} [${Array(9).fill(`*l${at}`).join(', ')}]`,
    );
    const { mistakes } = await reading(`l0: &l0 [x]\n${levels.join('\n')}\n`);
    expect(mistakes[0]?.message).to.include('unfold');
  });
});
