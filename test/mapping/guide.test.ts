import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseDocument, visit } from 'yaml';
import { compileMapping } from '../../src/mapping/compile-mapping.ts';
import { mappingSchemaOf } from '../../src/mapping/schema.ts';
import { readSchema } from '../../src/parse/schema.ts';
import { writeSchema } from '../../src/render/schema.ts';
import { A_DAY, findIn } from './a-mapping.ts';

const text = readFileSync(new URL('../../docs/mappings.md', import.meta.url), 'utf8');
const schema = mappingSchemaOf({ read: readSchema.prefault({}), write: writeSchema });

describe('docs/mappings.md', () => {
  const fences = blocks(text, 'yaml');
  it('has examples', () => expect(fences.length).to.be.greaterThan(6));

  for (const yaml of fences) {
    it(`has an example that loads: ${yaml.split('\n').slice(0, 2).join(' ')}`, () => {
      const whole = {
        version: 1,
        record: 'students',
        write: { file: 'x.csv' },
        identity: { id: 'ID' },
        fields: { id: 'ID' },
      };
      expect(schema.safeParse({ ...whole, ...asMap(yaml) }).error?.issues ?? []).to.deep.equal([]);
    });
  }

  for (const example of text.split('<!-- example -->').slice(1)) {
    const [yaml = ''] = blocks(example, 'yaml');
    it(`shows what becomes of a file: ${yaml.split('\n')[1]}`, () => {
      const [source = '', wanted = ''] = blocks(example, 'csv');
      const [header = [], ...rows] = table(source);
      const mapping = compileMapping(schema.parse(asMap(yaml)), { find: findIn(header).find, day: A_DAY });
      expect([mapping.targets, ...rows.map((row) => mapping.map(row))]).to.deep.equal(table(wanted));
    });
  }
});

function blocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    (found) => found[1] ?? '',
  );
}

function table(csv: string): string[][] {
  return parseCsv(csv);
}

/** As the configuration reads it: a key is its text. */
function asMap(yaml: string): Record<string, unknown> {
  const document = parseDocument(yaml);
  visit(document, {
    Scalar(key, node) {
      if (key === 'key') node.value = node.source;
    },
  });
  return document.toJS();
}
