import { expect } from 'chai';
import { sampleProject } from '../../src/sample/sample-project.ts';

describe('sample-project', () => {
  it('has everything that a first run needs, under relative paths', () => {
    const files = sampleProject({ students: 50, seed: 1, connection: 'north', businessDate: '2026-11-22' });
    expect(files.map((file) => file.path)).to.deep.equal([
      'rosterferry.yaml',
      'mappings/north/students.yaml',
      'mappings/north/contacts.yaml',
      'inbound/north/students.csv',
      'inbound/north/contacts.csv',
      'outbound/north/.gitkeep',
    ]);
    expect(files[3]?.content).to.match(/^Student_Number,(.*\r\n){50}/);
    expect(files[4]?.content).to.match(/^Student_Number,Contact_ID,/);
  });

  it('is the same every time', () => {
    const options = { students: 50, seed: 1 };
    expect(sampleProject(options)).to.deep.equal(sampleProject(options));
  });
});
