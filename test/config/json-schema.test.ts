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

  it('asks of a mapping its keys, or a preset that has them, and offers those that there are', () => {
    const schema = jsonSchemaOf('mapping', ['schoolmint-enroll/students']);
    expect(schema).to.have.deep.property('anyOf', [
      { required: ['preset'] },
      {
        required: ['version', 'record', 'write', 'identity', 'fields'],
        properties: { write: { required: ['file'] }, identity: { required: ['id'] } },
      },
    ]);
    expect(schema).to.have.nested.property('properties.write.properties.file');
    expect(schema).to.not.have.nested.property('properties.write.required');
    expect(schema)
      .to.have.nested.property('properties.preset.anyOf')
      .that.deep.equals([{ enum: ['schoolmint-enroll/students'] }, { type: 'string' }]);
  });
});
