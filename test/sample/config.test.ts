import { expect } from 'chai';
import { parse } from 'yaml';
import { sampleConfig, sampleMappings } from '../../src/sample/config.ts';
import { CONTACT_COLUMNS } from '../../src/sample/render-contacts.ts';
import { STUDENT_COLUMNS } from '../../src/sample/student-row.ts';

type Field = string | { type: string; column?: string };

interface Written {
  record: string;
  identity: Record<string, string | { column: string }>;
  fields: Record<string, Field>;
}

describe('sample config', () => {
  it('names the connection, its folders and its mappings', () => {
    const { connections, timezone } = parse(
      sampleConfig({ connection: 'north', timezone: 'America/Chicago' }),
    );
    expect(timezone).to.equal('America/Chicago');
    expect(Object.keys(connections)).to.deep.equal(['north']);
    expect(connections.north.source.path).to.equal('inbound/north');
    expect(connections.north.destination).to.deep.equal({ type: 'local', path: 'outbound/north' });
    const named = Object.values<{ mapping: string }>(connections.north.files).map((file) => file.mapping);
    expect(named).to.deep.equal(sampleMappings('north').map((file) => file.path));
  });

  it('takes other folders', () => {
    const { connections } = parse(sampleConfig({ inbound: '/data/in', outbound: '/data/out' }));
    expect(connections.demo.source.path).to.equal('/data/in');
    expect(connections.demo.destination.path).to.equal('/data/out');
  });

  it('maps only columns that the extracts have', () => {
    const columns: Record<string, readonly string[]> = {
      students: STUDENT_COLUMNS,
      contacts: CONTACT_COLUMNS,
    };
    for (const { content } of sampleMappings()) {
      const { record, identity, fields }: Written = parse(content);
      for (const read of [...Object.values(fields), ...Object.values(identity)]) {
        const column = typeof read === 'string' ? read : read.column;
        if (column !== undefined) expect(columns[record]).to.include(column);
      }
    }
  });

  it('fills 24 fields of the student import, with every type of field', () => {
    const { fields }: Written = parse(sampleMappings()[0]?.content ?? '');
    const types = Object.values(fields).map((field) => (typeof field === 'string' ? 'direct' : field.type));
    expect(new Set(types)).to.deep.equal(new Set(['direct', 'transformation', 'match_codes', 'do_not_map']));
    expect(types.filter((type) => type !== 'do_not_map').length).to.equal(24);
    expect(Object.keys(fields)).to.include.members([
      'students.student_district_id',
      'students.fname',
      'students.lname',
      'students.DOB',
      'students.sis_school_year',
      'students_annual.sis_entrydate',
    ]);
  });
});
