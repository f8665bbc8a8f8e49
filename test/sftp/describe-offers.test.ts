import { expect } from 'chai';
import { describeOffers } from '../../src/sftp/describe-offers.ts';

describe('describeOffers', () => {
  it('says what a host offers, what it lacks, and what nobody can know without writing', () => {
    const bare = { posixRename: false, fsync: false, statvfs: false, hardlink: false };
    expect(describeOffers(bare)).to.deep.equal([
      'offers no extension',
      'does not offer posix-rename, fsync, hardlink, statvfs, limits',
      'whether its rename replaces a file is unknown: only a delivery shows',
    ]);
    const limits = { readBytes: 261_120, writeBytes: 32_768, openHandles: 100 };
    const whole = { posixRename: true, fsync: true, statvfs: true, hardlink: true, limits };
    expect(describeOffers({ ...whole, software: 'OpenSSH_9.9' })).to.deep.equal([
      'software OpenSSH_9.9',
      'offers posix-rename, fsync, hardlink, statvfs, limits',
      'takes reads of 255 KiB and writes of 32 KiB, 100 open files',
    ]);
  });
});
