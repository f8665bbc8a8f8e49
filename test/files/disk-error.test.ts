import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { diskError } from '../../src/files/disk-error.ts';

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}

describe('files/disk-error', () => {
  it('tells what the system says', () => {
    const { code, message } = diskError(
      'Cannot read it',
      thrownBy(() => readFileSync('/no/such')),
    );
    expect(code).to.equal('local_io');
    expect(message).to.match(/^Cannot read it: ENOENT: .*'\/no\/such'$/);
  });

  it('quotes nothing of a file that is damaged', () => {
    const { message } = diskError(
      'Cannot read it',
      thrownBy(() => JSON.parse('{"before": Maria}')),
    );
    expect(message).to.equal('Cannot read it: it is no JSON, or not whole');
  });

  it('advises to allow more open files where there are too many, and not to look at the disk', () => {
    const { code, hint } = diskError(
      'Cannot read it',
      Object.assign(new Error('EMFILE'), { code: 'EMFILE' }),
    );
    expect(code).to.equal('local_io');
    expect(hint).to.include('ulimit -n');
  });
});
