import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { parse } from 'yaml';
import { connectionSchema, serviceSchema } from '../../src/config/config-schema.ts';
import { GOOD_CONFIG, GOOD_FILES, GOOD_MAPPING, mistakesOf } from './project.ts';

const PAGE = new URL('../../docs/configuration.md', import.meta.url);

/** The connection that a documented part is written into. */
const REST = GOOD_CONFIG.slice(GOOD_CONFIG.indexOf('    source:'))
  .split('\n')
  .map((line) => line.slice(4));

/** The part with what it does not say taken from a connection that is right, as text for the real loader. */
function configWith(part: string): string {
  const own = Object.keys(Object(parse(part)));
  let isOwn = false;
  const rest = REST.filter((line) => {
    const key = /^(\w+):/.exec(line)?.[1];
    if (key !== undefined) isOwn = own.includes(key);
    return !isOwn;
  });
  const lines = [...rest, ...part.split('\n')].filter((line) => line.trim() !== '');
  return `version: 1\nconnections:\n  riverside:\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
}

const FILES = {
  ...GOOD_FILES,
  'mappings/contacts.yaml':
    'version: 1\nrecord: contacts\nwrite: { file: c.csv }\nidentity: { id: A }\nfields: { a: A }\n',
  'mappings/students.yaml': GOOD_MAPPING,
  'mappings/staff.yaml': GOOD_MAPPING.replace('record: students', 'record: staff'),
  'mappings/roles.yaml':
    'version: 1\nrecord: other\nwrite: { file: r.csv }\nidentity: { id: A }\nfields: { a: A }\n',
  'mappings/sis.yaml':
    'version: 1\nrecord: other\nwrite: { file: s.csv }\nidentity: { id: A }\nfields: { a: A }\n',
  'lists/waivers.csv': 'student_id,reason,expires\n1,x,2027-06-30\n',
};

describe('docs/configuration.md', () => {
  let page = '';
  let blocks: string[] = [];
  before(async () => {
    page = await readFile(PAGE, 'utf8');
    blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((found) => found[1] ?? '');
  });

  it('has only examples that load', async () => {
    expect(blocks.length).to.be.greaterThan(12);
    for (const block of blocks) {
      const text = block.startsWith('version:') ? block : configWith(block);
      expect(await mistakesOf({ ...FILES, 'rosterferry.yaml': text }), block).to.deep.equal([]);
    }
  });

  for (const name of ['schedules', 'notifying', 'monitoring'])
    it(`and docs/${name}.md has only examples that load`, async () => {
      const text = await readFile(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');
      const found = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
      expect(found).to.not.deep.equal([]);
      for (const block of found) {
        const whole = block.startsWith('version:') ? block : configWith(block);
        expect(await mistakesOf({ ...FILES, 'rosterferry.yaml': whole }), block).to.deep.equal([]);
      }
    });

  it('speaks of every key', () => {
    const keys = [...Object.keys(serviceSchema.shape), ...Object.keys(connectionSchema.shape)];
    for (const key of keys) expect(page, key).to.match(new RegExp(`\\b${key}\\b`));
  });
});
