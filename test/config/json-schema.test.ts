import { expect } from 'chai';
import { jsonSchemaOf, SCHEMA_NAMES } from '../../src/config/json-schema.ts';

describe('config/json-schema', () => {
  for (const name of SCHEMA_NAMES) {
    it(`describes ${name} in JSON Schema`, () => {
      const schema = jsonSchemaOf(name);
      expect(schema).to.include({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' });
      expect(JSON.parse(JSON.stringify(schema))).to.deep.equal(schema);
    });
  }

  it('asks of a person only what has no default, and refuses unknown keys', () => {
    const schema = jsonSchemaOf('config');
    expect(schema).to.have.deep.property('required', ['version']);
    expect(schema).to.have.property('additionalProperties', false);
    expect(schema)
      .to.have.nested.property('properties.connections.additionalProperties.required')
      .that.deep.equals(['source', 'files', 'destination']);
  });

  it('names the fields of a mapping', () => {
    expect(jsonSchemaOf('mapping')).to.have.deep.property('required', [
      'version',
      'record',
      'write',
      'identity',
      'fields',
    ]);
  });
});
