import { expect } from 'chai';
import { localSourceSchema } from '../../src/source/schema.ts';

describe('source settings', () => {
  const isTaken = (more: object) =>
    localSourceSchema.safeParse({ type: 'local', path: 'in', ...more }).success;

  it('take a marker that can be told from the file', () => {
    for (const marker of ['{name}.done', '.{name}.ok', 'ready-{name}'])
      expect(isTaken({ ready: { marker } }), marker).to.equal(true);
    for (const marker of ['{name}', 'done', '{name}{name}', 'a/{name}', '', '..\\{name}'])
      expect(isTaken({ ready: { marker } }), marker).to.equal(false);
  });

  it('take a folder to move to that is not the drop folder', () => {
    for (const move of ['processed', '../done', '/var/done', 'a/b'])
      expect(isTaken({ after: { move } }), move).to.equal(true);
    for (const move of ['', '.', './', '..', '/']) expect(isTaken({ after: { move } }), move).to.equal(false);
  });

  it('default to a quiet time and to removing what was carried', () => {
    expect(localSourceSchema.parse({ type: 'local', path: 'in' })).to.deep.include({
      ready: { quiet: '5s' },
      after: 'remove',
    });
  });
});
